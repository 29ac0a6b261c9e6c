"""What many tests begin with is done once per process, through the use cases, and then copied.

A recipe (``@prepared``) that is called on the world as the fixture gave it, or right after other recipes, leaves a copy of the
instance once it was asked for twice; from then on the same recipe after the same ones takes the copy.  After any other change of the
database a recipe is carried out as it is written.  What was made before midnight is no beginning of the next day: a meeting of
today would be yesterday's.  Where the clock is set it is always carried out.  A test that puts something else in the place of what a
recipe calls carries it out itself.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from innovations.core import clock
from innovations.extensions import db

P = ParamSpec("P")
Scene = TypeVar("Scene")
Result = TypeVar("Result")
Recipes = tuple[str, ...]

DATABASE = "innovations.sqlite"
_asked: Counter[Recipes] = Counter()
_kept: dict[Recipes, tuple[Path, Any]] = {}


@dataclass
class _Stage:
    """The instance of the running test, and the recipes that made it what it is."""

    folder: Path
    shelf: Path
    done: Recipes
    watch: sqlite3.Connection
    version: int = 0
    busy: bool = False

    def serves(self, scene: Any) -> bool:
        """Whether the scene, a world or one around it, plays in this instance."""
        return Path(getattr(scene, "world", scene).app.instance_path) == self.folder

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """A recipe is being carried out: those it is made of are no beginnings of their own."""
        self.busy = True
        try:
            yield
        finally:
            self.busy = False

    def look(self) -> None:
        """Everything that is stored by now is what the recipes made."""
        self.version = self._version()

    def _version(self) -> int:
        return int(self.watch.execute("PRAGMA data_version").fetchone()[0])

    def as_made(self) -> bool:
        """Whether nobody else has stored anything."""
        return self._version() == self.version

    def keep(self, recipes: Recipes, result: Any) -> None:
        """Put a copy of the instance by."""
        place = self.shelf / str(len(_kept))
        shutil.copytree(
            self.folder, place, ignore=lambda _at, names: [each for each in names if each.startswith((DATABASE, "index"))]
        )
        with closing(sqlite3.connect(place / DATABASE)) as copy:
            self.watch.backup(copy)
        _kept[recipes] = (place, result)

    def take(self, place: Path) -> None:
        """Let the instance be the copy."""
        self.watch.close()
        db.engine.dispose()
        for each in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
            (self.folder / each).unlink(missing_ok=True)
        shutil.copytree(place, self.folder, dirs_exist_ok=True)
        self.watch = sqlite3.connect(self.folder / DATABASE)


_stage: list[_Stage] = []


@contextmanager
def stage(folder: Path, scene: str) -> Iterator[None]:
    """Let recipes serve the instance in ``folder``, which begins as ``scene``."""
    shelf = folder.parent / "prepared"
    shelf.mkdir(exist_ok=True)
    made = _Stage(folder, shelf, (scene, clock.today().isoformat()), sqlite3.connect(folder / DATABASE))
    made.look()
    _stage.append(made)
    try:
        yield
    finally:
        _stage.pop()
        made.watch.close()


def prepared(recipe: Callable[Concatenate[Scene, P], Result]) -> Callable[Concatenate[Scene, P], Result]:
    """Carry a recipe out once per process, and copy it where it is asked for again; it returns ids, not objects."""

    @wraps(recipe)
    def served(scene: Scene, *args: P.args, **kwargs: P.kwargs) -> Result:
        on = _stage[-1] if _stage else None
        if on is None or on.busy or clock.is_set() or not on.serves(scene) or not on.as_made():
            return recipe(scene, *args, **kwargs)
        recipes = (*on.done, f"{recipe.__module__}.{recipe.__qualname__}{args!r}{sorted(kwargs.items())!r}")
        db.session.remove()  # whichever way it goes on, what was read before is not at hand any more
        if recipes in _kept:
            place, result = _kept[recipes]
            on.take(place)
        else:
            with on.at_work():
                result = recipe(scene, *args, **kwargs)
            db.session.remove()
            _asked[recipes] += 1
            if _asked[recipes] > 1:
                on.keep(recipes, result)
        on.done = recipes
        on.look()
        return result  # type: ignore[no-any-return]

    return served
