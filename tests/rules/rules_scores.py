"""Ready score sheets and meetings for the tests of the boards' rules."""

from decimal import Decimal

from innovations.boards.rules.quorum import Outlook, vote_outlook
from innovations.boards.rules.scoring import Result, Sheet, result
from innovations.boards.rules.votes import Count, Opinion, count_opinions
from innovations.regulations.rules.criteria import CriteriaSet
from innovations.regulations.rules.presets import STANDARD
from innovations.regulations.rules.rulesets import DEFAULT, RuleSet

CODES = ("novelty", "effect", "replicability", "economy", "dossier")


def sheet(number: int, *points: str | None, key: str = "") -> Sheet:
    """A sheet of the standard set with points in the order of its criteria; None is "not applicable"."""
    values = {code: None if each is None else Decimal(each) for code, each in zip(CODES, points, strict=True)}
    return Sheet(number, values, key)


def scored(*points: str | None, rules: RuleSet = DEFAULT, criteria: CriteriaSet = STANDARD) -> Result:
    """The result of three sheets with the same points."""
    return result(criteria, [sheet(number, *points) for number in (1, 2, 3)], rules)


def count(agree: int, disagree: int = 0, none: int = 0, invalid: int = 0) -> Count:
    """The count of as many ballots as opinions are given."""
    opinions = [Opinion.AGREE] * agree + [Opinion.DISAGREE] * disagree + [Opinion.NONE] * none + [None] * invalid
    return count_opinions(opinions, len(opinions))


def outlook(base: int, present: int, recused: int = 0, rules: RuleSet = DEFAULT) -> Outlook:
    """The outlook of a vote; the recused are among the present."""
    return vote_outlook(rules, base=base, present=present, recused=recused, recused_present=recused)


GOOD = ("24", "24", "20", "8", "4")  # 80 points, every floor met
