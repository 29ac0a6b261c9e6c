"""What every page shares: answers to forms, error pages, security headers, who may open a route."""

from innovations.core.web.answers import answer, redirect_to
from innovations.core.web.doors import public, repeatable, signed_in
from innovations.core.web.files import DOWNLOAD_POLICY, saved, shown
from innovations.core.web.once import once_field

__all__ = ["DOWNLOAD_POLICY", "answer", "once_field", "public", "redirect_to", "repeatable", "saved", "shown", "signed_in"]
