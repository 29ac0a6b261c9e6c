"""A forgotten filter returns nothing: what a click reads of dossiers is pointed at, limited to its readers, or said to be about all.

Any program can forget who may see a row.  So each SELECT that a request sends is looked at, once for each compiled statement: one
that reads a guarded table without a condition that closes it is answered with no row, written to the server's log and told to
:data:`unscoped_asked`; a click that changes something breaks off instead, lest it act upon half of what there is.  A condition closes a statement when it holds for every row of the answer and

* compares the key of a guarded table, or of what is opened with a check of its own (a meeting, a decision), with given values,
* asks a column marked :data:`SCOPE` for the readers (``proposals/audience.py`` has the one filter), or
* compares such a key with another SELECT that is closed itself.

Commands and the worker act for nobody: they are not looked at.  Of what is pointed at, the policy is asked by who loads it.
"""

from collections.abc import Collection, Iterator
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from blinker import Namespace
from flask import current_app, has_request_context
from sqlalchemy import Column, CompoundSelect, Connection, Engine, Executable, MetaData, Select, Table, event
from sqlalchemy.engine import Compiled, ExecutionContext
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import (
    AsBoolean,
    BinaryExpression,
    BindParameter,
    BooleanClauseList,
    ClauseElement,
    False_,
    Grouping,
    UnaryExpression,
)
from sqlalchemy.sql.selectable import CTE, Join, ScalarSelect, Subquery

from innovations.core.database import writes

#: ``mapped_column(info=SCOPE)``: whoever asks this column for some of its values asks for what some readers may see.
SCOPE = {"scope": True}
#: ``{"info": GUARDED}`` of a table: its rows are for some readers only, and so is every row of another table that leads there.
GUARDED = {"guarded": True}
#: ``{"info": OPENED}`` of a table: its rows are opened with a check of their own; what is compared with their key is closed.
OPENED = {"opened": True}
#: Sent with ``tables`` (those read without scope) and ``statement`` (its SQL) each time a statement is answered with nothing.
unscoped_asked = Namespace().signal("unscoped-asked")

Question = TypeVar("Question", bound=Executable)
Asked = Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]
_BECAUSE = "unscoped_because"
_COMPARED = (operators.eq, operators.in_op)


def unscoped(statement: Question, *, because: str) -> Question:
    """The same statement, allowed to read what its reader may not see.

    :param because: why nothing of it reaches the reader, or who was asked before; for whoever reads the code.
    """
    return statement.execution_options(**{_BECAUSE: because})  # type: ignore[return-value]


class Unscoped(RuntimeError):
    """A use case asked without scope: a mistake in the program; its message names the tables."""


class Scopes:
    """Tells which guarded tables a statement reads without a condition that closes it.

    :param metadata: of all tables, marked :data:`GUARDED` and :data:`OPENED`.
    """

    def __init__(self, metadata: MetaData) -> None:
        tables = metadata.tables.values()
        self.guarded = {table.name for table in tables if table.info.get("guarded")}
        while more := {table.name for table in tables if self._leads_here(table, self.guarded)} - self.guarded:
            self.guarded |= more
        self._doors = self.guarded | {table.name for table in tables if table.info.get("opened")}

    @staticmethod
    def _leads_here(table: Table, names: Collection[str]) -> bool:
        return any(key.column.table.name in names for key in table.foreign_keys)

    def left_open(self, statement: ClauseElement) -> frozenset[str]:
        """Names of the guarded tables that some part of the statement reads without scope."""
        asked = _bare(statement)
        if isinstance(asked, CompoundSelect):
            return frozenset().union(*(self.left_open(each) for each in asked.selects))
        if not isinstance(asked, Select) or self._closed(asked):
            return frozenset()
        read = {each.name for each in _tables_of(asked)} & self.guarded
        return frozenset(read).union(*(self.left_open(each) for each in _selects_in(asked)))

    def _closed(self, asked: Asked) -> bool:
        if isinstance(asked, CompoundSelect):
            return all(self._closed(each) for each in asked.selects if isinstance(each, Select | CompoundSelect))
        if asked.whereclause is not None and self._closes(asked.whereclause):
            return True
        return any(self._closed(each) for each in _selects_read(asked))

    def _closes(self, condition: ClauseElement) -> bool:
        condition = _bare(condition)
        if isinstance(condition, AsBoolean) and condition.operator is operators.is_true:
            condition = condition.element  # what SQLAlchemy makes of a list with a false() in it
        if isinstance(condition, BooleanClauseList):
            enough = any if condition.operator is operators.and_ else all
            return enough(self._closes(each) for each in condition.clauses)
        if isinstance(condition, UnaryExpression):
            asked = _bare(condition.element)
            return condition.operator is operators.exists and isinstance(asked, Select | CompoundSelect) and self._closed(asked)
        if isinstance(condition, BinaryExpression) and condition.operator in _COMPARED:
            return self._points(condition.left, condition.right) or self._points(condition.right, condition.left)
        return isinstance(condition, False_)

    def _points(self, asked: ClauseElement, value: ClauseElement) -> bool:
        column, value = _column_of(asked), _bare(value)
        if column is None:
            return False
        readers = bool(column.info.get("scope"))
        if not readers and not self._is_key(column):
            return False
        if isinstance(value, Select | CompoundSelect):
            return readers or self._closed(value)
        return isinstance(value, BindParameter)

    def _is_key(self, column: Column[Any]) -> bool:
        """Whether it names one guarded row, or the one row that this belongs to."""
        table = column.table
        if any(key.column.table.name in self._doors for key in column.foreign_keys):
            return True
        alone = any(each.unique and list(each.columns) == [column] for each in table.indexes)
        alone = alone or bool(column.unique) or list(table.primary_key.columns) == [column]
        return alone and table.name in self._doors


