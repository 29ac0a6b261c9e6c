"""The second step of signing in: who must have it, what a recovery code looks like, which stage a sign-in is at."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from innovations.people.rules.roles import Role

#: Roles that decide over others or see what others may not; chair and secretary of a board are seats, and added by the boards.
DEMANDING = frozenset({Role.DECIDER, Role.SECURITY_OFFICER, Role.ADMIN, Role.AUDITOR})
STEP_SECONDS = 30  # of a one-time code, RFC 6238
#: Codes of the step before and after are taken as well: clocks of telephones differ.
TOLERATED_STEPS = (-1, 0, 1)
CODE_MINUTES = 5  # between the password and the code
RECOVERY_CODES = 10
#: Three groups of five of 31 letters and digits are 74 random bits; NIST SP 800-63B-4 asks for 64 of a saved recovery code.
RECOVERY_GROUPS, RECOVERY_GROUP = 3, 5


class Stage(StrEnum):
    """How far a sign-in has come; only a complete one opens pages."""

    COMPLETE = "complete"
    CODE = "code"  # the password was right, the second step is missing
    ENROLMENT = "enrolment"  # signed in, but the role needs a second step that was never set up


def must_have_second_step(roles: Collection[Role]) -> bool:
    """Whether one of the roles needs a second step at sign-in."""
    return not DEMANDING.isdisjoint(roles)


def stage_after_password(*, has_second_step: bool, must_have: bool) -> Stage:
    """What follows a right password."""
    if has_second_step:
        return Stage.CODE
    return Stage.ENROLMENT if must_have else Stage.COMPLETE


def plain_code(typed: str) -> str:
    """A code as it is compared: ``" 123 456"`` → ``"123456"``, ``"ABCDE-FGHJK"`` → ``"abcdefghjk"``."""
    return "".join(character for character in typed.casefold() if character.isalnum())
