"""Official papers as PDF, in the layout of the clerical rules.

Use it for what is printed, signed or sent: ``render_pdf(Receipt(head=…, …))``.  The layouts are the ``*.typ`` files here; a
unit that writes its papers otherwise changes those.  Not for screens, and not for spreadsheets.
"""

from dataclasses import dataclass

from innovations.documents.papers.render import render_pdf


@dataclass(frozen=True)
class Paper:
    """A finished paper: its bytes and the name it is saved under."""

    name: str
    content: bytes


__all__ = ["Paper", "render_pdf"]
