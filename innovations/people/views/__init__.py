"""Pages of signing in, of one's own account, and of its second step."""

from innovations.people.views import account, lost_steps, second_step, signing_in
from innovations.people.views.blueprint import bp
from innovations.people.views.signing_in import unauthorized

__all__ = ["account", "bp", "lost_steps", "second_step", "signing_in", "unauthorized"]
