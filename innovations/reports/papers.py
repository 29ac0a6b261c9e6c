"""The annual report as the paper that is signed and sent: the figures and columns of the spreadsheet."""

from decimal import Decimal

from innovations.core.clock import today
from innovations.core.formats import in_vietnamese
from innovations.documents.papers import Paper, parts, render_pdf, report
from innovations.extensions import db
from innovations.library.papers import head_of
from innovations.people.models import Unit
from innovations.reports.annual import AnnualReport, annual_report


def _tables(found: AnnualReport) -> tuple[report.FigureTable, ...]:
    """The spreadsheet cut by its groups of columns; a group's name in front of a column is left out under it."""
    tables, start = [], 1
    for name, width in found.groups:
        stop = start + width
        columns = tuple(each.removeprefix(f"{name}: ") for each in found.headers[start:stop])
        rows = tuple(tuple(Decimal(str(value)) for value in row[start:stop]) for row in found.rows)
        tables.append(report.FigureTable(name=name, columns=columns, rows=rows))
        start = stop
    return tuple(tables)


@in_vietnamese
def annual_paper(unit_id: int, year: int) -> Paper:
    """The annual report of a unit.  Whoever asks has checked :func:`innovations.reports.annual.may_report`."""
    unit = db.session.get_one(Unit, unit_id)
    found, parent = annual_report(unit.path, year), unit.parent
    paper = report.AnnualReport(
        head=head_of(unit), signature=parts.Signature(lines=("Thủ trưởng đơn vị",)), unit=unit.name, year=year, as_of=today(),
        addressee=parent.name if parent else "", recipients=("Như trên",) if parent else (), tables=_tables(found),
        units=tuple(str(row[0]) for row in found.rows),
    )  # fmt: skip
    return Paper(f"bao-cao-nam-{year}-{unit.code}.pdf", render_pdf(paper))
