"""Everything a draft still lacks before it may be submitted, told in one list.

The author's pages show the list at any time; ``submit`` refuses with it.  Imported records never pass through here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from innovations.core.rules.errors import N_, DomainError, Invalid, Phrase, Several
from innovations.core.rules.labels import Labelled
from innovations.proposals.rules.content import (
    TITLE_MINIMUM,
    FilingWindowPassed,
    InvestorKind,
    check_applied_dates,
    check_filing_day,
    check_shares,
)
from innovations.regulations.rules.rulesets import RuleSet


class Step(Labelled):
    """The author's pages, one group of questions each, in order."""

    DECLARATION = "declaration", N_("Cam kết không có nội dung mật")
    IDEA = "idea", N_("Ý tưởng")
    DESCRIPTION = "description", N_("Mô tả")
    BENEFIT = "benefit", N_("Hiệu quả")
    AUTHORS = "authors", N_("Tác giả")
    EVIDENCE = "evidence", N_("Minh chứng")
    SUBMIT = "submit", N_("Nộp")


@dataclass(frozen=True)
class AuthorFacts:
    """A contributor as far as the checks go; ``attested``: the lead attached a page signed by one without account."""

    name: str
    share: Decimal | None
    is_lead: bool = False
    confirmed: bool = False
    attested: bool = False


@dataclass(frozen=True)
class Draft:
    """The facts of a draft that decide whether it is complete."""

    title: str = ""
    solution_types: frozenset[str] = frozenset()
    field: str | None = None
    base_unit_id: int | None = None
    investor_kind: InvestorKind | None = None
    investor_name: str = ""
    situation: str = ""
    content: str = ""
    steps: str = ""
    novelty: str = ""
    not_mandatory: bool | None = None
    author_benefit: str = ""
    benefit_items: int = 0
    authors: tuple[AuthorFacts, ...] = ()
    declared_unclassified: bool = False
    unanswered_matches: int = 0
    first_applied_on: date | None = None
    trial_from: date | None = None
    trial_to: date | None = None
    evidence_count: int = 0
    first_filed_on: date | None = None
    campaign_open: bool = True
    on_paper: bool = False
    signed_scan: bool = False

    @property
    def already_applied(self) -> bool:
        """Whether the solution was applied or tried before filing, so that evidence can be asked for."""
        return self.first_applied_on is not None or self.trial_from is not None


@dataclass(frozen=True)
class Missing:
    """One thing that is missing, the form field it belongs to and the page where it is mended."""

    field: str
    step: Step
    error: DomainError

    @property
    def message(self) -> str:
        """The Vietnamese sentence with its datum; doors translate ``error`` instead."""
        return str(self.error)


class Required(Invalid):
    """A field or an answer is empty."""

    message = N_("Chưa có: %(what)s.")


class TitleTooShort(Invalid):
    """The title is shorter than a title can be."""

    message = N_("Tên sáng kiến quá ngắn; xin viết ít nhất %(minimum)s ký tự, nói rõ cải tiến việc gì.")


class AlreadyMandatory(Invalid):
    """The author says it is a mandatory procedure already, which is not new at the base."""

    message = N_("Giải pháp đã là quy trình bắt buộc thì không được coi là mới tại cơ sở; xin xem lại câu trả lời.")


class LeadMissing(Invalid):
    """Not exactly one of the authors leads."""

    message = N_("Phải có đúng một tác giả chính.")


class NotConfirmed(Invalid):
    """A co-author has not confirmed the share."""

    message = N_("%(name)s chưa xác nhận phần đóng góp; xin nhắc đồng chí ấy hoặc đính kèm trang có chữ ký.")


class MatchesUnanswered(Invalid):
    """The author has not said how the proposal differs from similar ones."""

    message = N_("Còn %(count)s hồ sơ tương tự chưa được nêu điểm khác; xin trả lời từng hồ sơ.")


_TEXTS = (
    ("situation", N_("tình trạng trước khi có giải pháp")),
    ("content", N_("nội dung giải pháp")),
    ("steps", N_("các bước thực hiện")),
    ("novelty", N_("điểm mới của giải pháp")),
)
_ANSWERS = (
    ("solution_types", Step.IDEA, N_("loại giải pháp")),
    ("field", Step.IDEA, N_("lĩnh vực")),
    ("base_unit_id", Step.IDEA, N_("cơ sở nhận đơn")),
    ("investor_kind", Step.IDEA, N_("chủ đầu tư")),
)


