"""Column types that the database would otherwise get wrong: instants without a zone, decimals as binary floats."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, DateTime, Dialect, Index, String, text
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC.  A naive one is refused: nobody knows which clock it came from."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Aware instant → naive UTC for the database."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Naive UTC from the database → aware instant."""
        return None if value is None else value.replace(tzinfo=UTC)


class Fixed(TypeDecorator[Decimal]):
    """A decimal with a fixed number of places, stored as a whole number (``33.34`` → ``3334``), so no digit is ever lost."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, places: int = 2) -> None:
        super().__init__()
        self.places = places

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:
        """Decimal → scaled whole number; more places than the column has are refused."""
        if value is None:
            return None
        scaled = Decimal(value).scaleb(self.places)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than {self.places} decimal places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        """Scaled whole number → decimal."""
        return None if value is None else Decimal(value).scaleb(-self.places)


class Coded(TypeDecorator[Any]):
    """A ``StrEnum`` stored by its value; pair it with :func:`one_of` so that the database refuses any other."""

    impl = String(40)
    cache_ok = True

    def __init__(self, enum: type[StrEnum]) -> None:
        super().__init__()
        self.enum = enum

    def process_bind_param(self, value: StrEnum | str | None, dialect: Dialect) -> str | None:
        """Member → its value; an unknown value raises ``ValueError``."""
        return None if value is None else self.enum(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:
        """Value → member."""
        return None if value is None else self.enum(value)


def one_of(column: str, enum: type[StrEnum]) -> CheckConstraint:
    """CHECK that ``column`` holds a value of ``enum`` (NULL passes, as in SQL)."""
    values = ", ".join(f"'{member.value}'" for member in enum)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def filled(name: str, column: str) -> Index:
    """An index of those rows that have ``column``, which few do; it is also how rows that point at a deleted one are found."""
    there = text(f"{column} IS NOT NULL")  # nosemgrep: sql-from-a-made-string  (a column's name, from a model)
    return Index(name, column, sqlite_where=there, postgresql_where=there)
