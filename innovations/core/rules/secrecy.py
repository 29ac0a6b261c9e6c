"""Does a text or a file name carry a secrecy marking?  A warning, never a proof and never a refusal.

State secrets do not enter the system at all (a stricter floor than the law asks).  This looks for the stamp, not for
the matter: ordinary words that contain the syllable (mật độ, bảo mật, mật khẩu, mật ong) are no markings.
"""

from __future__ import annotations

import re
import unicodedata

# A degree of secrecy in two words is a marking in any case; "mật" alone only where it stands as a stamp, in capitals.
_DEGREE = re.compile(r"\b(?:tuyệt|tối)[\s_-]+mật\b", re.IGNORECASE)
_DEGREE_PLAIN = re.compile(r"\b(?:TUYET|TOI)\s+MAT\b")
_STAMP_FIELD = re.compile(r"\bđộ\s+mật\s*:\s*(?:tuyệt\s+mật|tối\s+mật|mật)\b", re.IGNORECASE)
_STAMP = re.compile(r"(?:(\w+)\s+)?\b(MẬT)\b(?:\s+(\w+))?")
_FILE_DEGREE = re.compile(r"(?<![^\W_])(?:tuyet|toi)[_-]?mat(?![^\W_])", re.IGNORECASE)
_FILE_STAMP = re.compile(r"(?<![^\W_])(mat|mật)(?![^\W_])(?:[_\-]+([^\W_]+))?", re.IGNORECASE)
_FILE_NAME = re.compile(r"[^\s/\\]+\.\w{2,5}")

# In a heading all in capitals these neighbours make an ordinary word of it.
_BEFORE = frozenset({"bảo", "bí", "cơ", "thân", "túi", "ống", "cẩn", "nước", "sỏi", "đường"})
_AFTER = frozenset({"độ", "khẩu", "ong", "mã", "thiết", "vụ", "mía", "danh", "thư", "hiệu", "lệnh"})
# File names have no accents: mặt bằng, mặt đường, mắt kính, mát … are written the same way.
_AFTER_PLAIN = frozenset(
    "do khau ong ma thiet vu mia danh thu hieu lenh bang duong cat kinh troi truoc sau dat tran nuoc may ban nan luoi".split()
)
_BEFORE_PLAIN = frozenset("bao bi co than tui ong be quat lam be mot hai ba bon cac".split())


def looks_secret(text: str) -> list[str]:
    """Return the secrecy markings found, as written and without repeats; empty when there is none.

    ``"Độ mật: MẬT"`` → ``["Độ mật: MẬT", "MẬT"]``; ``"MAT_ke-hoach.pdf"`` → ``["MAT"]``; ``"bảo mật"`` → ``[]``.
    """
    composed = unicodedata.normalize("NFC", text)
    found = [m.group() for pattern in (_DEGREE, _DEGREE_PLAIN, _STAMP_FIELD) for m in pattern.finditer(composed)]
    found += _stamps(composed)
    for name in _FILE_NAME.findall(composed):
        found += _file_markings(name)
    return list(dict.fromkeys(found))


def _stamps(text: str) -> list[str]:
    stamps = []
    for match in _STAMP.finditer(text):
        before, stamp, after = match.groups(default="")
        if before.lower() not in _BEFORE | {"tuyệt", "tối"} and after.lower() not in _AFTER:
            stamps.append(stamp)
    return stamps


def _file_markings(name: str) -> list[str]:
    degrees = [match.group() for match in _FILE_DEGREE.finditer(name)]
    if degrees:
        return degrees
    return [m.group(1) for m in _FILE_STAMP.finditer(name) if not _is_ordinary(name, m)]


def _is_ordinary(name: str, match: re.Match[str]) -> bool:
    before = re.split(r"[_\-]+", name[: match.start()].rstrip("_-").lower())[-1]
    after = (match.group(2) or "").lower()
    return before in _BEFORE_PLAIN | _BEFORE or after in _AFTER_PLAIN | _AFTER
