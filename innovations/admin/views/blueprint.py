"""The blueprint of the admin's and the registrar's pages."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")
