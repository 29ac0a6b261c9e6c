"""Use cases of the standing office: campaigns, rule sets, criteria sets, fields of work, working days."""
