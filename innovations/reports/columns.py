"""The columns of a register file, for export and import alike: English key, Vietnamese header, in their order."""

from dataclasses import dataclass, fields
from datetime import date

HEADERS = {
    "code": "Mã số",
    "title": "Tên sáng kiến",
    "description": "Mô tả",
    "field": "Lĩnh vực",
    "solution_type": "Loại giải pháp",
    "unit": "Đơn vị",
    "authors": "Tác giả",
    "year": "Năm",
    "level": "Cấp công nhận",
    "grade": "Xếp loại",
    "decision_number": "Số quyết định",
    "decision_date": "Ngày quyết định",
    "status": "Trạng thái",
    "benefit": "Hiệu quả",
    "tags": "Từ khóa",
    "external_id": "Mã nguồn",
}
#: Of a file of pairs that may repeat each other: one proposal, the other, and what both are to each other.
PAIR_HEADERS = (
    "Mã số", "Tên sáng kiến", "Đơn vị", "Năm", "Mã số hồ sơ giống", "Tên hồ sơ giống", "Đơn vị của hồ sơ giống", "Năm của hồ sơ giống",
    "Độ giống (%)", "Nhận xét",
)  # fmt: skip
#: Levels in the words that the import reads.
LEVEL_WORDS = {"base": "cơ sở", "division": "sư đoàn", "branch": "quân chủng", "ministry": "bộ"}

Value = str | int | date | None


@dataclass(frozen=True)
class RegisterRow:
    """One record as the file holds it; the attributes are the columns in the file's order.  Confidential text is no column."""

    code: str
    title: str
    description: str
    field: str
    solution_type: str
    unit: str
    authors: str
    year: int | None
    level: str
    grade: str
    decision_number: str
    decision_date: date | None
    status: str
    benefit: str
    tags: str
    external_id: str

    def values(self) -> tuple[Value, ...]:
        """The cells in the file's order."""
        return tuple(getattr(self, each.name) for each in fields(self))
