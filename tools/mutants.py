"""Small faults for a source of rules, one at a time: what :mod:`tools.mutate` tries the tests with.

Changed is what decides: comparisons, conditions, numbers, results, refusals and checks.  Left alone is what only speaks: docstrings,
messages, the data of a refusal, type hints, decorators.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: ("<", ("<=", ">=")), ast.LtE: ("<=", ("<", ">")), ast.Gt: (">", (">=", "<=")), ast.GtE: (">=", (">", "<")),
    ast.Eq: ("==", ("!=",)), ast.NotEq: ("!=", ("==",)), ast.Is: ("is", ("is not",)), ast.IsNot: ("is not", ("is",)),
    ast.In: ("in", ("not in",)), ast.NotIn: ("not in", ("in",)),
}  # fmt: skip
_CALCULATED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*"), ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"), ast.BitOr: ("|", "&"), ast.BitAnd: ("&", "|"), ast.BitXor: ("^", "|"), ast.RShift: (">>", "<<"),
}  # fmt: skip
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
#: Names of arguments that change no answer, and calls whose arguments are words.
_SPEAKING_ARGUMENTS, _SPEAKING_CALLS = {"strict", "ensure_ascii"}, {"N_", "TypeVar", "compile"}


@dataclass(frozen=True)
class Mutant:
    """One fault: the bytes from ``start`` to ``end`` of the source become ``text``.

    :param function: qualified name of the outermost function it is in, empty outside of any.
    """

    line: int
    start: int
    end: int
    text: str
    function: str

    def applied(self, source: bytes) -> bytes:
        """The source with the fault."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def changed(self, source: bytes) -> tuple[str, str]:
        """The line before and after."""
        first, last = source.rfind(b"\n", 0, self.start) + 1, source.find(b"\n", self.end)
        after = source[first : self.start] + self.text.encode() + source[self.end : last]
        return " ".join(source[first:last].decode().split()), " ".join(after.decode().split())


class _Finder:
    def __init__(self, source: bytes) -> None:
        self._source = source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))

    def _span(self, node: ast.AST) -> tuple[int, int]:
        first, last = self._starts[node.lineno - 1], self._starts[node.end_lineno - 1]  # type: ignore[attr-defined]
        return first + node.col_offset, last + node.end_col_offset  # type: ignore[attr-defined]

    def _text(self, node: ast.AST) -> str:
        start, end = self._span(node)
        return self._source[start:end].decode()

    def _between(self, left: ast.AST, right: ast.AST, word: str) -> tuple[int, int] | None:
        """Where the operator stands; comments between the two are no operator."""
        start, end = self._span(left)[1], self._span(right)[0]
        gap = re.sub(rb"#[^\n]*", lambda found: b" " * len(found[0]), self._source[start:end])
        found = re.search(rb"\s+".join(map(re.escape, word.encode().split())), gap)
        return (start + found.start(), start + found.end()) if found else None

    def walk(self, node: ast.AST, path: tuple[str, ...] = (), inside: str = "") -> Iterator[Mutant]:
        """The faults of a node and of all below it."""
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            path = (*path, node.name)
            if isinstance(node, ast.FunctionDef) and not inside:
                inside = ".".join(path)
        for start, end, text in self._faults(node):
            yield Mutant(self._source.count(b"\n", 0, start) + 1, start, end, text, inside)
        for child in _deciding(node):
            yield from self.walk(child, path, inside)

    def _faults(self, node: ast.AST) -> Iterator[tuple[int, int, str]]:
        if isinstance(node, ast.Raise):
            yield *self._span(node), "pass"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield *self._span(node), "pass"  # a check, or something remembered
        elif isinstance(node, ast.Compare):
            yield from self._compared(node)
        elif isinstance(node, ast.BoolOp):
            word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
            for left, right in zip(node.values, node.values[1:], strict=False):
                if place := self._between(left, right, word):
                    yield *place, other
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield *self._span(node), f"({self._text(node.operand)})"
        elif isinstance(node, ast.BinOp) and type(node.op) in _CALCULATED:
            word, other = _CALCULATED[type(node.op)]
            if place := self._between(node.left, node.right, word):
                yield *place, other
        elif isinstance(node, ast.Constant):
            yield from self._constant(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLED:
            yield *self._span(node.func), _CALLED[node.func.id]
        elif isinstance(node, ast.Return) and node.value is not None and not _is_constant(node.value):
            yield *self._span(node.value), "None"
        for test in _plain_tests(node):
            yield *self._span(test), f"(not {self._text(test)})"

    def _compared(self, node: ast.Compare) -> Iterator[tuple[int, int, str]]:
        sides = [node.left, *node.comparators]
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            word, others = _COMPARED[type(operator)]
            if place := self._between(left, right, word):
                yield from ((*place, other) for other in others)

    def _constant(self, node: ast.Constant) -> Iterator[tuple[int, int, str]]:
        value = node.value
        if isinstance(value, bool):
            yield *self._span(node), str(not value)
        elif isinstance(value, int):
            yield from ((*self._span(node), str(value + step)) for step in (1, -1))
        elif isinstance(value, str) and _NUMBER.fullmatch(value):
            whole, point, rest = value.partition(".")
            yield *self._span(node), f'"{int(whole) + 1}{point}{rest}"'


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)


def _plain_tests(node: ast.AST) -> list[ast.expr]:
    """Conditions that are no comparison and so have no fault of their own: ``if grants:``."""
    tests = [node.test] if isinstance(node, ast.If | ast.IfExp | ast.While) else []
    tests += node.ifs if isinstance(node, ast.comprehension) else []
    return [test for test in tests if isinstance(test, ast.Name | ast.Attribute | ast.Call | ast.Subscript)]


def _deciding(node: ast.AST) -> Iterator[ast.AST]:
    """The children that decide something."""
    if isinstance(node, ast.Raise | ast.JoinedStr | ast.Import | ast.ImportFrom):
        return
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _SPEAKING_CALLS:
        return
    if isinstance(node, ast.keyword) and node.arg in _SPEAKING_ARGUMENTS:
        return
    spoken = {"annotation", "returns", "decorator_list", "bases"}
    for name, value in ast.iter_fields(node):
        if name not in spoken:
            yield from (each for each in (value if isinstance(value, list) else [value]) if isinstance(each, ast.AST))


def mutants_of(source: bytes) -> list[Mutant]:
    """Every fault of a module, in the order of its lines; each leaves a source that can be read.

    ``b"if late > 3:\\n    raise TooLate\\n"`` → ``late >= 3``, ``late <= 3``, ``late > 4``, ``late > 2``, ``pass``.
    """
    found = sorted(_Finder(source).walk(ast.parse(source)), key=lambda each: (each.start, each.end, each.text))
    return [each for each in found if _readable(each.applied(source))]


def _readable(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True
