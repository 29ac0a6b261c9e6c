"""The registrar's pages: campaigns, fields of work, working days."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext

from innovations.admin.forms import CampaignForm, DayForm, EmptyForm, FieldForm, unit_choices
from innovations.admin.views.blueprint import bp
from innovations.core.clock import today
from innovations.core.formats import named
from innovations.core.rules.errors import NotVisible
from innovations.core.web import answer
from innovations.people.doors import actor, needs
from innovations.people.queries import units
from innovations.people.rules.roles import Role
from innovations.regulations import lists as stored
from innovations.regulations.models import CriteriaSetRow, RuleSetRow, SetRow
from innovations.regulations.queries import fields_of_work
from innovations.regulations.services import campaigns as services
from innovations.regulations.services import lists
from innovations.regulations.services.campaigns import CampaignData
from innovations.regulations.set_queries import sets_seen


def _offered(form: CampaignForm) -> CampaignForm:
    paths = actor().paths_of(Role.REGISTRAR)
    form.unit_id.choices = unit_choices(unit for unit in units() if unit.is_base and unit.path.startswith(paths))
    form.rule_set_id.choices = _offered_sets(RuleSetRow, form.rule_set_id.data)
    form.criteria_set_id.choices = _offered_sets(CriteriaSetRow, form.criteria_set_id.data)
    return form


def _offered_sets(kind: type[SetRow], chosen: int | None) -> list[tuple[int, str]]:
    """Sets in use, and the one a campaign names already, whatever became of it."""
    lines = [line for line in sets_seen(actor(), kind) if line.active or line.id == chosen]
    return [(line.id, f"{named(line.name)} ({line.unit})" if line.unit else named(line.name)) for line in lines]


def _data(form: CampaignForm) -> CampaignData:
    return CampaignData(
        form.name.data or "", form.year.data, form.opens_on.data, form.closes_on.data, form.rule_set_id.data,
        form.criteria_set_id.data,
    )  # fmt: skip


@bp.get("/campaigns")
@needs(Role.REGISTRAR)
def campaigns() -> str:
    """Campaigns of one's units."""
    return render_template("admin/campaigns.html", rows=stored.campaigns_of(actor()))


def _campaign_page(form: CampaignForm, campaign_id: int | None = None) -> str:
    return render_template("admin/campaign.html", form=form, campaign_id=campaign_id)


@bp.get("/campaigns/new")
@needs(Role.REGISTRAR)
def new_campaign() -> str:
    """A campaign to open."""
    return _campaign_page(_offered(CampaignForm(formdata=None, year=today().year, opens_on=today())))


@bp.post("/campaigns/new")
@needs(Role.REGISTRAR)
def create_campaign() -> Any:
    """Open a campaign."""
    form = _offered(CampaignForm())
    return answer(
        form,
        lambda: services.open_new_campaign(actor(), form.unit_id.data, _data(form)),
        done=url_for("admin.campaigns"),
        page=lambda: _campaign_page(form),
        message=gettext("Đã mở đợt xét."),
    )


@bp.get("/campaigns/<int:campaign_id>")
@needs(Role.REGISTRAR)
def edit_campaign(campaign_id: int) -> str:
    """Change or close a campaign."""
    return _campaign_page(_offered(CampaignForm(formdata=None, data=stored.campaign_values(actor(), campaign_id))), campaign_id)


@bp.post("/campaigns/<int:campaign_id>")
@needs(Role.REGISTRAR)
def change_campaign(campaign_id: int) -> Any:
    """Store the changes."""
    stored.campaign_values(actor(), campaign_id)
    form = _offered(CampaignForm())
    return answer(
        form,
        lambda: services.change_campaign(actor(), campaign_id, _data(form)),
        done=url_for("admin.campaigns"),
        page=lambda: _campaign_page(form, campaign_id),
        message=gettext("Đã lưu đợt xét."),
    )


def _fields_page(form: FieldForm | None = None) -> str:
    rows = fields_of_work(only_active=False)
    return render_template("admin/fields.html", form=form or FieldForm(formdata=None), rows=rows)


@bp.get("/fields")
@needs(Role.REGISTRAR)
def fields() -> str:
    """The list of fields of work."""
    return _fields_page()


@bp.post("/fields")
@needs(Role.REGISTRAR)
def add_field() -> Any:
    """Add a field."""
    form = FieldForm()
    return answer(
        form,
        lambda: lists.add_field(actor(), form.name.data or "", form.name_en.data or ""),
        done=url_for("admin.fields"),
        page=lambda: _fields_page(form),
        message=gettext("Đã thêm lĩnh vực."),
    )


@bp.post("/fields/<int:field_id>")
@needs(Role.REGISTRAR)
def change_field(field_id: int) -> Any:
    """Rename, close or open a field."""
    form = FieldForm()
    return answer(
        form,
        lambda: lists.change_field(
            actor(), field_id, form.name.data or "", form.name_en.data or "", active=form.active.data
        ),
        done=url_for("admin.fields"),
        page=lambda: _fields_page(form),
        message=gettext("Đã lưu lĩnh vực."),
    )  # fmt: skip


def _days_page(form: DayForm | None = None) -> str:
    return render_template("admin/days.html", form=form or DayForm(formdata=None), rows=stored.special_days())


@bp.get("/days")
@needs(Role.REGISTRAR)
def days() -> str:
    """Holidays and worked weekend days."""
    return _days_page()


@bp.post("/days")
@needs(Role.REGISTRAR)
def set_day() -> Any:
    """Enter a day."""
    form = DayForm()
    return answer(
        form,
        lambda: lists.set_day(actor(), form.on.data, works=form.works.data, name=form.name.data or ""),
        done=url_for("admin.days"),
        page=lambda: _days_page(form),
        message=gettext("Đã lưu lịch làm việc."),
    )


@bp.post("/days/<on>/remove")
@needs(Role.REGISTRAR)
def remove_day(on: str) -> Any:
    """Take a day out."""
    known = {day.on.isoformat(): day.on for day in stored.special_days()}
    if on not in known:
        raise NotVisible
    day: date = known[on]
    return answer(
        EmptyForm(),
        lambda: lists.remove_day(actor(), day),
        done=url_for("admin.days"),
        page=_days_page,
        message=gettext("Đã bỏ ngày khỏi lịch."),
    )
