"""Enums whose members carry the sentence a reader sees.

For closed lists of the regulation (states, actions, kinds).  Not for lists a unit may edit: those are data.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A string enum with a Vietnamese ``label`` per member: ``NAME = "stored_value", N_("Tên hiển thị")``."""

    label: str

    # The default lets type checkers see that a member is also looked up by its value alone: ``State("draft")``.
    def __new__(cls, value: str, label: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
