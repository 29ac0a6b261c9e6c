"""What the database and the disk hold of votes."""

from pathlib import Path

from sqlalchemy import func, select

from innovations.extensions import db
from tests.board_world import BoardWorld


def stored(model: type) -> int:
    """Rows of a table."""
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def key_files(board: BoardWorld) -> list[Path]:
    """Keys of votes that are open or not closed to the end."""
    return sorted((Path(board.world.app.instance_path) / "vote-keys").glob("*"))


def database_file(board: BoardWorld) -> Path:
    """The database."""
    return Path(board.world.app.instance_path) / "innovations.sqlite"
