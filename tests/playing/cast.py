"""Who plays: people by the offices and seats they hold, and the units they hold them at."""

from __future__ import annotations

from datetime import UTC, date, datetime

#: When every play begins: nine in the morning there.
DAY = datetime(2026, 3, 10, 2, tzinfo=UTC)
#: Days off, and a Saturday worked instead.
HOLIDAYS = (date(2026, 4, 10), date(2026, 4, 30), date(2026, 5, 1), date(2026, 6, 10), date(2026, 9, 2))
WORKED = (date(2026, 4, 11),)
#: The day on which some say that their idea was first applied; they have twelve months.
APPLIED_ON, FILED_UNTIL = date(2025, 4, 10), date(2026, 4, 10)
#: unit → the unit above.
ABOVE = {"T1A": "SM", "T2B": "SM", "D5": "T1A", "XSC": "T1A", "D7": "T2B", "SM": "QCM", "SP": "QCM", "L3C": "SP", "QCM": ""}
#: person → (office, unit) …; an office is held at its unit and all below.
OFFICES = {
    "tiepnhan": {("receiver", "T1A")},
    "vanphong": {("registrar", "T1A")},
    "chihuy": {("decider", "T1A"), ("commander", "T1A")},
    "chihuy2": {("commander", "D5")},
    "demo38": {("receiver", "SM")},
    "demo36": {("registrar", "SM")},
    "demo35": {("decider", "SM"), ("commander", "SM")},
    "donvi": {("commander", "T2B"), ("decider", "T2B")},
    "demo30": {("commander", "L3C"), ("decider", "L3C")},
    "kiemtra": {("auditor", "QCM")},
    "quantri": {("admin", "QCM")},
}
CHAIR, DEPUTY, KEEPER = "chutich", "uyvien1", "thuky"
#: The board of seven; everybody on it may score and vote.
SEATS = (CHAIR, DEPUTY, KEEPER, "uyvien2", "uyvien3", "uyvien4", "uyvien5")
HEAD = "chihuy"  # of the regiment, whose board this is
STRANGER = "docgia"  # a reader of another regiment
#: author → the own unit.  An officer, a mechanic, and people of whom the board or the head is one.
WRITERS = {"tacgia": "D5", "tacgia2": "XSC", "uyvien4": "T1A", KEEPER: "T1A", CHAIR: "T1A", HEAD: "T1A"}
#: Lead authors whose proposals are voted on openly; the others' under seal.
VOTED_ON_OPENLY = ("tacgia2", CHAIR)
#: Lead authors of first proposals whose rule set lets the unit's commander look first.
LOOKED_AT_FIRST = ("tacgia", HEAD)
EVERYBODY = tuple(dict.fromkeys(("tacgia", "tacgia2", *SEATS, *OFFICES, STRANGER)))


def holds(who: str, office: str, unit: str) -> bool:
    """Whether somebody holds an office at a unit or above it."""
    while unit:
        if (office, unit) in OFFICES.get(who, ()):
            return True
        unit = ABOVE[unit]
    return False
