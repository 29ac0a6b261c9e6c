"""Papers as Word files, for those a unit goes on writing in: a template filled with what the PDF is made of.

The shipped templates are the ``word/*.docx`` files here; which template holds for a unit is not this room's business.
"""

from dataclasses import dataclass
from pathlib import Path

from innovations.core.formats import in_vietnamese
from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled
from innovations.documents.filling import fill
from innovations.documents.papers import Paper, board, data
from innovations.documents.papers.data import PaperData
from innovations.documents.papers.fields import DRAFT, fields_of, plain, samples
from innovations.documents.papers.render import render_pdf
from innovations.documents.sniff import MEDIA_TYPES

MEDIA_TYPE = MEDIA_TYPES["docx"].mime
FOLDER = Path(__file__).with_name("word")


class WordPaper(Labelled):
    """A paper that is also written in Word."""

    MINUTES = "minutes", N_("Biên bản họp hội đồng")
    SUBMISSION = "submission", N_("Tờ trình")
    DECISION = "decision", N_("Quyết định kèm danh sách")
    NOTICE_RESULT = "notice_result", N_("Thông báo kết quả")
    ESTABLISHMENT = "establishment", N_("Quyết định thành lập hội đồng")


PAPERS: dict[WordPaper, type[PaperData]] = {
    WordPaper.MINUTES: data.Minutes,
    WordPaper.SUBMISSION: board.Submission,
    WordPaper.DECISION: data.Decision,
    WordPaper.NOTICE_RESULT: data.NoticeResult,
    WordPaper.ESTABLISHMENT: board.Establishment,
}
#: Without these a paper would not say what was decided, about what and by whom, or hide that it is a draft.
NEEDED: dict[WordPaper, tuple[str, ...]] = {
    WordPaper.MINUTES: (
        DRAFT, "members[].name", "items[].title", "items[].conclusion", "chair_signature.name", "secretary_signature.name",
    ),
    WordPaper.SUBMISSION: (DRAFT, "passed[].title", "failed[].title", "signature.name"),
    WordPaper.DECISION: ("head.number", "lines[].title", "lines[].authors", "signature.name"),
    WordPaper.NOTICE_RESULT: ("proposal.title", "outcome", "signature.name"),
    WordPaper.ESTABLISHMENT: (DRAFT, "board", "members[].name", "signature.name"),
}  # fmt: skip


@dataclass(frozen=True)
class Contents:
    """What a paper says, before it becomes a file.

    :param name: the file's, without extension; :param unit_path: of the unit whose template it is written in.
    """

    name: str
    data: PaperData
    unit_path: str
    draft: bool = False


def shipped(paper: WordPaper) -> Path:
    """The template that comes with the product."""
    return FOLDER / f"{paper}.docx"


def paper_of(contents: PaperData) -> WordPaper:
    """Which paper it is.

    :raises StopIteration: it is not written in Word.
    """
    return next(paper for paper, kind in PAPERS.items() if kind is type(contents))


@in_vietnamese
def as_pdf(contents: Contents) -> Paper:
    """The paper to be printed."""
    return Paper(f"{contents.name}.pdf", render_pdf(contents.data, draft=contents.draft))


def as_word(contents: Contents, template: Path) -> Paper:
    """The paper to be edited.

    :raises Several: the template cannot be filled.
    """
    kind = type(contents.data)
    return Paper(f"{contents.name}.docx", fill(template, fields_of(kind), [plain(contents.data, draft=contents.draft)]))


def check_template(paper: WordPaper, template: Path) -> None:
    """Fill the template with samples of the paper, as a unit will.

    :raises Several: all that is wrong with it, in one list; each on the field ``file``.
    """
    kind = PAPERS[paper]
    fill(template, fields_of(kind), samples(kind), needed=NEEDED[paper])
