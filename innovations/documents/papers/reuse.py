"""Papers about taking an improvement over: what the library fills in.  The contract is that of ``data``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from innovations.documents.papers.data import PaperData
from innovations.documents.papers.parts import Signature


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """The improvement as these papers name it.

    :param recognition: number, date and unit of the decision as text; empty when the old register did not say.
    """

    code: str
    title: str
    authors: tuple[str, ...]
    owner: str
    recognition: str = ""


@dataclass(frozen=True, kw_only=True)
class MeasuredLine:
    """One benefit that was measured; ``before`` and ``after`` carry their unit of measure, ``money`` is đồng a year."""

    name: str
    before: str
    after: str
    money: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class ReuseRequest(PaperData):
    """Văn bản đề nghị áp dụng lại, of the unit that wants it to the unit that owns it.

    :param sent_on: when it was sent here; :param answer: what the owner answered, as text; empty before that.
    """

    signature: Signature
    improvement: TakenOver
    unit: str
    kind: str
    purpose: str
    asked_by: str
    sent_on: date
    answer: str = ""


@dataclass(frozen=True, kw_only=True)
class Handover(PaperData):
    """Biên bản bàn giao between the owning and the adopting unit.

    :param grounds: what it rests on, without the word "Căn cứ".
    :param papers: what is handed over; :param conditions: what the use needs; :param terms: what the owner asked for when it agreed.
    :param reports: the days on which the adopting unit reports its results; empty before the use begins.
    """

    improvement: TakenOver
    giver: str
    taker: str
    kind: str
    grounds: tuple[str, ...]
    papers: tuple[str, ...]
    giver_signature: Signature
    taker_signature: Signature
    conditions: str = ""
    terms: str = ""
    place: str = ""
    responsible: str = ""
    from_on: date | None = None
    reports: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Confirmation(PaperData):
    """Giấy xác nhận áp dụng, of the unit that uses it.

    :param to_on: when the use ended; ``None``: it goes on.
    :param confirmed_on: when its commander confirmed the benefits; ``None``: not yet, the paper is a draft.
    """

    signature: Signature
    improvement: TakenOver
    unit: str
    kind: str
    from_on: date
    to_on: date | None
    place: str
    responsible: str
    result: str
    benefits: tuple[MeasuredLine, ...]
    confirmed_on: date | None = None
