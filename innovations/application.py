"""The application put together: configuration, extensions, features in the house's order, then the doors."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from flask import Flask, current_app, has_request_context, session
from flask_login import current_user

from innovations import config
from innovations.core import database, formats, scoping
from innovations.core.web import doors, handlers, headers, once, origin, proxies
from innovations.core.web.received import Received, register_look
from innovations.core.web.routes import LazyRule, NumberConverter
from innovations.documents.scanner import check_scanned
from innovations.extensions import babel, csrf, db, login_manager, migrate

PACKAGE = Path(__file__).resolve().parent
#: In order: a feature may only know those before it.
FEATURES = (
    "people", "notifications", "search", "regulations", "proposals", "boards", "library", "reports", "exchange", "home", "admin", "api",
    "cli", "worker",
)  # fmt: skip


def _templates() -> Path:
    """``templates/`` beside the package in a checkout, inside it in an installed wheel."""
    beside = PACKAGE.parent / "templates"
    return beside if beside.is_dir() else PACKAGE / "templates"


def choose_locale() -> str:
    """The reader's language: chosen on this device, else of the account, else ``DEFAULT_LOCALE``; commands speak Vietnamese."""
    if not has_request_context():
        return "vi"
    chosen = session.get("locale") or (current_user.locale if current_user.is_authenticated else None)
    return "en" if (chosen or current_app.config["DEFAULT_LOCALE"]) == "en" else "vi"


def _bind_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        database.prepare(db.engine)
    migrate.init_app(app, db, directory=str(PACKAGE / "migrations"), render_as_batch=True)
    csrf.init_app(app)
    login_manager.init_app(app)
    babel.init_app(app, locale_selector=choose_locale)


def build(overrides: Mapping[str, Any] | None) -> Flask:
    """See :func:`innovations.create_app`."""
    instance, values = config.load(overrides)
    app = Flask("innovations", instance_path=str(instance), template_folder=str(_templates()))
    app.config.update(values)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.request_class = Received
    register_look(check_scanned)  # of every file that a form sends
    app.url_rule_class = LazyRule
    app.url_map.converters["int"] = NumberConverter
    proxies.init_app(app)
    _bind_extensions(app)
    formats.init_app(app)
    handlers.init_app(app)
    headers.init_app(app)
    origin.init_app(app)
    once.init_app(app)  # after the origin: a form of another site learns nothing
    for name in FEATURES:
        import_module(f"innovations.{name}").init_app(app)
    doors.refuse_undeclared(app)
    with app.app_context():
        scoping.guard(db.engine, scoping.Scopes(db.metadata))
    return app
