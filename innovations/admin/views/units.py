"""The tree of units: add, change, move, close, open again."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from innovations.admin.forms import EmptyForm, MoveForm, UnitForm, unit_choices
from innovations.admin.views.blueprint import bp
from innovations.core.rules.numbers import whole
from innovations.core.web import answer
from innovations.people.directory import administered, unit_shown
from innovations.people.doors import actor, needs
from innovations.people.rules.roles import Role
from innovations.people.rules.units import Level
from innovations.people.services import units as services
from innovations.people.services.units import UnitData


def _data(form: UnitForm) -> UnitData:
    return UnitData(
        form.code.data or "", form.name.data or "", form.short_name.data or "", Level(form.level.data), form.kind.data or "",
        form.place.data or "", form.is_base.data,
    )  # fmt: skip


@bp.get("/units")
@needs(Role.ADMIN)
def unit_tree() -> str:
    """The units one administers, as a tree."""
    return render_template(
        "admin/units.html", units=administered(actor(), only_active=False), empty_form=EmptyForm(formdata=None)
    )


def _new_page(form: UnitForm) -> str:
    parents = unit_choices(administered(actor()))
    return render_template(
        "admin/unit.html", form=form, unit_id=None, parents=parents, parent=request.values.get("parent", type=whole)
    )


@bp.get("/units/new")
@needs(Role.ADMIN)
def new_unit() -> str:
    """A unit to add."""
    return _new_page(UnitForm(formdata=None, level=Level.SUBUNIT.value).offer())


@bp.post("/units/new")
@needs(Role.ADMIN)
def create_unit() -> Any:
    """Add a unit."""
    form = UnitForm().offer()
    return answer(
        form,
        lambda: services.create_unit(actor(), _data(form), parent_id=request.form.get("parent", 0, type=whole)),
        done=url_for("admin.unit_tree"),
        page=lambda: _new_page(form),
        message=gettext("Đã thêm đơn vị."),
    )


def _edit_page(unit_id: int, form: UnitForm, move: MoveForm | None = None) -> str:
    _id, _values, active = unit_shown(actor(), unit_id)
    move = move or MoveForm(formdata=None)
    move.parent_id.choices = unit_choices(unit for unit in administered(actor()) if unit.id != unit_id)
    return render_template("admin/unit.html", form=form, unit_id=unit_id, move=move, active=active)


@bp.get("/units/<int:unit_id>")
@needs(Role.ADMIN)
def edit_unit(unit_id: int) -> str:
    """Change a unit."""
    _id, values, _active = unit_shown(actor(), unit_id)
    return _edit_page(unit_id, UnitForm(formdata=None, data=values).offer())


@bp.post("/units/<int:unit_id>")
@needs(Role.ADMIN)
def change_unit(unit_id: int) -> Any:
    """Store the changes."""
    unit_shown(actor(), unit_id)
    form = UnitForm().offer()
    return answer(
        form,
        lambda: services.change_unit(actor(), unit_id, _data(form), head_number=form.head_number.data or ""),
        done=url_for("admin.unit_tree"),
        page=lambda: _edit_page(unit_id, form),
        message=gettext("Đã lưu đơn vị."),
    )


@bp.post("/units/<int:unit_id>/move")
@needs(Role.ADMIN)
def move_unit(unit_id: int) -> Any:
    """Hang the unit elsewhere."""
    form, (_id, values, _active) = MoveForm(), unit_shown(actor(), unit_id)
    form.parent_id.choices = unit_choices(administered(actor()))
    return answer(
        form,
        lambda: services.move_unit(actor(), unit_id, form.parent_id.data),
        done=url_for("admin.unit_tree"),
        page=lambda: _edit_page(unit_id, UnitForm(formdata=None, data=values).offer(), form),
        message=gettext("Đã chuyển đơn vị."),
    )


@bp.post("/units/<int:unit_id>/<any(close, reopen):step>")
@needs(Role.ADMIN)
def open_or_close_unit(unit_id: int, step: str) -> Any:
    """Close a unit, or open it again."""
    use_case = services.close_unit if step == "close" else services.reopen_unit
    return answer(
        EmptyForm(),
        lambda: use_case(actor(), unit_id),
        done=url_for("admin.unit_tree"),
        page=unit_tree,
        message=gettext("Đã đóng đơn vị.") if step == "close" else gettext("Đã mở lại đơn vị."),
    )
