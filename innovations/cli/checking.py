"""``flask check``: walks the invariants of domain §4 (:mod:`.invariants`) and of the house's own copies over the data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import func, select

from innovations import audit
from innovations.cli.invariants import INVARIANTS
from innovations.core.transactions import atomic
from innovations.documents import intake, storage
from innovations.documents.models import FileText
from innovations.documents.reading import READABLE
from innovations.extensions import db
from innovations.people.models import Unit
from innovations.proposals import audience
from innovations.proposals.facts import facts_for
from innovations.proposals.models import AudienceToken, Proposal, Review
from innovations.proposals.models_dossier import Attachment
from innovations.proposals.rules.access import RESTRICTED_KINDS
from innovations.proposals.rules.visibility import document_tokens
from innovations.proposals.tally import untrue

CHUNK = 500  # proposals looked at together


def _wrong_audiences() -> Iterator[tuple[int, str]]:
    """Proposals, by id and code, whose stored readers are not those of the rule."""
    ids = list(db.session.scalars(select(Proposal.id).where(Proposal.audience_id.is_not(None)).order_by(Proposal.id)))
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        rows = db.session.execute(select(Proposal.id, Proposal.audience_id).where(Proposal.id.in_(some)))
        audience_of = {proposal_id: audience_id or 0 for proposal_id, audience_id in rows}
        tokens: dict[int, set[str]] = {}
        for audience_id, token in db.session.execute(
            select(AudienceToken.audience_id, AudienceToken.token).where(AudienceToken.audience_id.in_(set(audience_of.values())))
        ):
            tokens.setdefault(audience_id, set()).add(token)
        for proposal_id, facts in facts_for(some).items():
            if tokens.get(audience_of[proposal_id], set()) != document_tokens(facts):
                yield proposal_id, facts.code


def audiences_are_current() -> Iterator[str]:
    """Who may see a proposal by the stored set is who may see it by the rule."""
    yield from (f"{code}: stored readers differ from the rule's" for _, code in _wrong_audiences())


def files_are_there() -> Iterator[str]:
    """Every named file lies in the store."""
    for digest, name in intake.named_files():
        if not storage.path_of(digest).exists():
            yield f"file {digest[:12]} ({Path(name).suffix}) is missing"


def texts_follow_files() -> Iterator[str]:
    """Text is kept, or asked for, of every readable file that all its readers may open, and of nothing else."""
    open_to_all = select(Attachment.sha256, Attachment.media_type).where(Attachment.kind.not_in(RESTRICTED_KINDS))
    named = {digest: media_type in READABLE for digest, media_type in db.session.execute(open_to_all)}
    kept = set(db.session.scalars(select(FileText.sha256)))
    yield from (
        f"text of {digest[:12]} is kept although no file for all readers has it" for digest in sorted(kept - named.keys())
    )
    lacking = {digest for digest, readable in named.items() if readable} - kept
    yield from (f"text of file {digest[:12]} was never asked for" for digest in sorted(lacking))


def paths_follow_the_tree() -> Iterator[str]:
    """Every unit's path ends with its own id and begins with its parent's path."""
    paths = {unit.id: unit for unit in db.session.scalars(select(Unit))}
    for unit in paths.values():
        above = paths[unit.parent_id].path if unit.parent_id else "/"
        if unit.path != f"{above}{unit.id}/":
            yield f"unit {unit.code}: path {unit.path} does not follow its parent"


def latest_review_is_marked() -> Iterator[str]:
    """Of the considerations of a proposal the latest is marked, which lists go by, and no other."""
    newest = select(func.max(Review.id)).group_by(Review.proposal_id)
    marked = select(Review.id).where(Review.latest)
    rows = select(Proposal.code, Proposal.draft_code).join(Review, Review.proposal_id == Proposal.id)
    wrong = rows.where(Review.id.in_(newest.except_(marked)))
    yield from (f"{code or draft}: the latest review is not marked" for code, draft in db.session.execute(wrong))


def tally_is_true() -> Iterator[str]:
    """What lists and reports add up is what a count of all proposals gives."""
    wrong = untrue()
    if wrong:
        yield f"the tally of proposals is wrong in {len(wrong)} rows, the first: {wrong[0]}"


def log_is_unaltered() -> Iterator[str]:
    """The audit chain holds."""
    altered = audit.verify()
    if altered is not None:
        yield f"audit event {altered} was altered, or one before it removed"


CHECKS: tuple[Callable[[], Iterator[str]], ...] = (
    *INVARIANTS, audiences_are_current, files_are_there, texts_follow_files, paths_follow_the_tree, latest_review_is_marked,
    tally_is_true, log_is_unaltered,
)  # fmt: skip


def _mend_audiences() -> None:
    """A rule of a newer version may give a proposal other readers than those stored before it."""
    wrong = [proposal_id for proposal_id, _ in _wrong_audiences()]
    with atomic():
        audience.refresh(*wrong)


def findings() -> dict[str, list[str]]:
    """What each check names; one that breaks off on what no use case stores says so, and the others go on."""
    found: dict[str, list[str]] = {}
    for check in CHECKS:
        lines = found[check.__name__] = []
        try:
            lines.extend(check())
        except (ValueError, LookupError, TypeError, ArithmeticError) as error:
            db.session.rollback()
            lines.append(f"breaks off, as a row holds what cannot be: {type(error).__name__}")
    return found


@click.command("check")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output.")
@click.option("--mend-audiences", is_flag=True, help="First work out anew who sees what, where the stored readers differ.")
@with_appcontext
def check(as_json: bool, mend_audiences: bool) -> None:
    """Walk every invariant over the data; exit 1 when one is broken."""
    if mend_audiences:
        _mend_audiences()
    found = findings()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        for name, problems in found.items():
            click.echo(f"{name}: {'ok' if not problems else f'{len(problems)} broken'}")
            for problem in problems[:20]:
                click.echo(f"  {problem}")
    raise SystemExit(1 if any(found.values()) else 0)
