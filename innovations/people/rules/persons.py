"""Names and ranks of persons, and a rank split off a name as old registers write it."""

from __future__ import annotations

import re
import unicodedata

from innovations.core.rules.text import fold

RANK_MAX = 40  # free text: ranks, defence workers' grades and abbreviations differ by unit
FULL_NAME_MAX = 100
POSITION_MAX = 120
SERVICE_NUMBER_MAX = 20

_ADDRESS = re.compile(r"^(?:đ\s*/\s*c|đc|d/c|đồng chí)[\s.:,]+", re.IGNORECASE)
_RANKS = (
    "đại tướng", "thượng tướng", "trung tướng", "thiếu tướng", "phó đô đốc", "chuẩn đô đốc", "đô đốc",
    "đại tá", "thượng tá", "trung tá", "thiếu tá", "đại úy", "thượng úy", "trung úy", "thiếu úy", "chuẩn úy",
    "thượng sĩ", "trung sĩ", "hạ sĩ", "binh nhất", "binh nhì", "cnvqp", "cnqp", "vcqp", "qncn", "ldhd",
)  # fmt: skip
# Spelling is compared without accents ("uý" = "úy", "sỹ" = "sĩ"), longest first so that a rank is taken whole.
#: What stands before a name when only the given one is said: "Thượng úy An", "đ/c An", "anh An"; in both spellings of úy and sĩ.
FORMS_OF_ADDRESS = tuple(
    dict.fromkeys(
        spelled
        for each in (*_RANKS, "đồng chí", "đ/c", "đc", "anh", "chị", "ông", "bà", "thủ trưởng")
        for spelled in (each, each.replace("úy", "uý").replace("sĩ", "sỹ"))
    )
)
_FOLDED_RANKS = sorted({fold(rank).replace("sy", "si") for rank in _RANKS}, key=len, reverse=True)
_SUFFIXES = ("qncn", "cn")


def split_rank(name: str) -> tuple[str, str]:
    """Return (rank, name) of an author as typed: ``"Đ/c Thượng tá Lê Văn An"`` → ``("Thượng tá", "Lê Văn An")``.

    ``"Trung sĩ CN Lê Bình"`` → ``("Trung sĩ CN", "Lê Bình")``; a name without a rank keeps an empty rank.
    """
    words = _ADDRESS.sub("", unicodedata.normalize("NFC", name).strip(), count=1).split()
    length = _rank_length(words)
    if length and len(words) > length and fold(words[length]).strip(".,()") in _SUFFIXES:
        length += 1
    if len(words) <= length:  # a rank alone is somebody's name as far as we can know
        length = 0
    return " ".join(words[:length]).rstrip(",:"), " ".join(words[length:])


def _rank_length(words: list[str]) -> int:
    start = [fold(word).strip(".,:").replace("sy", "si") for word in words[:3]]
    for rank in _FOLDED_RANKS:
        parts = rank.split()
        if start[: len(parts)] == parts:
            return len(parts)
    return 0
