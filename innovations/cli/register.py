"""``flask register import|export``: an existing register in, the register out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

import click
from flask.cli import AppGroup
from sqlalchemy import select

from innovations.cli.answering import give_way, refusing
from innovations.core.rules.errors import N_, Invalid, NotVisible
from innovations.exchange.report import Line, Repeated, Report
from innovations.exchange.rules.records import Record
from innovations.exchange.services import comparing
from innovations.exchange.services.importing import check_register, import_register
from innovations.extensions import db
from innovations.people.identity import actor_of
from innovations.people.models import Account, Grant, Unit
from innovations.people.queries import account_with
from innovations.people.rules.roles import Actor, Role
from innovations.reports.files import FileFormat, write_register
from innovations.reports.register import whole_register
from innovations.reports.rules.events import AuditTag
from innovations.reports.services import record_export

group = AppGroup("register", help="An existing register in, the register out.")
#: Who runs commands owns the machine; the account only says on whose behalf.
ROLES = (Role.REGISTRAR, Role.ADMIN)


class NameTheUnit(Invalid):
    """There is not exactly one root unit."""

    message = N_("Có %(count)s đơn vị gốc; xin ghi --unit MÃ_ĐƠN_VỊ.")


class NameTheAccount(Invalid):
    """There is not exactly one admin."""

    message = N_("Có %(count)s quản trị viên; xin ghi --as SỐ_HIỆU.")


class UnknownAccount(NotVisible):
    """Nobody has the service number."""

    message = N_("Không có tài khoản “%(number)s”.")


class UnknownUnitCode(NotVisible):
    """No unit has the code."""

    message = N_("Không có đơn vị mã “%(code)s”.")


def unit_named(code: str | None) -> Unit:
    """The unit with the code, without one the only root unit.

    :raises NameTheUnit: UnknownUnitCode: there is none, or not one only.
    """
    if code is None:
        roots = list(db.session.scalars(select(Unit).where(Unit.parent_id.is_(None))))
        if len(roots) != 1:
            raise NameTheUnit(count=len(roots))
        return roots[0]
    unit = db.session.scalar(select(Unit).where(Unit.code == code.strip().upper()))
    if unit is None:
        raise UnknownUnitCode(code=code)
    return unit


def actor_named(service_number: str | None) -> Actor:
    """The person of the account, without a number the only admin.

    :raises NameTheAccount: UnknownAccount: there is none, or not one only.
    """
    if service_number is not None:
        account = account_with(service_number)
        if account is None:
            raise UnknownAccount(number=service_number)
        return actor_of(account)
    chosen = select(Account).join(Grant, Grant.person_id == Account.person_id).where(Account.active, Grant.role == Role.ADMIN)
    admins = list(db.session.scalars(chosen.where(Grant.ended_at.is_(None)).distinct()))
    if len(admins) != 1:
        raise NameTheAccount(count=len(admins))
    return actor_of(admins[0])


@group.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--unit", "unit_code", help="Code of the unit the register belongs to.")
@click.option("--as", "service_number", help="Service number of the account on whose behalf.")
@click.option("--dry-run", is_flag=True, help="Check only; store nothing.")
@click.option("--skip-bad-rows", is_flag=True, help="Store the sound rows although others have faults.")
@click.option("--create-units", is_flag=True, help="Make units that the file names and the tree does not have.")
@click.option("--similar", is_flag=True, help="With --dry-run: say also which new rows may repeat what is there.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@refusing
def import_file(
    file: BinaryIO,
    unit_code: str | None,
    service_number: str | None,
    dry_run: bool,
    skip_bad_rows: bool,
    create_units: bool,
    similar: bool,
    as_json: bool,
) -> None:
    """Import an existing register from FILE (CSV in UTF-8, or XLSX)."""
    give_way()
    actor, unit_id = actor_named(service_number), unit_named(unit_code).id
    db.session.rollback()
    if dry_run:
        report = check_register(
            actor, unit_id, file, create_units=create_units, roles=ROLES, compare=_compare if similar else None
        )
    else:
        outcome = import_register(actor, unit_id, file, create_units=create_units, skip_bad_rows=skip_bad_rows, roles=ROLES)
        report = outcome.report
    click.echo(json.dumps(report.as_json(), ensure_ascii=False) if as_json else _told(report, stored=not dry_run))
    if report.errors and not (skip_bad_rows and report.rows):
        raise SystemExit(1)


def _told(report: Report, *, stored: bool) -> str:
    head = (
        f"{report.rows} rows: {report.created} created, {report.updated} updated, {report.unchanged} unchanged, "
        f"{report.conflicts} conflicts, {report.skipped} skipped{'' if stored else ' (dry run, nothing stored)'}"
    )
    if report.compared is not None:
        head += f"\n{report.compared} compared, {len(report.similar)} may repeat what is there"
    return "\n".join([*map(_line, report.errors), *map(_line, report.warnings), *map(_repeated, report.similar), head])


def _repeated(each: Repeated) -> str:
    return f"{each.row}\t{each.likeness:.2f}\t{each.code}\t{each.title} ~ {each.other_title}"


def _compare(actor: Actor, records: Sequence[Record]) -> tuple[list[Repeated], int | None]:
    with click.progressbar(length=max(1, len(records)), label="Compared", file=sys.stderr) as bar:
        return comparing.compare_all(actor, records, on_done=lambda: bar.update(1))


def _line(line: Line) -> str:
    return f"{line.row}\t{line.column}\t{line.message}"


def file_format_of(file: Path, hint: str) -> FileFormat:
    """The format a file's name asks for.

    :raises click.BadParameter: neither .csv nor .xlsx; ``hint`` names the argument.
    """
    suffix = file.suffix.lower().removeprefix(".")
    if suffix not in set(FileFormat):
        raise click.BadParameter("the name must end in .csv or .xlsx", param_hint=hint)
    return FileFormat(suffix)


@group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@refusing
def export_file(file: Path) -> None:
    """Write the register of every unit to FILE (.csv or .xlsx)."""
    chosen = file_format_of(file, "FILE")
    with file.open("wb") as stream:
        written = write_register(stream, whole_register(), chosen)
    record_export(AuditTag.REGISTER_EXPORTED, None)
    click.echo(f"{written} rows written to {file}")
