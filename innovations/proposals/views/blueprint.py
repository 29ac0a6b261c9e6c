"""The one blueprint of the feature's pages."""

from flask import Blueprint

bp = Blueprint("proposals", __name__, url_prefix="/proposals")
