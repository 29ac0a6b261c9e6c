"""Texts of the demo: invented, plausible, without quantities of equipment, positions or performance.

The named ones are the examples of the regulation, about a page each; the short ones fill the register, a paragraph each.
"""

from innovations.cli.demo.texts.named_office import OFFICE
from innovations.cli.demo.texts.named_workshop import WORKSHOP
from innovations.cli.demo.texts.short_elsewhere import ELSEWHERE
from innovations.cli.demo.texts.short_regiment import REGIMENT
from innovations.cli.demo.texts.text import Text

__all__ = ["NAMED", "SHORT", "Text"]

NAMED: dict[str, Text] = {**OFFICE, **WORKSHOP}
SHORT: dict[str, Text] = {**REGIMENT, **ELSEWHERE}
