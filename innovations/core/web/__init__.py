"""What every page shares: answers to forms, error pages, security headers, who may open a route."""

from innovations.core.web.answers import answer, once_field, redirect_to
from innovations.core.web.doors import public, signed_in

__all__ = ["answer", "once_field", "public", "redirect_to", "signed_in"]
