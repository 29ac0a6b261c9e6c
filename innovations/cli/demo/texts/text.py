"""What an author of the demo writes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """The texts of one proposal.  ``lines``: kind, label, before, after, unit of measure; ``photo``: of the thing itself."""

    title: str
    field: str
    types: tuple[str, ...]
    situation: str
    content: str
    steps: str
    novelty: str
    benefit: str
    lines: tuple[tuple[str, str, str, str, str], ...] = ()
    conditions: str = ""
    photo: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """Everything the author wrote, word by word, as an editor counts them."""
        parts = (self.title, self.situation, self.content, self.steps, self.novelty, self.benefit, self.conditions)
        return tuple(" ".join((*parts, *(line[1] for line in self.lines))).split())
