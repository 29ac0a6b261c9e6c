"""What the page and the record of a count on paper show: who has keyed, and the figures once both are in."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from innovations.boards.agenda_queries import ItemShown
from innovations.boards.loading import load_review
from innovations.boards.meeting_loading import Item, load_meeting
from innovations.boards.meeting_queries import MeetingShown, meeting_item
from innovations.boards.models import Seat
from innovations.boards.models_meeting import TellerCount, Vote
from innovations.boards.rules.access import check_may_confirm, permitted
from innovations.boards.rules.tellers import NotTeller, last_pair, turn_of
from innovations.boards.vote_facts import counts_of
from innovations.extensions import db
from innovations.people.models import Person
from innovations.people.rules.roles import Actor


@dataclass(frozen=True)
class Compared:
    """One figure as both tellers keyed it."""

    name: str
    first: int
    second: int

    @property
    def differs(self) -> bool:
        """Whether the two are not the same."""
        return self.first != self.second


@dataclass(frozen=True)
class CountPage:
    """The count of one item's vote on paper.

    :param attempt: which attempt the next count belongs to; ``place`` its place in it.
    :param rows: the latest two counts, once both are in; ``names`` of their tellers.
    :param keys: whether the reader may key now; ``settles``: whether the reader chooses between two counts.
    """

    meeting: MeetingShown
    item: ItemShown
    voters: int
    attempt: int
    place: int
    rows: tuple[Compared, ...]
    names: tuple[str, ...]
    keys: bool
    counted: bool
    settles: bool

    @property
    def differs(self) -> bool:
        """Whether a mismatch waits to be resolved."""
        return self.place == 1 and any(row.differs for row in self.rows)


def _item(actor: Actor, board_id: int, number: int, review_id: int) -> Item:
    """The item, whether the meeting runs or not."""
    sitting, loaded = load_meeting(actor, board_id, number), load_review(actor, board_id, review_id)
    return Item(sitting, next(each for each in sitting.meeting.items if each.review_id == review_id), loaded)


def tellers_named(vote: Vote, attempt: int | None = None) -> tuple[str, ...]:
    """Rank and name of who counted: in the attempt, or in the last one."""
    chosen = select(TellerCount.attempt, Person.rank, Person.full_name).join(Seat, Seat.id == TellerCount.seat_id)
    chosen = chosen.join(Person, Person.id == Seat.person_id).where(TellerCount.vote_id == vote.id).order_by(TellerCount.place)
    found = db.session.execute(chosen).all()
    wanted = attempt or max((row.attempt for row in found), default=0)
    return tuple(f"{rank} {name}".strip() for number, rank, name in found if number == wanted)


def _compared(vote: Vote) -> tuple[tuple[Compared, ...], tuple[str, ...]]:
    pair = last_pair(counts_of(vote))
    if pair is None:
        return (), ()
    one, other = (vars(each.figures) for each in pair)
    return tuple(Compared(name, one[name], other[name]) for name in one), tellers_named(vote, pair[0].attempt)


def count_page(actor: Actor, board_id: int, number: int, review_id: int) -> CountPage:
    """The count of an item, for tellers and who runs the vote; no figure before both are in.

    :raises NotVisible: the item is not for this reader; :raises NotTeller: it is, but not its count.
    """
    page, item = meeting_item(actor, board_id, number, review_id)
    if not (page.has_vote or page.leads):
        raise NotTeller
    found = _item(actor, board_id, number, review_id)
    vote = found.vote
    if vote is None or not vote.on_paper or item.outlook is None:
        return CountPage(page, item, 0, 1, 1, (), (), keys=False, counted=False, settles=False)
    turn = turn_of(counts_of(vote))
    rows, names = _compared(vote)
    counted = actor.person_id in turn.counted
    shown = CountPage(
        page, item, item.outlook.voters, turn.attempt, turn.place, rows, names, keys=item.rights.counts and not counted,
        counted=counted, settles=False,
    )  # fmt: skip
    settles = vote.state == "open" and shown.differs and permitted(check_may_confirm, actor, found.loaded.facts, found.loaded.at)
    return replace(shown, settles=settles)
