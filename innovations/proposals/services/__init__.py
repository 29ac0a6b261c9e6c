"""Use cases of a proposal: drafting, submitting, checking, withdrawing, files, quarantine.  One click, one transaction."""
