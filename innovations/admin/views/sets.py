"""The registrar's rule sets and criteria sets: read, copy for a unit, change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from innovations.admin.forms import unit_choices
from innovations.admin.forms_sets import CopyForm, CriteriaSetForm, RuleSetForm
from innovations.admin.views.blueprint import bp
from innovations.core.web import answer
from innovations.people.doors import actor, needs
from innovations.people.queries import units
from innovations.people.rules.roles import Role
from innovations.regulations.models import CriteriaSetRow, RuleSetRow, SetRow
from innovations.regulations.services import sets as services
from innovations.regulations.set_queries import criteria_set_shown, rule_set_shown, sets_seen


def _copy_form(form: CopyForm) -> CopyForm:
    paths = actor().paths_of(Role.REGISTRAR)
    form.unit_id.choices = unit_choices(unit for unit in units() if unit.is_base and unit.path.startswith(paths))
    return form


def _copy(kind: type[SetRow], set_id: int, endpoint: str, page: Callable[..., str]) -> Any:
    """Copy a set of either kind and go on to the copy's page; ``page`` shows the original again when it is refused."""
    form = _copy_form(CopyForm())
    return answer(
        form,
        lambda: services.copy_set(actor(), kind, set_id, unit_id=form.unit_id.data, name=form.name.data or ""),
        done=lambda made: url_for(endpoint, set_id=made),
        page=lambda: page(set_id, copy=form),
        message=gettext("Đã sao chép. Sửa các mục cần khác rồi lưu."),
    )


@bp.get("/sets")
@needs(Role.REGISTRAR)
def sets() -> str:
    """The sets one's units may work by."""
    return render_template(
        "admin/sets.html", rule_sets=sets_seen(actor(), RuleSetRow), criteria_sets=sets_seen(actor(), CriteriaSetRow)
    )


def _rules_page(set_id: int, form: RuleSetForm | None = None, copy: CopyForm | None = None) -> str:
    shown = rule_set_shown(actor(), set_id)
    return render_template(
        "admin/rule_set.html", shown=shown, form=form or RuleSetForm.of(shown), copy=_copy_form(copy or CopyForm(formdata=None))
    )


@bp.get("/sets/rules/<int:set_id>")
@needs(Role.REGISTRAR)
def rule_set(set_id: int) -> str:
    """The numbers of one rule set."""
    return _rules_page(set_id)


@bp.post("/sets/rules/<int:set_id>")
@needs(Role.REGISTRAR)
def change_rule_set(set_id: int) -> Any:
    """Store the numbers."""
    shown, form = rule_set_shown(actor(), set_id), RuleSetForm().offer()
    return answer(
        form,
        lambda: services.change_rule_set(
            actor(), set_id, form.rules(shown.rules), valid_from=form.valid_from.data, active=form.active.data, seen=form.seen_at
        ),
        done=url_for("admin.rule_set", set_id=set_id),
        page=lambda: _rules_page(set_id, form),
        message=gettext("Đã lưu bộ quy tắc. Hồ sơ đã vào xét giữ bản cũ."),
    )


@bp.post("/sets/rules/<int:set_id>/copy")
@needs(Role.REGISTRAR)
def copy_rule_set(set_id: int) -> Any:
    """Make a unit's own copy."""
    return _copy(RuleSetRow, set_id, "admin.rule_set", _rules_page)


def _criteria_page(set_id: int, form: CriteriaSetForm | None = None, copy: CopyForm | None = None) -> str:
    shown = criteria_set_shown(actor(), set_id)
    return render_template(
        "admin/criteria_set.html", shown=shown, form=form or CriteriaSetForm.of(shown),
        copy=_copy_form(copy or CopyForm(formdata=None)),
    )  # fmt: skip


@bp.get("/sets/criteria/<int:set_id>")
@needs(Role.REGISTRAR)
def criteria_set(set_id: int) -> str:
    """Criteria, grades and pass mark of one set."""
    return _criteria_page(set_id)


@bp.post("/sets/criteria/<int:set_id>")
@needs(Role.REGISTRAR)
def change_criteria_set(set_id: int) -> Any:
    """Store the criteria."""
    criteria_set_shown(actor(), set_id)
    form = CriteriaSetForm()
    return answer(
        form,
        lambda: services.change_criteria_set(actor(), set_id, form.criteria_set(), active=form.active.data, seen=form.seen_at),
        done=url_for("admin.criteria_set", set_id=set_id),
        page=lambda: _criteria_page(set_id, form),
        message=gettext("Đã lưu bộ tiêu chí. Hồ sơ đã vào xét giữ bản cũ."),
    )


@bp.post("/sets/criteria/<int:set_id>/copy")
@needs(Role.REGISTRAR)
def copy_criteria_set(set_id: int) -> Any:
    """Make a unit's own copy."""
    return _copy(CriteriaSetRow, set_id, "admin.criteria_set", _criteria_page)
