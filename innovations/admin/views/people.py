"""People, their accounts and their roles."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from innovations.admin.forms import DeputyForm, EmptyForm, GrantForm, LinkForm, PersonForm, ProofForm
from innovations.admin.views.blueprint import bp
from innovations.core.clock import today
from innovations.core.paging import page_numbers
from innovations.core.rules.errors import NotVisible
from innovations.core.web import answer
from innovations.people.directory import GrantShown, administered, people_page, person_shown
from innovations.people.doors import actor, needs
from innovations.people.rules.proving import Proof
from innovations.people.rules.roles import Role
from innovations.people.rules.units import PersonCategory
from innovations.people.services import grants, lost_steps, persons, sign_ins
from innovations.people.services.persons import PersonData
from innovations.people.services.signing_in import issue_one_time_password


def _data(form: PersonForm) -> PersonData:
    return PersonData(
        form.full_name.data or "", form.unit_id.data, form.rank.data or "", form.position.data or "",
        form.qualification.data or "", form.born_on.data, PersonCategory(form.category.data),
    )  # fmt: skip


@bp.get("/people")
@needs(Role.ADMIN)
def person_list() -> str:
    """People of one's units, by name or service number."""
    query = request.args.get("q", "")[:100]
    number, per_page = page_numbers(request.args.get("page"), request.args.get("per_page"))
    page = people_page(actor(), query, number, per_page, lambda n: url_for("admin.person_list", q=query or None, page=n))
    return render_template("admin/people.html", page=page, q=query)


def _new_page(form: PersonForm) -> str:
    return render_template("admin/person_new.html", form=form)


@bp.get("/people/new")
@needs(Role.ADMIN)
def new_person() -> str:
    """A person to add."""
    return _new_page(PersonForm(formdata=None).offer(administered(actor())))


@bp.post("/people/new")
@needs(Role.ADMIN)
def create_person() -> Any:
    """Add a person with an account; the one-time password is on the page that answers and nowhere else."""
    form = PersonForm().offer(administered(actor()))
    made: list[tuple[int, str]] = []
    answered = answer(
        form,
        lambda: made.append(persons.create_person(actor(), _data(form), service_number=form.service_number.data or "")),
        done=url_for("admin.person_list"),
        page=lambda: _new_page(form),
    )
    return _password_page(*made[0], form.service_number.data) if made else answered


def _password_page(person_id: int, password: str, service_number: str | None) -> str:
    return render_template("admin/password.html", person_id=person_id, password=password, service_number=service_number)


def _page(person_id: int, **sent: Any) -> str:
    """The person's page; ``sent`` are forms that come back refused: ``form``, ``grant``, ``link``, ``deputies`` by grant,
    ``proofs`` by account."""
    person, mine = person_shown(actor(), person_id), administered(actor())
    given = {
        "form": PersonForm(formdata=None, data=person.values).offer(mine),
        "grant": GrantForm(formdata=None, from_on=today()).offer(mine),
        "link": LinkForm(formdata=None),
        **sent,
        "deputies": {each.id: _deputy_form(each) for each in person.grants} | sent.get("deputies", {}),
        "proofs": {each.id: _proof_form(each.id, formdata=None, proved_on=today()) for each in person.accounts}
        | sent.get("proofs", {}),
    }
    return render_template("admin/person.html", person=person, **given)


def _deputy_form(grant: GrantShown) -> DeputyForm:
    """A deputy's form among many: its controls are told apart by the grant."""
    values = {name: getattr(grant, name) for name in ("deputy_number", "away_from", "away_to")}
    return DeputyForm(formdata=None, data=values, prefix=f"grant{grant.id}")


def _proof_form(account_id: int, **given: Any) -> ProofForm:
    """A proof's form among many: its controls are told apart by the account."""
    return ProofForm(prefix=f"step{account_id}", **given)


def _known(person_id: int, *, account_id: int | None = None, grant_id: int | None = None) -> None:
    """Refuse an address of somebody else's person, or of an account or role that this person has not got.

    :raises NotVisible: it looks like one that does not exist.
    """
    shown = person_shown(actor(), person_id)
    if account_id is not None and account_id not in {account.id for account in shown.accounts}:
        raise NotVisible
    if grant_id is not None and grant_id not in {grant.id for grant in shown.grants}:
        raise NotVisible


@bp.get("/people/<int:person_id>")
@needs(Role.ADMIN)
def person(person_id: int) -> str:
    """One person: data, accounts, roles."""
    return _page(person_id)


@bp.post("/people/<int:person_id>")
@needs(Role.ADMIN)
def change_person(person_id: int) -> Any:
    """Store the changes."""
    _known(person_id)
    form = PersonForm().offer(administered(actor()))
    return answer(
        form,
        lambda: persons.change_person(actor(), person_id, _data(form)),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id, form=form),
        message=gettext("Đã lưu."),
    )


