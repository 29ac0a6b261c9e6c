"""Who is at the door: the signed-in reader of this request, and routes that need a role."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask_login import current_user

from innovations.core.rules.errors import Forbidden
from innovations.core.web.doors import signed_in
from innovations.people.identity import SignedIn
from innovations.people.rules.roles import Actor, Role


def reader() -> SignedIn:
    """The signed-in reader; only behind ``@signed_in`` routes."""
    user: SignedIn = current_user._get_current_object()
    return user


def actor() -> Actor:
    """The reader as the rules know them."""
    return reader().actor


def needs(*roles: Role) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Any account with one of ``roles`` somewhere may open this route; which rows it shows is the policy's business."""

    def mark(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not any(actor().holds_anywhere(role) for role in roles):
                raise Forbidden
            return view(*args, **kwargs)

        return signed_in(guarded)

    return mark
