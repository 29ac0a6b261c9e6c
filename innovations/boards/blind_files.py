"""What the files of a dossier tell of its authors, and which of them stay away from who scores without knowing them.

One answer for the page, the download and the secretary's list: :func:`numbered` and :func:`judged_files` both ask :func:`standings`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from flask_babel import gettext
from sqlalchemy import select

from innovations.boards.models_blind import FileRuling
from innovations.boards.rules.telling import Finding, Place, places, withheld
from innovations.documents.models import FileText
from innovations.documents.reading import Ending
from innovations.extensions import db
from innovations.people.queries import names_of
from innovations.proposals.dossier_queries import Dossier, File
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.access import RESTRICTED_KINDS


@dataclass(frozen=True)
class Ruled:
    """What the secretary decided for a file."""

    withheld: bool
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Standing:
    """What was found in a file, what was decided, and what follows."""

    finding: Finding
    places: tuple[Place, ...] = ()
    ruled: Ruled | None = None

    @property
    def withheld(self) -> bool:
        """Whether who scores without knowing the authors does not open it."""
        return withheld(self.finding, self.ruled.withheld if self.ruled else None)


@dataclass(frozen=True)
class JudgedFile:
    """A file as the secretary sees it, with the name it has for scorers."""

    id: int
    name: str
    number_name: str
    standing: Standing

    @property
    def to_look_at(self) -> bool:
        """Whether somebody has to look into it, as no program could, and nobody has said so yet."""
        return self.standing.ruled is None and self.standing.finding in (Finding.PARTLY, Finding.UNREADABLE)


def _rulings(review_id: int) -> Mapping[int, Ruled]:
    rows = list(db.session.scalars(select(FileRuling).where(FileRuling.review_id == review_id)))
    names = names_of({row.by_id for row in rows})
    return {row.attachment_id: Ruled(row.withheld, row.reason, names[row.by_id].titled, row.at) for row in rows}


def _found(ending: Ending | None, text: str, partly: bool, words: Iterable[str]) -> Standing:
    if ending is Ending.WAITING:
        return Standing(Finding.WAITING)
    if ending is not Ending.TEXT:
        return Standing(Finding.UNREADABLE)  # a picture, a scan, or a file that could not be read
    if told := places(text, words):
        return Standing(Finding.NAMES, told)
    return Standing(Finding.PARTLY if partly else Finding.CLEAR)


def standings(review_id: int, attachment_ids: Iterable[int], words: Iterable[str]) -> Mapping[int, Standing]:
    """How each of these files stands in a review, by its id.

    :param words: what is covered in the texts of that review.
    """
    wanted, rulings = list(words), _rulings(review_id)
    kept = (FileText.ending, FileText.text, FileText.partly)
    chosen = select(Attachment.id, *kept).outerjoin(FileText, FileText.sha256 == Attachment.sha256)
    rows = db.session.execute(chosen.where(Attachment.id.in_(list(attachment_ids))))
    return {
        number: replace(_found(ending, text or "", bool(partly), wanted), ruled=rulings.get(number))
        for number, ending, text, partly in rows
    }


def _open_files(found: Dossier) -> list[File]:
    return [file for file in found.files if file.kind not in RESTRICTED_KINDS]


def _number_name(number: int, file: File) -> str:
    return gettext("Tệp %(number)s", number=number) + PurePath(file.name).suffix.lower()


def judged_files(found: Dossier, review_id: int, words: Iterable[str]) -> tuple[JudgedFile, ...]:
    """The files that scorers get or may get, each with how it stands."""
    files = _open_files(found)
    known = standings(review_id, [file.id for file in files], words)
    return tuple(
        JudgedFile(file.id, file.name, _number_name(number, file), known[file.id]) for number, file in enumerate(files, 1)
    )


def numbered(found: Dossier, review_id: int, words: Iterable[str]) -> tuple[File, ...]:
    """The files as whoever scores blind reads them: under a number, and those withheld marked."""
    files = zip(_open_files(found), judged_files(found, review_id, words), strict=True)
    return tuple(replace(file, name=judged.number_name, withheld=judged.standing.withheld) for file, judged in files)
