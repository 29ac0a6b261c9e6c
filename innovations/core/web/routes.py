"""Routes whose builders of addresses are compiled when an address is first built, and numbers in addresses that a database holds.

Werkzeug compiles two functions for each route as it is added: a quarter of the start of five hundred routes, most of whose addresses
are never built in a process's life.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from werkzeug.routing import IntegerConverter, Rule


class NumberConverter(IntegerConverter):
    """``<int:…>``: a longer number is no row's, and its address is nowhere; the database would break on it."""

    regex = "[0-9]{1,18}"


class LazyRule(Rule):
    """A route as Flask adds it; ``url_for`` pays for its builder once, 0.5 ms, instead of the start for all."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        @cache
        def builder() -> Callable[..., tuple[str, str]]:
            return super(LazyRule, self)._compile_builder(append_unknown)

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            return builder()(rule, **values)

        return build