def _bare(element: Any) -> ClauseElement:
    while isinstance(element, Grouping | ScalarSelect):
        element = element.element
    return element  # type: ignore[no-any-return]


def _column_of(element: Any) -> Column[Any] | None:
    """The table's column that an expression is about: of an alias, in brackets, with ``+ 0`` that keeps an index out of it."""
    element = _bare(element)
    if isinstance(element, BinaryExpression) and element.operator is operators.add:
        element = element.left
    if not isinstance(element, Column) or element.table is None:
        return None
    table: Any = element.table
    while not isinstance(table, Table):
        table = getattr(table, "element", None)
        if table is None:
            return None
    found: Column[Any] | None = table.columns.get(element.key)
    return found


def _sources(asked: Asked) -> Iterator[Any]:
    """What a SELECT reads: tables, aliases and inner SELECTs, joins taken apart."""
    if isinstance(asked, CompoundSelect):
        return
    waiting: list[Any] = list(asked.get_final_froms())
    while waiting:
        source = waiting.pop()
        if isinstance(source, Join):
            waiting += [source.left, source.right]
        else:
            yield source


def _tables_of(asked: Asked) -> Iterator[Table]:
    for source in _sources(asked):
        while source is not None and not isinstance(source, Table | Subquery | CTE):
            source = getattr(source, "element", None)
        if isinstance(source, Table):
            yield source


def _selects_read(asked: Asked) -> Iterator[Asked]:
    for source in _sources(asked):
        inner = _bare(getattr(source, "element", None)) if isinstance(source, Subquery | CTE) else None
        if isinstance(inner, Select | CompoundSelect):
            yield inner


def _selects_in(asked: Asked) -> Iterator[Asked]:
    """The SELECTs right inside a SELECT, not those inside them."""
    yield from _selects_read(asked)
    waiting = list(asked.get_children())
    while waiting:
        element = waiting.pop()
        if isinstance(element, Select | CompoundSelect):
            yield element
        else:
            waiting += element.get_children()


def guard(engine: Engine, scopes: Scopes) -> None:
    """Answer what requests ask without scope with no row, or break off where they change something, from now on."""
    known: WeakKeyDictionary[Compiled, frozenset[str]] = WeakKeyDictionary()

    @event.listens_for(engine, "before_cursor_execute", retval=True)
    def _look(
        connection: Connection, _cursor: Any, sql: str, parameters: Any, context: ExecutionContext | None, _many: bool
    ) -> tuple[str, Any]:
        compiled = getattr(context, "compiled", None)
        if compiled is None or compiled.statement is None or not has_request_context():
            return sql, parameters
        left_open = known.get(compiled)
        if left_open is None:
            left_open = known[compiled] = scopes.left_open(compiled.statement)
        if not left_open or _BECAUSE in context.execution_options:  # type: ignore[union-attr]
            return sql, parameters
        tables = ", ".join(sorted(left_open))
        current_app.logger.error("A statement that reads %s for anybody was answered with nothing", tables)
        unscoped_asked.send(engine, tables=tables, statement=sql)
        if writes(connection):
            raise Unscoped(tables)
        return f"SELECT * FROM ({sql}) AS unscoped WHERE 1 = 0", parameters  # noqa: S608  (made by SQLAlchemy, values apart)
