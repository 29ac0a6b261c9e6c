"""Papers of the reports: the annual report, and the list recommended for replication.  The contract is that of ``data``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from innovations.documents.papers.data import PaperData
from innovations.documents.papers.parts import Signature


@dataclass(frozen=True, kw_only=True)
class FigureTable:
    """Some columns of the report; ``rows`` hold the figures in the order of ``columns``, the unit itself first."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Decimal, ...], ...]


@dataclass(frozen=True, kw_only=True)
class AnnualReport(PaperData):
    """Báo cáo năm of a unit and each base below it: the columns of the spreadsheet, in tables that fit a page.

    :param units: names in the order of the rows; the first is the unit with everything below it.
    :param as_of: the day on which the figures were counted.
    """

    signature: Signature
    unit: str
    addressee: str
    year: int
    as_of: date
    units: tuple[str, ...]
    tables: tuple[FigureTable, ...]


@dataclass(frozen=True, kw_only=True)
class Recommended:
    """An improvement in the list.

    :param recognition: decision and grade as text; :param grounds: why it is recommended; :param effects: confirmed benefits.
    """

    code: str
    title: str
    authors: tuple[str, ...]
    unit: str
    recognition: str
    grounds: tuple[str, ...]
    effects: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReplicationList(PaperData):
    """Danh mục sáng kiến đề nghị nhân rộng of a unit.

    :param year: of recognition; ``None``: all.
    :param left: how many more there are that this list has no room for.
    """

    signature: Signature
    unit: str
    year: int | None
    as_of: date
    improvements: tuple[Recommended, ...]
    left: int = 0
