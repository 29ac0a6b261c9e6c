"""Aliases of tables that are made once and used by every thread."""

from typing import TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import aliased

Model = TypeVar("Model")


def lasting_alias(model: type[Model]) -> type[Model]:
    """An alias of ``model`` for the life of the process.

    SQLAlchemy 2.1 fills the list by which an alias's columns are found at their first use, and another thread that comes by then takes
    it half filled: its statement names the wrong table, and is kept for later ones.  Here the list is filled before anybody has it.
    """
    alias = aliased(model)
    known = inspect(model).local_table
    inspect(alias).selectable.corresponding_column(next(iter(known.c)))
    return alias
