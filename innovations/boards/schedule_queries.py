"""The page of a board's dated phases: those that have begun, those ahead, and which campaigns have schedules of their own."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from innovations.boards.loading import load_board
from innovations.boards.models import Board
from innovations.boards.rules.access import check_may_schedule, permitted
from innovations.boards.rules.schedule import BoardPhase, active_on, begun, ends_on, fingerprint
from innovations.boards.schedule_facts import Schedules, check_campaign
from innovations.core.clock import today
from innovations.extensions import db
from innovations.people.rules.roles import Actor
from innovations.regulations.models import Campaign

CAMPAIGNS_SHOWN = 12  # the youngest; a board plans the present round, older ones are reached by their address


@dataclass(frozen=True)
class PhaseShown:
    """A phase with its last day, when it has one."""

    of: BoardPhase
    ends_on: date | None
    begun: bool
    active: bool


@dataclass(frozen=True)
class CampaignShown:
    """A campaign whose reviews may have a schedule of their own."""

    id: int
    name: str
    year: int
    planned: bool


@dataclass(frozen=True)
class SchedulePage:
    """A schedule of a board.

    :param campaign: None: it is for every review that stands in no schedule of its own campaign.
    :param standing: the campaign has no schedule and stands in the board's general one.
    """

    campaign: CampaignShown | None
    campaigns: tuple[CampaignShown, ...]
    phases: tuple[PhaseShown, ...]
    standing: bool
    may_change: bool
    seen: str

    @property
    def ahead(self) -> tuple[BoardPhase, ...]:
        """The phases that may be changed."""
        return tuple(phase.of for phase in self.phases if not phase.begun)


def _campaigns(board: Board, schedules: Schedules, chosen: Campaign | None) -> tuple[CampaignShown, ...]:
    of_unit = select(Campaign).where(Campaign.unit_id == board.unit_id).order_by(Campaign.opens_on.desc(), Campaign.id.desc())
    found = list(db.session.scalars(of_unit.limit(CAMPAIGNS_SHOWN)))
    if chosen is not None and chosen not in found:
        found.append(chosen)
    return tuple(CampaignShown(each.id, each.name, each.year, bool(schedules.own(board.id, each.id))) for each in found)


def schedule_page(actor: Actor, board_id: int, campaign_id: int | None) -> SchedulePage:
    """The schedule for a campaign, or for all that stand in no schedule of their own campaign.

    :raises NotVisible: not a board of the reader, or no campaign of its unit.
    """
    board, facts = load_board(actor, board_id)
    chosen, schedules, on = check_campaign(board, campaign_id), Schedules([board_id]), today()
    campaigns, schedule = _campaigns(board, schedules, chosen), schedules.own(board_id, campaign_id)
    past, active = begun(schedule, on), active_on(schedule, on)
    return SchedulePage(
        campaign=next((each for each in campaigns if each.id == campaign_id), None),
        campaigns=campaigns,
        phases=tuple(PhaseShown(each, ends_on(schedule, each), each in past, each is active) for each in schedule),
        standing=campaign_id is not None and not schedule and bool(schedules.own(board_id, None)),
        may_change=permitted(check_may_schedule, actor, facts, on),
        seen=fingerprint(schedule),
    )
