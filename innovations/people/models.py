"""Units (a tree), persons, accounts, role grants, sign-ins."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from innovations.core.columns import Coded, one_of
from innovations.extensions import db
from innovations.people.rules.factors import Stage
from innovations.people.rules.proving import PAPER_LENGTH, Proof
from innovations.people.rules.roles import Role
from innovations.people.rules.units import Level, PersonCategory


class Unit(db.Model):
    """A unit of the tree.  Edited, moved and closed, never deleted; history stays where it happened."""

    __tablename__ = "unit"
    __table_args__ = (one_of("level", Level), CheckConstraint("code = upper(code)", name="code_upper"))

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    # Ids from the root, "/1/4/9/": a subtree is one prefix, never a recursion.
    path: Mapped[str] = mapped_column(String(200), index=True)
    level: Mapped[Level] = mapped_column(Coded(Level))
    kind: Mapped[str] = mapped_column(String(60), default="")
    place: Mapped[str] = mapped_column(String(100), default="")  # where papers are signed, before the date
    is_base: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    # The commander whose authorship bars them from the board of State-paid work (Decree 13/2012).
    head_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", use_alter=True))

    parent: Mapped["Unit | None"] = relationship(remote_side=[id])


class Person(db.Model):
    """A person; ``same_as_id`` leads to the record that stands for all records of one human being."""

    __tablename__ = "person"
    __table_args__ = (one_of("category", PersonCategory),)

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(String(120))
    sort_key: Mapped[str] = mapped_column(String(300), index=True)  # Vietnamese order, given name first
    rank: Mapped[str] = mapped_column(String(40), default="")
    position: Mapped[str] = mapped_column(String(120), default="")
    qualification: Mapped[str] = mapped_column(String(120), default="")
    born_on: Mapped[date | None]
    category: Mapped[PersonCategory] = mapped_column(Coded(PersonCategory))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    active: Mapped[bool] = mapped_column(default=True)
    same_as_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    same_as_reason: Mapped[str] = mapped_column(String(300), default="")

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id])

    @property
    def human_id(self) -> int:
        """Id that every record of the same human being shares; rules compare this one."""
        return self.same_as_id or self.id


class Account(db.Model):
    """A way to sign in.  The service number is the name typed at sign-in."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    service_number: Mapped[str] = mapped_column(String(40), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    must_change: Mapped[bool] = mapped_column(default=False)
    password_at: Mapped[datetime | None]  # when its owner chose it
    stands_alone: Mapped[bool] = mapped_column(default=True)  # long enough without a second step
    one_time_until: Mapped[datetime | None]  # a one-time password stops working then
    locale: Mapped[str] = mapped_column(String(2), default="vi")
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)

    person: Mapped[Person] = relationship()


class Grant(db.Model):
    """A role at a unit, for it and below, from–to; the deputy holds it while the holder is away."""

    __tablename__ = "role_grant"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("to_on IS NULL OR to_on >= from_on", name="period"),
        CheckConstraint("deputy_id IS NULL OR deputy_id <> person_id", name="deputy_is_another"),
        Index(
            "uq_role_grant_open", "person_id", "role", "unit_id", unique=True,
            sqlite_where=text("to_on IS NULL AND ended_at IS NULL"),
            postgresql_where=text("to_on IS NULL AND ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(Coded(Role))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]  # taken away: ends at this instant, whatever ``to_on`` says
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    away_from: Mapped[date | None]
    away_to: Mapped[date | None]

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])
    unit: Mapped[Unit] = relationship()


class SignIn(db.Model):
    """One sign-in, kept on the server: ending it here ends it in every copy of the cookie."""

    __tablename__ = "sign_in"
    __table_args__ = (one_of("stage", Stage), Index("ix_sign_in_place", "account_id", "address", "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    stage: Mapped[Stage] = mapped_column(Coded(Stage), default=Stage.COMPLETE)
    address: Mapped[str] = mapped_column(String(45), default="")
    device: Mapped[str] = mapped_column(String(120), default="")  # what the browser calls itself


class SecondStep(db.Model):
    """The second step of an account's sign-in; it counts once it is confirmed.  A step of time up to ``last_step`` is used."""

    __tablename__ = "second_step"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, autoincrement=False)
    seed: Mapped[bytes]  # sealed, see innovations.people.factors
    last_step: Mapped[int]
    confirmed_at: Mapped[datetime | None]


class SecondStepRemoval(db.Model):
    """Taking a lost second step away where it needs a second person: what was asked, how identity was proved, what became of it."""

    __tablename__ = "second_step_removal"
    __table_args__ = (
        one_of("proof", Proof),
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("(confirmed_at IS NULL) = (confirmed_by_id IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    proof: Mapped[Proof] = mapped_column(Coded(Proof))
    proved_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proved_on: Mapped[date]
    paper: Mapped[str] = mapped_column(String(PAPER_LENGTH), default="")  # a number, see innovations.people.rules.proving
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    confirmed_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ended_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])


class RecoveryCode(db.Model):
    """A code that stands in once for a lost telephone; only its hash is kept."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    code_sha256: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


class SignInFailure(db.Model):
    """A failed sign-in, for the limits per person and per address; older ones are removed as new ones come."""

    __tablename__ = "sign_in_failure"
    __table_args__ = (Index("ix_sign_in_failure_who", "who", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(String(80))  # "n:" + SHA-256 of the service number typed, or "a:" + address
    at: Mapped[datetime]


class ApiToken(db.Model):
    """A bearer token of an account: only its hash is kept; ``scopes`` says what it may do."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(60), default="")
    scopes: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
