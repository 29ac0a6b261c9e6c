"""How much each text may hold, counted in characters after composition: what forms, columns and guides of units rely on."""

from __future__ import annotations

import pytest

from innovations.boards.rules import (
    attached_minutes,
    blindness,
    decisions,
    meetings,
    paper_sheets,
    schedule,
    sheets,
    tellers,
    telling,
)
from innovations.core.rules.text import TooLong, clean_line, clean_text
from innovations.exchange.rules import authors, records
from innovations.people.rules import factors, persons, units
from innovations.proposals.rules import content
from innovations.regulations.rules import campaigns

#: A text → the characters it may have.
LENGTHS = {
    "title": (content.FIELD_LIMITS["title"], 200),
    "situation": (content.FIELD_LIMITS["situation"], 10_000),
    "content": (content.FIELD_LIMITS["content"], 30_000),
    "steps": (content.FIELD_LIMITS["steps"], 10_000),
    "novelty": (content.FIELD_LIMITS["novelty"], 10_000),
    "conditions": (content.FIELD_LIMITS["conditions"], 5_000),
    "benefit of the authors": (content.FIELD_LIMITS["author_benefit"], 10_000),
    "benefit of others": (content.FIELD_LIMITS["applier_benefit"], 10_000),
    "confidential part": (content.FIELD_LIMITS["confidential"], 5_000),
    "place": (content.FIELD_LIMITS["place"], 200),
    "investor": (content.FIELD_LIMITS["investor_name"], 200),
    "tag": (content.FIELD_LIMITS["tag"], 40),
    "reason": (content.FIELD_LIMITS["reason"], 2_000),
    "author of an old register": (authors.NAME_MAX, 120),
    "grade of an old register": (records.GRADE_MAX, 30),
    "number in an old register": (records.NUMBER_MAX, 60),
    "external id": (records.EXTERNAL_MAX, 100),
    "full name": (persons.FULL_NAME_MAX, 100),
    "rank": (persons.RANK_MAX, 40),
    "position": (persons.POSITION_MAX, 120),
    "service number": (persons.SERVICE_NUMBER_MAX, 20),
    "code of a unit": (units.CODE_MAX, 12),
    "name of a unit": (units.NAME_MAX, 200),
    "short name of a unit": (units.SHORT_NAME_MAX, 60),
    "campaign": (campaigns.NAME_MAX, 200),
    "field of work": (campaigns.FIELD_NAME_MAX, 100),
    "phase": (schedule.NAME_MAX, 80),
    "place of a meeting": (meetings.PLACE_MAX, 200),
    "discussion": (meetings.DISCUSSION_MAX, 10_000),
    "absence": (meetings.ABSENCE_MAX, 200),
    "remark on a sheet": (sheets.REMARK_MAX, 2_000),
    "note on minutes": (attached_minutes.NOTE_MAX, 500),
    "settled count": (tellers.SETTLEMENT_MAX, 500),
    "ruling on a file": (telling.RULING_REASON_MAX, 500),
    "number of a decision": (decisions.NUMBER_MAX, 60),
    "signer": (decisions.SIGNER_MAX, 120),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_a_text_of_that_length_is_taken_and_one_letter_more_is_not(name: str) -> None:
    limit, promised = LENGTHS[name]
    assert clean_text("ế" * promised, max_length=limit, field=name) == "ế" * promised
    assert clean_line("e\u0302\u0301" * promised, max_length=limit, field=name) == "ế" * promised
    with pytest.raises(TooLong):
        clean_text("ế" * (promised + 1), max_length=limit, field=name)


def test_how_many_there_may_be() -> None:
    assert (content.AUTHORS_MAXIMUM, content.TAGS_MAXIMUM) == (15, 12)
    assert (blindness.COVERS_MAX, paper_sheets.PHOTOS_MAX, schedule.AHEAD_MAX) == (50, 6, 8)


def test_a_code_of_the_second_step_is_that_of_every_authenticator() -> None:
    """RFC 6238, section 5.2: 30 seconds; a paper of recovery codes has ten of three groups of five."""
    assert (factors.STEP_SECONDS, factors.CODE_MINUTES, factors.TOLERATED_STEPS) == (30, 5, (-1, 0, 1))
    assert (factors.RECOVERY_CODES, factors.RECOVERY_GROUPS, factors.RECOVERY_GROUP) == (10, 3, 5)
