"""Signing in: who needs a second step, what a code looks like, what a token of the API may, what a browser is called."""

from datetime import timedelta

import pytest

from innovations.people.rules.devices import described
from innovations.people.rules.factors import Stage, must_have_second_step, plain_code, stage_after_password
from innovations.people.rules.roles import Role
from innovations.people.rules.tokens import SCOPES, BadLifetime, UnknownScope, check_scopes, lifetime


def test_who_decides_over_others_or_sees_what_others_may_not_has_a_second_step():
    assert {role.value for role in Role if must_have_second_step({role})} == {"decider", "security_officer", "admin", "auditor"}
    assert must_have_second_step({Role.COMMANDER, Role.AUDITOR})
    assert not must_have_second_step(())


@pytest.mark.parametrize(
    ("has", "must", "stage"),
    [(True, True, "code"), (True, False, "code"), (False, True, "enrolment"), (False, False, "complete")],
)
def test_after_the_password_comes_the_code_or_setting_one_up_or_nothing(has, must, stage):
    assert stage_after_password(has_second_step=has, must_have=must) is Stage(stage)


@pytest.mark.parametrize(("typed", "code"), [(" 123 456", "123456"), ("ABCDE-FGHJK", "abcdefghjk"), ("", "")])
def test_a_code_is_compared_without_blanks_hyphens_and_case(typed, code):
    assert plain_code(typed) == code


def test_a_token_gets_known_scopes_each_once_in_the_order_asked():
    assert check_scopes("boards:read, library:read,boards:read") == ("boards:read", "library:read")
    assert check_scopes(",".join(SCOPES)) == SCOPES


@pytest.mark.parametrize("asked", ["", "library:read,", "library:write", "library:read boards:read"])
def test_an_unknown_scope_or_none_at_all_is_refused_with_those_there_are(asked):
    with pytest.raises(UnknownScope) as refused:
        check_scopes(asked)
    assert refused.value.data["known"] == list(SCOPES)


@pytest.mark.parametrize(
    ("text", "span"),
    [("1d", timedelta(days=1)), (" 12H ", timedelta(hours=12)), ("366d", timedelta(days=366)), ("8784h", timedelta(days=366))],
)
def test_a_token_lives_hours_or_days_a_year_and_a_day_at_most(text, span):
    assert lifetime(text) == span


@pytest.mark.parametrize("text", ["", "0d", "0h", "367d", "8785h", "12", "1w", "-1d", "1.5d", "10000h", "１d"])
def test_a_token_that_would_not_live_or_live_too_long_is_refused(text):
    with pytest.raises(BadLifetime):
        lifetime(text)


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "Edge · Windows"),
        ("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) Version/16.0 Safari/604.1", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) coc_coc_browser/112 Chrome/106.0 Safari/537.36", "Coc Coc · Linux"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 13_0) Safari/605.1", "Safari · macOS"),
        ("curl on Linux", "Linux"),
        ("curl/8.0", ""),
    ],
)
def test_a_browser_is_called_by_name_and_system_and_what_is_unknown_stays_out(agent, said):
    assert described(agent) == said
