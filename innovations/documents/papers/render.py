"""Makes the PDF of a paper with typst, from our own fonts only.

Data reaches the layout as JSON text, never as source: ``#`` or ``$`` in a title are just signs.  About 30 ms a page.
"""

import io
import json
import re
import unicodedata
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import segno
import typst

from innovations.core.rules.words import in_words
from innovations.documents.papers import board, certificates, report, reuse
from innovations.documents.papers import data as papers
from innovations.documents.papers.data import PaperData

FOLDER = Path(__file__).parent
LAYOUTS: dict[type[PaperData], str] = {
    papers.Application: "application",
    papers.Description: "description",
    papers.Receipt: "receipt",
    papers.NoticeDefects: "notice_defects",
    papers.NoticeAcceptance: "notice_acceptance",
    papers.NoticeRefusal: "notice_refusal",
    papers.NoticeResult: "notice_result",
    papers.Invitations: "invitations",
    papers.Ballots: "ballots",
    papers.CountRecord: "count_record",
    papers.Minutes: "minutes",
    papers.ScoreSheet: "score_sheet",
    papers.BlankSheets: "blank_sheets",
    papers.ScoreSummary: "score_summary",
    papers.Decision: "decision",
    certificates.Certificate: "certificate",
    certificates.Certificates: "certificates",
    board.Establishment: "establishment",
    board.Submission: "submission",
    board.ReviewerRemarks: "reviewer_remarks",
    report.AnnualReport: "annual_report",
    report.ReplicationList: "replication_list",
    reuse.ReuseRequest: "reuse_request",
    reuse.Handover: "handover",
    reuse.Confirmation: "confirmation",
}
#: A "word" longer than this gets places where a line may break, or it would run off the page.
LONGEST_WORD = 24  # characters
#: What fits on a certificate beside a long title and several names.
CERTIFICATE_TEXT = 260  # characters
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")


def figures(amount: Decimal) -> str:
    """``Decimal("1234.50")`` → ``"1.234,5"``: papers are Vietnamese whatever the reader's language."""
    text = f"{amount:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.translate(str.maketrans(",.", ".,"))


def _printable(text: str) -> str:
    """NFC, without control characters, with break places inside over-long words."""
    clean = UNPRINTABLE.sub("", unicodedata.normalize("NFC", text.replace("\r\n", "\n")))
    return re.sub(rf"\S{{{LONGEST_WORD}}}(?=\S)", "\\g<0>\u200b", clean)


def _plain(value: Any) -> Any:
    """Dataclass contents → what JSON knows: dates as ISO text, decimals written the Vietnamese way."""
    if isinstance(value, str):
        return _printable(value)
    if isinstance(value, Decimal):
        return figures(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, (list, tuple)) else value


def _shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words: ``"a b c…"``."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit].rsplit(" ", 1)[0] + "…"


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="svg", border=2, xmldecl=False, svgns=True)
    return out.getvalue().decode("utf-8")


def _short(certificate: certificates.Certificate) -> dict[str, str]:
    """The texts that have to fit the single page."""
    return {name: _printable(_shortened(getattr(certificate, name), CERTIFICATE_TEXT)) for name in ("summary", "benefits")}


def _extras(paper: PaperData) -> dict[str, Any]:
    """What a layout needs besides the fields themselves."""
    if isinstance(paper, papers.ScoreSheet):
        return {"total_words": "" if paper.total is None else in_words(paper.total)}
    if isinstance(paper, certificates.Certificate):
        return _short(paper) | {"qr": _qr(paper.qr_text or paper.verification_url)}
    if isinstance(paper, certificates.Certificates):
        pages = [{**_plain(asdict(each)), **_short(each)} for each in paper.certificates]
        return {"certificates": pages, "codes": [_qr(each.qr_text or each.verification_url) for each in paper.certificates]}
    if isinstance(paper, papers.BlankSheets):
        return {"codes": [_qr(sheet.address) for sheet in paper.sheets]}
    if isinstance(paper, papers.Minutes):
        return {"seals": [_qr(item.vote.seal_text) if item.vote and item.vote.seal_text else None for item in paper.items]}
    return {}


def render_pdf(paper: PaperData, *, draft: bool = False) -> bytes:
    """The paper as a tagged PDF.

    :param draft: prints "DỰ THẢO" across each page; leave it on until the paper is signed.
    :raises KeyError: ``paper`` is not one of the papers of :mod:`innovations.documents.papers.data`.
    """
    layout = FOLDER / f"{LAYOUTS[type(paper)]}.typ"
    fields = {**_plain(asdict(paper)), **_extras(paper)}
    return typst.compile(
        str(layout),
        root=str(FOLDER),
        font_paths=[str(FOLDER / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(fields, ensure_ascii=False), "draft": "yes" if draft else "no"},
    )
