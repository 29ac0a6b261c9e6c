"""Certificates of a recognised improvement, one alone or all of a decision.  The contract is that of ``data``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from innovations.documents.papers.data import PaperData
from innovations.documents.papers.parts import Signature


@dataclass(frozen=True, kw_only=True)
class Certificate(PaperData):
    """Giấy chứng nhận, one for each contributor; no amount of money on it.  Its number stands in the letterhead.

    :param level: ``"cấp Trung đoàn"``.
    :param share: contribution in percent, printed when there are others.
    :param others: rank, name of the other contributors.
    :param summary: shortened to fit the single page; so are ``benefits``.
    :param verification_url: full address of the public page; also drawn as a QR code, or ``qr_text`` is, which begins with it.
    :param mark: across the page, for example ``"Đã hủy"``; empty on a valid one.
    """

    signature: Signature
    level: str
    name: str
    title: str
    code: str
    share: Decimal
    decision_number: str
    decision_on: date
    verification_code: str
    verification_url: str
    rank: str = ""
    unit: str = ""
    others: tuple[str, ...] = ()
    investor: str = ""
    summary: str = ""
    benefits: str = ""
    grade: str = ""
    mark: str = ""
    qr_text: str = ""


@dataclass(frozen=True, kw_only=True)
class Certificates(PaperData):
    """All certificates of a decision, a page each."""

    certificates: tuple[Certificate, ...]
