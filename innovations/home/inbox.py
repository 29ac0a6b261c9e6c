"""What waits for a reader, gathered from the features that registered a provider."""

from collections.abc import Callable
from datetime import date

from innovations.core.waiting import Waiting
from innovations.people.rules.roles import Actor

Provider = Callable[[Actor], list[Waiting]]
_providers: list[Provider] = []


def register_inbox(provider: Provider) -> None:
    """Let ``provider`` say what waits for a reader; registering it twice has no effect."""
    if provider not in _providers:
        _providers.append(provider)


def waiting_for(actor: Actor) -> dict[str, list[Waiting]]:
    """Everything that waits, by heading; inside a heading the nearest deadline first."""
    groups: dict[str, list[Waiting]] = {}
    for provider in _providers:
        for item in provider(actor):
            groups.setdefault(item.group, []).append(item)
    for items in groups.values():
        items.sort(key=lambda item: (item.due_on is None, item.due_on or date.max, item.text))
    return groups