def missing(draft: Draft, rules: RuleSet, today: date) -> list[Missing]:
    """Return everything that keeps the draft from being submitted, in the order of the pages; empty when complete.

    :param today: the local day of the submit; a draft that was filed before keeps its first day.
    """
    found = [*_declaration(draft), *_idea(draft), *_dates(draft, rules, today), *_description(draft)]
    return [*found, *_benefit(draft), *_authors(draft, rules), *_evidence(draft), *_submit(draft)]


def check_complete(draft: Draft, rules: RuleSet, today: date) -> None:
    """Refuse a draft that lacks something.

    :raises Several: holding one refusal per thing missing.
    """
    found = missing(draft, rules, today)
    if found:
        raise Several([each.error for each in found])


def _required(field: str, step: Step, what: str) -> Missing:
    return Missing(field, step, Required(field, what=Phrase(what)))


def _declaration(draft: Draft) -> Iterator[Missing]:
    if not draft.declared_unclassified:
        yield _required("declared_unclassified", Step.DECLARATION, N_("cam kết hồ sơ không có nội dung mật"))


def _idea(draft: Draft) -> Iterator[Missing]:
    if len(draft.title.strip()) < TITLE_MINIMUM:
        yield Missing("title", Step.IDEA, TitleTooShort("title", minimum=TITLE_MINIMUM))
    for field, step, what in _ANSWERS:
        if not getattr(draft, field):
            yield _required(field, step, what)
    if draft.investor_kind is InvestorKind.OTHER and not draft.investor_name.strip():
        yield _required("investor_name", Step.IDEA, N_("tên chủ đầu tư"))
    if draft.unanswered_matches:
        error = MatchesUnanswered("similar", count=draft.unanswered_matches)
        yield Missing("similar", Step.IDEA, error)


def _dates(draft: Draft, rules: RuleSet, today: date) -> Iterator[Missing]:
    try:
        check_applied_dates(draft.first_applied_on, draft.trial_from, draft.trial_to, today)
    except Invalid as error:
        yield Missing(error.field or "first_applied_on", Step.IDEA, error)
    try:
        check_filing_day(draft.first_applied_on, draft.first_filed_on or today, rules.filing_window_months)
    except FilingWindowPassed as error:
        yield Missing("first_applied_on", Step.IDEA, error)


def _description(draft: Draft) -> Iterator[Missing]:
    for field, what in _TEXTS:
        if not getattr(draft, field).strip():
            yield _required(field, Step.DESCRIPTION, what)
    if draft.not_mandatory is None:
        yield _required("not_mandatory", Step.DESCRIPTION, N_("câu trả lời về quy trình bắt buộc"))
    elif not draft.not_mandatory:
        yield Missing("not_mandatory", Step.DESCRIPTION, AlreadyMandatory("not_mandatory"))


def _benefit(draft: Draft) -> Iterator[Missing]:
    if not draft.author_benefit.strip():
        yield _required("author_benefit", Step.BENEFIT, N_("lợi ích theo đánh giá của tác giả"))


def _authors(draft: Draft, rules: RuleSet) -> Iterator[Missing]:
    if sum(author.is_lead for author in draft.authors) != 1:
        yield Missing("authors", Step.AUTHORS, LeadMissing("authors"))
    shares = [author.share for author in draft.authors if author.share is not None]
    if len(shares) < len(draft.authors) or not shares:
        yield _required("shares", Step.AUTHORS, N_("tỷ lệ đóng góp của từng tác giả"))
    else:
        yield from _shares(shares, rules.minimum_author_share)
    for author in draft.authors:
        if not (author.is_lead or author.confirmed or author.attested or draft.signed_scan):
            yield Missing("confirmations", Step.AUTHORS, NotConfirmed("confirmations", name=author.name))


def _shares(shares: list[Decimal], minimum: Decimal | None) -> Iterator[Missing]:
    try:
        check_shares(shares, minimum)
    except Invalid as error:
        yield Missing("shares", Step.AUTHORS, error)


def _evidence(draft: Draft) -> Iterator[Missing]:
    if draft.already_applied and draft.evidence_count == 0:
        yield _required("evidence", Step.EVIDENCE, N_("minh chứng đã áp dụng hoặc áp dụng thử"))
    if draft.on_paper and not draft.signed_scan:
        yield _required("signed_scan", Step.EVIDENCE, N_("bản quét đơn có chữ ký của tác giả"))


def _submit(draft: Draft) -> Iterator[Missing]:
    if not draft.campaign_open and draft.first_filed_on is None:
        yield _required("campaign", Step.SUBMIT, N_("đợt xét đang mở của cơ sở"))
