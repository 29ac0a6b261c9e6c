"""The one blueprint of the feature's pages."""

from flask import Blueprint

bp = Blueprint("boards", __name__, url_prefix="/boards")
