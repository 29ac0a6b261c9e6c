"""All certificates of a large decision in one file: how long it takes, in wall-clock and in processor time."""

import time
from dataclasses import replace
from datetime import date
from decimal import Decimal

from innovations.documents.papers import certificates, parts, render_pdf

AIM = 10.0  # seconds for 200 certificates
TEXT = "Khung gá chữ U có hai con lăn đỡ mép lốp và vít me điều chỉnh cao, một người đẩy vào, nâng lên rồi xoay tại chỗ. " * 4


def _one() -> certificates.Certificate:
    return certificates.Certificate(
        head=parts.Letterhead(parent="Sư đoàn M", unit="Trung đoàn 1A", number="31/2026/CN-1A", place="Bình Phước", on=date(2026, 12, 5)),
        signature=parts.Signature(lines=("Trung đoàn trưởng",), name="Lê Thế Vững", rank="Thượng tá"), level="cấp Trung đoàn",
        rank="Trung úy", name="Nguyễn Văn An", unit="Đại đội 3, Tiểu đoàn 5", title="Bộ gá tháo lắp bánh xe cho một người",
        code="SK-1A-2026-0007", share=Decimal("60.00"), others=("Thượng sĩ Đỗ Mỹ Quỳnh",), investor="Trung đoàn 1A", summary=TEXT,
        benefits=TEXT, grade="B", decision_number="345/QĐ-1A", decision_on=date(2026, 12, 3), verification_code="", verification_url="",
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Make 200 different certificates, or as many as asked for; 1 when it took longer than the aim."""
    one, count = _one(), int(arguments[0]) if arguments else 200
    codes = [f"7F3A-91C0-5D2E-88B1-{number:04d}" for number in range(count)]
    made = tuple(
        replace(one, name=f"Nguyễn Văn An {code}", verification_code=code, verification_url=f"https://host/verify/{code}")
        for code in codes
    )
    began, worked = time.perf_counter(), time.process_time()
    octets = len(render_pdf(certificates.Certificates(head=one.head, certificates=made)))
    took, work = time.perf_counter() - began, time.process_time() - worked
    print(f"{count} certificates in one file: {took:.1f} s, {work:.1f} s of work, {octets / 1e6:.1f} MB (aim {AIM:.0f} s)")
    return 0 if took < AIM else 1
