"""The one blueprint of these pages."""

from flask import Blueprint

bp = Blueprint("people", __name__)
