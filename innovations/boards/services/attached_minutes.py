"""Versions of the minutes that people attach to a meeting: added, never replaced, read by who reads the minutes."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from sqlalchemy import func, select

from innovations import audit
from innovations.boards.meeting_loading import Sitting, load_meeting, out_of_sight
from innovations.boards.models_files import AttachedMinutes
from innovations.boards.rules.access import check_may_run_meetings, permitted
from innovations.boards.rules.attached_minutes import NOTE_MAX, MinutesFull, MinutesKind, check_minutes_file
from innovations.boards.rules.events import AuditTag
from innovations.boards.rules.meetings import MeetingState
from innovations.core.clock import now, today
from innovations.core.rules.errors import NotVisible
from innovations.core.rules.text import clean_line
from innovations.core.transactions import atomic
from innovations.documents import intake, storage
from innovations.documents.intake import Download, Kept, Upload
from innovations.documents.sniff import extension_of
from innovations.extensions import db
from innovations.people.rules.roles import Actor


@dataclass(frozen=True)
class MinutesData:
    """What is attached, which kind of minutes it is, and what changed in it."""

    upload: Upload
    kind: str
    note: str = ""
    nothing_secret: bool = False


@dataclass(frozen=True)
class VersionShown:
    """One version in the list.

    :param removed: a purge took the file; number, day and who stay.
    """

    number: int
    kind: MinutesKind
    name: str
    size: int
    note: str
    added_at: datetime
    added_by: str
    removed: bool


@dataclass(frozen=True)
class KeptMinutes:
    """The versions of one meeting.

    :param closed: the meeting is over: signed minutes are expected.
    """

    versions: tuple[VersionShown, ...]
    closed: bool

    @property
    def signed(self) -> VersionShown | None:
        """The newest signed minutes."""
        return next((each for each in self.versions if each.kind is MinutesKind.SIGNED and not each.removed), None)

    @property
    def lacks_signed(self) -> bool:
        """Whether signed minutes are still to come."""
        return self.closed and self.signed is None


def reads_minutes(actor: Actor, sitting: Sitting) -> bool:
    """Whether the actor leads the meeting, it has begun, and the actor takes part in every item of its agenda."""
    leads = permitted(check_may_run_meetings, actor, sitting.board, today())
    return leads and sitting.state is not MeetingState.PLANNED and not out_of_sight(actor, sitting.meeting.id)


def load_minutes(actor: Actor, board_id: int, number: int) -> Sitting:
    """The meeting, for who reads its minutes.

    :raises NotVisible: the meeting does not exist for the actor, has not begun, or has an item the actor takes no part in.
    """
    sitting = load_meeting(actor, board_id, number)
    if not reads_minutes(actor, sitting):
        raise NotVisible
    return sitting


def add_minutes(actor: Actor, board_id: int, number: int, data: MinutesData) -> int:
    """Attach the next version of the minutes; earlier ones stay.

    :returns: its number.
    :raises NotVisible: the actor does not read the minutes.
    :raises FileNotDeclared: nobody said that the file is unclassified.
    :raises NotEditedMinutes: NotSignedMinutes: another kind of file; further refusals of files as in :func:`intake.taken_in`.
    :raises MinutesFull: all versions of the meeting together; a setting.
    """
    load_minutes(actor, board_id, number)
    intake.check_declared(data.nothing_secret)
    kind = check_minutes_file(data.kind, extension_of(data.upload.name))
    note = clean_line(data.note, max_length=NOTE_MAX, field="note")
    with intake.taken_in([data.upload]) as kept:
        return _name(actor, (board_id, number), kept[0], kind, note)


def _name(actor: Actor, meeting: tuple[int, int], kept: Kept, kind: MinutesKind, note: str) -> int:
    with atomic() as session:
        sitting = load_minutes(actor, *meeting)
        own = AttachedMinutes.meeting_id == sitting.meeting.id
        last, used = session.execute(
            select(func.coalesce(func.max(AttachedMinutes.number), 0), func.coalesce(func.sum(AttachedMinutes.size), 0)).where(
                own
            )
        ).one()
        limit = current_app.config["MAX_MEETING_MB"]
        if used + kept.stored.size > limit * intake.MB:
            raise MinutesFull("file", limit=limit)
        intake.check_there([kept])
        row = AttachedMinutes(
            meeting_id=sitting.meeting.id, number=last + 1, kind=kind, note=note, added_by_id=actor.person_id, added_at=now(),
            **kept.columns(),
        )  # fmt: skip
        session.add(row)
        audit.record(
            AuditTag.MINUTES_ADDED, "meeting", sitting.meeting.id, by=actor.account_id, board=meeting[0], number=meeting[1],
            version=row.number, kind=kind.value,
        )  # fmt: skip
        return row.number


def _of_meeting(sitting: Sitting) -> list[AttachedMinutes]:
    chosen = select(AttachedMinutes).where(AttachedMinutes.meeting_id == sitting.meeting.id)
    return list(db.session.scalars(chosen.order_by(AttachedMinutes.number.desc())))


def kept_minutes(actor: Actor, board_id: int, number: int) -> KeptMinutes | None:
    """All versions, the newest first; None for who does not read the minutes, or before the meeting.

    :raises NotVisible: the meeting does not exist for the actor.
    """
    sitting = load_meeting(actor, board_id, number)
    if not reads_minutes(actor, sitting):
        return None
    shown = tuple(
        VersionShown(
            row.number, row.kind, row.name, row.size, row.note, row.added_at,
            f"{row.added_by.rank} {row.added_by.full_name}".strip(), not row.sha256,
        )
        for row in _of_meeting(sitting)
    )  # fmt: skip
    return KeptMinutes(shown, sitting.state is MeetingState.CLOSED)


def download(actor: Actor, board_id: int, number: int, version: int) -> Download:
    """The file of one version.

    :raises NotVisible: the actor does not read the minutes, or there is no such version, or a purge took it.
    """
    rows = _of_meeting(load_minutes(actor, board_id, number))
    row = next((each for each in rows if each.number == version and each.sha256), None)
    if row is None:
        raise NotVisible
    return Download(storage.path_of(row.sha256), row.name, row.media_type)
