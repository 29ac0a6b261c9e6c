"""The scoring screen: queue, dossier and sheet; and the sheet and the summary on paper."""

from io import BytesIO
from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from innovations.boards import papers
from innovations.boards.forms import ReasonForm
from innovations.boards.forms_files import PhotoForm
from innovations.boards.forms_scoring import ScoreForm, in_words, score_form
from innovations.boards.loading import load_review
from innovations.boards.queue_queries import MySheet, my_sheets
from innovations.boards.review_queries import board_of
from innovations.boards.rounds_queries import has_earlier_rounds
from innovations.boards.rules.paper_sheets import PHOTOS_MAX
from innovations.boards.rules.sheets import missing
from innovations.boards.services import scoring
from innovations.boards.services.sheet_photos import own_photos
from innovations.boards.sheet_queries import OwnSheet, own_sheet, own_sheet_in
from innovations.boards.views.blueprint import bp
from innovations.core.formats import named
from innovations.core.web import answer, saved, signed_in
from innovations.documents.papers import Paper
from innovations.documents.papers.word import MEDIA_TYPE
from innovations.people.doors import actor
from innovations.proposals.loading import Loaded
from innovations.regulations.rules.criteria import CriteriaSet, Criterion, band_value

#: Sheets in the pane beside the one that is filled.
SHOWN = 30
#: Of them before the present one, which has to be seen without scrolling.
BEFORE = 2


def _levels(criterion: Criterion) -> list[tuple[int, Any, str, str]]:
    """Level, points, anchor text; the shipped bands are one sentence each."""
    bands = [*criterion.bands, *[""] * criterion.levels][: criterion.levels]
    return [(level, band_value(criterion, level), named(band), "") for level, band in enumerate(bands, 1)]


def _thresholds(criteria: CriteriaSet) -> list[tuple[Any, str]]:
    """Where the total bar is marked: the pass mark, and each grade that starts above it; nowhere without points."""
    if not criteria.summed:
        return []
    grades = [(grade.minimum, grade.name) for grade in criteria.grades if grade.minimum > criteria.pass_mark]
    return [(criteria.pass_mark, gettext("Đạt")), *sorted(grades)]


def _around(mine: list[MySheet], review_id: int) -> list[MySheet]:
    """This one near the top of the pane, and those that follow: a round may give a member hundreds."""
    place = next((place for place, row in enumerate(mine) if row.review_id == review_id), 0)
    start = max(0, min(place - min(BEFORE, SHOWN // 2), len(mine) - SHOWN))
    return mine[start : start + SHOWN]


def _page(loaded: Loaded, sheet: OwnSheet, form: ScoreForm, photo: PhotoForm | None = None) -> str:
    page = board_of(actor(), loaded)
    mine = my_sheets(actor(), sheet.board_id)
    texts = [in_words(each, sheet.criteria) for each in (form.data_sent(), sheet)] if form.version.errors else []
    return render_template(
        "boards/score.html", page=page, dossier=page.dossier, sheet=sheet, form=form, levels=_levels, mine=_around(mine, loaded.review.id),
        texts=texts, all=len(mine),
        own=ReasonForm(formdata=None), thresholds=_thresholds(sheet.criteria), done=sum(1 for row in mine if row.submitted),
        missing=missing(sheet.criteria, sheet.values), has_rounds=has_earlier_rounds(loaded.review), photos=own_photos(actor(), loaded), photos_max=PHOTOS_MAX,
        photo=photo or PhotoForm(formdata=None, revision=str(loaded.review.revision_id)),
    )  # fmt: skip


@bp.get("/<int:board_id>/reviews/<int:review_id>/score")
@signed_in
def score(board_id: int, review_id: int) -> str:
    """The member's screen; read-only once the sheet is submitted."""
    return score_page(board_id, review_id)


def score_page(board_id: int, review_id: int, photo: PhotoForm | None = None) -> str:
    """The same; photos that were refused come back with their form."""
    loaded = load_review(actor(), board_id, review_id)
    sheet = own_sheet_in(loaded, actor())
    return _page(loaded, sheet, score_form(sheet, sent=False), photo)


def _page_again(board_id: int, review_id: int, form: ScoreForm) -> str:
    """The screen with what was sent, beside what is stored by now."""
    loaded = load_review(actor(), board_id, review_id)
    return _page(loaded, own_sheet_in(loaded, actor()), form)


@bp.post("/<int:board_id>/reviews/<int:review_id>/score")
@signed_in
def score_send(board_id: int, review_id: int) -> Any:
    """Save the draft or submit the sheet: the button pressed says which."""
    sheet = own_sheet(actor(), board_id, review_id)
    form, submit = score_form(sheet, sent=True), request.form.get("do") == "submit"
    keep = scoring.submit_score_sheet if submit else scoring.save_score_sheet
    return answer(
        form,
        lambda: keep(actor(), board_id, review_id, form.data_sent()),
        done=url_for("boards.score", board_id=board_id, review_id=review_id),
        page=lambda: _page_again(board_id, review_id, form),
        message=gettext("Đã chốt phiếu chấm.") if submit else gettext("Đã lưu tạm phiếu chấm."),
    )


def pdf(paper: Paper) -> Response:
    """A paper as the browser shows it."""
    response = Response(paper.content, mimetype="application/pdf")
    response.headers.set("Content-Disposition", "inline", filename=paper.name)
    return response


def word(paper: Paper) -> Response:
    """A finished Word file, to be saved."""
    return saved(BytesIO(paper.content), paper.name, MEDIA_TYPE)


@bp.get("/<int:board_id>/reviews/<int:review_id>/score.pdf")
@signed_in
def score_paper(board_id: int, review_id: int) -> Response:
    """One's own sheet on paper."""
    return pdf(papers.score_sheet(actor(), board_id, review_id))


@bp.get("/<int:board_id>/reviews/<int:review_id>/summary.pdf")
@signed_in
def summary_paper(board_id: int, review_id: int) -> Response:
    """The score summary on paper, once the points are revealed."""
    return pdf(papers.score_summary(actor(), board_id, review_id))
