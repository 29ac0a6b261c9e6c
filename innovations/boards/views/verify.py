"""The public check of a certificate; open to everybody, without signing in."""

from flask import Blueprint, render_template

from innovations.boards.verification import verified
from innovations.core.web import public

bp = Blueprint("verify", __name__, url_prefix="/verify")


@bp.get("/<code>")
@public
def show(code: str) -> tuple[str, int]:
    """The certificate with this code; unknown and hidden ones look the same (404)."""
    found = verified(code)
    return render_template("boards/verify.html", found=found), 200 if found else 404
