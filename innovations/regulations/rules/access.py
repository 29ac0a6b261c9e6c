"""Who keeps a rule or criteria set: the registrar of the unit that owns it.  Shipped sets have no owner and no editor."""

from __future__ import annotations

from innovations.people.rules.roles import Actor, Role


def may_edit_set(actor: Actor, owner_path: str | None) -> bool:
    """Say whether the actor may change a set.

    :param owner_path: path of the owning unit; ``None`` for a shipped set, which is copied, never changed.
    """
    return owner_path is not None and actor.holds(Role.REGISTRAR, owner_path)


def may_see_set(actor: Actor, owner_path: str | None) -> bool:
    """Say whether the actor may read a set: a shipped one, one of their units, or one a unit above them works by."""
    if owner_path is None:
        return actor.holds_anywhere(Role.REGISTRAR)
    above = any(path.startswith(owner_path) for path in actor.paths_of(Role.REGISTRAR))
    return above or may_edit_set(actor, owner_path)


def may_use_set(unit_path: str, owner_path: str | None) -> bool:
    """Say whether a campaign of the unit at ``unit_path`` may name a set: a shipped one, its own, one of a unit above."""
    return owner_path is None or unit_path.startswith(owner_path)