@bp.post("/people/<int:person_id>/link")
@needs(Role.ADMIN)
def link_person(person_id: int) -> Any:
    """Say that another record is the same human being."""
    _known(person_id)
    form = LinkForm()
    return answer(
        form,
        lambda: persons.link_persons(actor(), person_id, form.same_as_id.data, form.reason.data or ""),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id, link=form),
        message=gettext("Đã nối hai hồ sơ của cùng một người."),
    )


@bp.post("/people/<int:person_id>/grants")
@needs(Role.ADMIN)
def give_grant(person_id: int) -> Any:
    """Give a role."""
    _known(person_id)
    form = GrantForm().offer(administered(actor()))
    return answer(
        form,
        lambda: grants.give(
            actor(), person_id, Role(form.role.data), form.unit_id.data, from_on=form.from_on.data, to_on=form.to_on.data
        ),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id, grant=form),
        message=gettext("Đã giao vai trò."),
    )


@bp.post("/people/<int:person_id>/grants/<int:grant_id>/deputy")
@needs(Role.ADMIN)
def set_deputy(person_id: int, grant_id: int) -> Any:
    """Name who holds the role while the holder is away."""
    _known(person_id, grant_id=grant_id)
    form = DeputyForm(prefix=f"grant{grant_id}")
    return answer(
        form,
        lambda: grants.set_deputy(
            actor(), grant_id, form.deputy_number.data or "", away_from=form.away_from.data, away_to=form.away_to.data
        ),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id, deputies={grant_id: form}),
        message=gettext("Đã lưu người thay."),
    )


@bp.post("/people/<int:person_id>/grants/<int:grant_id>/end")
@needs(Role.ADMIN)
def end_grant(person_id: int, grant_id: int) -> Any:
    """End a role today."""
    _known(person_id, grant_id=grant_id)
    return answer(
        EmptyForm(),
        lambda: grants.end(actor(), grant_id),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id),
        message=gettext("Đã thu hồi vai trò."),
    )


@bp.post("/people/<int:person_id>/accounts/<int:account_id>/<any(close, reopen):step>")
@needs(Role.ADMIN)
def open_or_close_account(person_id: int, account_id: int, step: str) -> Any:
    """Close an account at once, or open it again."""
    _known(person_id, account_id=account_id)
    return answer(
        EmptyForm(),
        lambda: persons.set_account_active(actor(), account_id, step == "reopen"),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id),
        message=gettext("Đã khóa tài khoản.") if step == "close" else gettext("Đã mở lại tài khoản."),
    )


@bp.post("/people/<int:person_id>/sign-ins/end")
@needs(Role.ADMIN)
def end_sign_ins(person_id: int) -> Any:
    """End every sign-in of the person, whose telephone was lost for example; the password stays."""
    _known(person_id)
    return answer(
        EmptyForm(),
        lambda: sign_ins.revoke_all_of(actor(), person_id),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id),
        message=gettext("Đã kết thúc mọi lần đăng nhập của người này."),
    )


@bp.post("/people/<int:person_id>/accounts/<int:account_id>/second-step/reset")
@needs(Role.ADMIN)
def reset_second_step(person_id: int, account_id: int) -> Any:
    """Take the second step of somebody who lost telephone and recovery codes away, or ask the second person to."""
    _known(person_id, account_id=account_id)
    form = _proof_form(account_id)
    return answer(
        form,
        lambda: lost_steps.take_away(
            actor(), account_id, Proof(form.proof.data), proved_by=form.proved_by.data or "", proved_on=form.proved_on.data,
            paper=form.paper.data or "",
        ),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id, proofs={account_id: form}),
        message=_step_message,
    )  # fmt: skip


def _step_message(done: bool) -> str:
    if done:
        return gettext("Đã bỏ bước thứ hai; chủ tài khoản được thông báo.")
    return gettext("Đã gửi đề nghị: cán bộ bảo mật hoặc thủ trưởng quyết định phải xác nhận trong 24 giờ.")


@bp.post("/people/<int:person_id>/accounts/<int:account_id>/password")
@needs(Role.ADMIN)
def new_password(person_id: int, account_id: int) -> Any:
    """Issue a one-time password; it is on the page that answers and nowhere else."""
    _known(person_id, account_id=account_id)
    made: list[str] = []
    answered = answer(
        EmptyForm(),
        lambda: made.append(issue_one_time_password(actor(), account_id)),
        done=url_for("admin.person", person_id=person_id),
        page=lambda: _page(person_id),
    )
    return _password_page(person_id, made[0], None) if made else answered
