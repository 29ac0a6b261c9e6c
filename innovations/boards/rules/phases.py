"""Who sees what, when: the phases of a consideration, and a matrix of them that the policy itself fills.

Nothing here decides.  Each cell plays one person in one phase and asks the functions that every page, list, search and paper asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from innovations.boards.rules.access import check_may_open_review, check_may_score, check_may_weigh_scores, permitted
from innovations.boards.rules.schedule import BoardPhase, hidden_from, in_force
from innovations.boards.rules.sheet_access import SheetAccess, sheet_access
from innovations.boards.rules.sheets import SheetFacts, check_changeable
from innovations.core.rules.errors import N_
from innovations.core.rules.labels import Labelled
from innovations.people.rules.roles import Actor, Grant, Role
from innovations.proposals.rules.content import Handling
from innovations.proposals.rules.facts import ProposalFacts, ReviewFacts
from innovations.proposals.rules.states import State
from innovations.proposals.rules.visibility import visible, visible_at_board


class Phase(Labelled):
    """What a consideration goes through; each begins where the one before it ends."""

    DRAFT = "draft", N_("Đang soạn")
    FORMAL = "formal", N_("Kiểm tra hồ sơ")
    ASSIGNING = "assigning", N_("Phân công")
    SCORING = "scoring", N_("Chấm điểm, phiếu của mình chưa nộp")
    SCORED = "scored", N_("Chấm điểm, phiếu của mình đã nộp")
    MEETING = "meeting", N_("Họp, điểm đã công bố")
    CONCLUDED = "concluded", N_("Chờ quyết định")
    REFUSED = "refused", N_("Không công nhận")
    RECOGNISED = "recognised", N_("Đã công nhận")


class Watcher(Labelled):
    """Whose eyes: a person has one of these parts, and no other."""

    LEAD = "lead", N_("Tác giả chính")
    CO_AUTHOR = "co_author", N_("Đồng tác giả")
    COMMANDER = "commander", N_("Chỉ huy đơn vị tác giả")
    RECEIVER = "receiver", N_("Cán bộ tiếp nhận")
    REGISTRAR = "registrar", N_("Cơ quan thường trực")
    SECRETARY = "secretary", N_("Thư ký hội đồng")
    CHAIR = "chair", N_("Chủ tịch hội đồng")
    SCORER = "scorer", N_("Ủy viên được phân công chấm")
    VOTER = "voter", N_("Ủy viên chỉ dự họp")
    RECUSED = "recused", N_("Ủy viên có xung đột lợi ích")
    DECIDER = "decider", N_("Thủ trưởng quyết định")
    SECURITY_OFFICER = "security_officer", N_("Cán bộ bảo mật")
    AUDITOR = "auditor", N_("Cán bộ kiểm tra")
    ADMIN = "admin", N_("Quản trị hệ thống")
    COMRADE = "comrade", N_("Người cùng đơn vị sở hữu")
    STRANGER = "stranger", N_("Người ở đơn vị khác")


class Knows(Enum):
    """How much somebody knows of a dossier."""

    NOTHING = "nothing"
    NAMELESS = "nameless"
    ALL = "all"


@dataclass(frozen=True)
class Sight:
    """What one person sees in one phase.

    :param board: the board's page of it: who scores, who is recused, when it meets.
    :param scores: fills in a sheet.
    :param weighs: how the sheets were given: spread, leave-one-out, leniency.
    """

    dossier: Knows
    board: bool
    scores: bool
    sheets: SheetAccess
    weighs: bool


#: Makes nothing stricter, as on a board without a schedule.
PLAIN = BoardPhase("–")
_STATES = {
    Phase.DRAFT: State.DRAFT, Phase.FORMAL: State.SUBMITTED, Phase.ASSIGNING: State.ACCEPTED, Phase.SCORING: State.SCORING,
    Phase.SCORED: State.SCORING, Phase.MEETING: State.MEETING, Phase.CONCLUDED: State.PASSED, Phase.REFUSED: State.NOT_RECOGNISED,
    Phase.RECOGNISED: State.RECOGNISED,
}  # fmt: skip
_HIDING = (Phase.ASSIGNING, Phase.SCORING, Phase.SCORED)
_UNIT, _AUTHORS_UNIT, _ELSEWHERE = "/1/2/", "/1/2/3/", "/1/9/"
_GRANTS = {
    Watcher.COMMANDER: (Role.COMMANDER, _AUTHORS_UNIT),
    **{
        watcher: (Role(watcher.value), _UNIT)
        for watcher in (
            Watcher.RECEIVER, Watcher.REGISTRAR, Watcher.DECIDER, Watcher.SECURITY_OFFICER, Watcher.AUDITOR, Watcher.ADMIN,
        )
    },
}  # fmt: skip
_PERSON = {watcher: number for number, watcher in enumerate(Watcher, 1)}


def _played(watcher: Watcher) -> Actor:
    """One person with that part; who has none serves in the owning unit or elsewhere."""
    role, path = _GRANTS.get(watcher, (None, ""))
    grants = (Grant(role, int(path.split("/")[-2]), path),) if role else ()
    home = _UNIT if watcher is Watcher.COMRADE else _ELSEWHERE
    return Actor(_PERSON[watcher], account_id=_PERSON[watcher], unit_id=int(home.split("/")[-2]), unit_path=home, grants=grants)


def _facts(phase: Phase, *, blind: bool, handling: Handling, dated: BoardPhase) -> tuple[ProposalFacts, ReviewFacts]:
    """A dossier in that phase.  Scorers are given it with the assignment, voting seats with the agenda."""
    state, order = _STATES[phase], list(Phase)
    given = {_PERSON[Watcher.SCORER]} if phase not in (Phase.DRAFT, Phase.FORMAL, Phase.ASSIGNING) else set()
    if order.index(phase) >= order.index(Phase.MEETING):
        given.add(_PERSON[Watcher.VOTER])
    waiting = given if phase is Phase.SCORING else frozenset[int]()
    hidden = hidden_from(given, waiting, dated.authors, rules_hide=blind) if phase in _HIDING else frozenset[int]()
    review = ReviewFacts(
        review_id=1, state=state, unit_id=2, unit_path=_UNIT, board_id=1, chair_id=_PERSON[Watcher.CHAIR],
        secretary_id=_PERSON[Watcher.SECRETARY], assigned=frozenset(given | {_PERSON[Watcher.RECUSED]}),
        recused=frozenset({_PERSON[Watcher.RECUSED]}),
        blinded=frozenset(hidden), phase=in_force([dated], date.min),
        reached_submitted=phase is not Phase.DRAFT, reached_accepted=phase not in (Phase.DRAFT, Phase.FORMAL),
    )  # fmt: skip
    authors = frozenset({_PERSON[Watcher.LEAD], _PERSON[Watcher.CO_AUTHOR]})
    facts = ProposalFacts(
        proposal_id=1, code="", lead_id=_PERSON[Watcher.LEAD], author_ids=authors, base_unit_id=2, base_unit_path=_UNIT,
        author_unit_path=_AUTHORS_UNIT, owning_unit_path=_UNIT, handling=handling, ever_submitted=phase is not Phase.DRAFT,
    )  # fmt: skip
    return replace(facts, reviews=(review,)), review


def sight(watcher: Watcher, phase: Phase, *, blind: bool, handling: Handling, dated: BoardPhase = PLAIN) -> Sight:
    """What the policy lets ``watcher`` see in ``phase``.

    :param blind: the rule set hides the authors from scorers until their sheet is in.
    :param handling: whether the improvement circulates openly once it is recognised.
    :param dated: the phase of the board's schedule that is active meanwhile.
    """
    actor, (facts, review) = _played(watcher), _facts(phase, blind=blind, handling=handling, dated=dated)
    at_board = visible_at_board(actor, facts)
    known = Knows.ALL if visible(actor, facts) else Knows.NAMELESS if at_board else Knows.NOTHING
    scorers = frozenset({_PERSON[Watcher.SCORER]}) & review.assigned
    voting = frozenset(_PERSON[each] for each in (Watcher.CHAIR, Watcher.SECRETARY, Watcher.SCORER, Watcher.VOTER))
    sheets = sheet_access(actor, facts, review, scorers=scorers, voting=voting) if at_board else SheetAccess.NONE
    sheet = SheetFacts(submitted=phase is not Phase.SCORING)
    return Sight(
        dossier=known,
        board=at_board and permitted(check_may_open_review, actor, facts, review),
        scores=permitted(check_may_score, actor, facts, review, scorers) and permitted(check_changeable, sheet),
        sheets=sheets,
        weighs=permitted(check_may_weigh_scores, actor, facts, review),
    )


def matrix(*, blind: bool, handling: Handling, dated: BoardPhase = PLAIN) -> Mapping[Watcher, Mapping[Phase, Sight]]:
    """Every part in every phase."""
    return {
        watcher: {phase: sight(watcher, phase, blind=blind, handling=handling, dated=dated) for phase in Phase}
        for watcher in Watcher
    }
