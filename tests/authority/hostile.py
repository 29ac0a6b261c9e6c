"""Three hundred strings that break what is careless: markup, formulas, paths, directions, Vietnamese in every form, numbers, queries.

``MARK`` stands in those that try to become markup: a page on which it is an attribute has been broken out of.
"""

from __future__ import annotations

import unicodedata
from itertools import product

MARK = "data-broken"
_ELEMENT = f"<b {MARK}>x</b>"
_BREAKOUTS = (
    "",
    '"',
    "'",
    "`",
    '">',
    "'>",
    "-->",
    "]]>",
    "</script>",
    "</style>",
    "</textarea>",
    "</title>",
    "</select>",
    '\\"',
    "&quot;>",
)
_ELEMENTS = (
    _ELEMENT, f"<script {MARK}>alert(1)</script>", f"<img {MARK} src=x onerror=alert(1)>", f"<svg {MARK} onload=alert(1)>",
    f"<a {MARK} href='javascript:alert(1)'>", f"<form {MARK} action=//x>",
)  # fmt: skip
MARKUP = [f"{out}{element}" for out, element in product(_BREAKOUTS, _ELEMENTS)] + [
    f'" {MARK}="1', f"' {MARK}='1", f" {MARK} ", f"&lt;b {MARK}&gt;", f"%3Cb {MARK}%3E", f"\\u003cb {MARK}\\u003e", f"<b\n{MARK}>", f"<b/{MARK}/>",
    "{{7*7}}", "{% raw %}", "${7*7}", "#{7*7}", "{0}", "%s%n%(x)s", "%(minutes)d", "{self.__class__}", "<!--", "<![CDATA[", "</", "&", "&#0;",
]  # fmt: skip
FORMULAS = [
    f"{sign}{body}"
    for sign, body in product("=+-@\t|", ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x";"y")', "SUM(A1:A9)", "IMPORTXML(A1)"))
]
PATHS = [
    "../" * depth + name for depth, name in product((1, 3, 9), ("etc/passwd", "secret_key", "innovations.sqlite", "index/"))
] + [
    "/etc/passwd", "C:\\Windows\\win.ini", "\\\\x\\y", "file:///etc/passwd", "CON", "nul.txt", "a/b", "a\\b", ".", "..", ".htaccess", "~root",
    "%2e%2e%2f", "..%c0%af", "a" * 255, "a.txt.exe", "a.txt ", "$(id)", "`id`", "; ls", "| ls", "&& ls", "> /tmp/x", "'; DROP TABLE unit; --",
    "' OR '1'='1", '" OR ""="', "1; SELECT 1", "*", "(", ")", "[", "\\", "?", "^$", "(a+)+$",
]  # fmt: skip
_WORDS = ("Đường ống thủy lực", "Sửa chữa nhanh cụm bơm", "HUẤN LUYỆN SẴN SÀNG CHIẾN ĐẤU", "ưỡn ẹo nghiêng ngả", "Nguyễn Thị Ướt")
VIETNAMESE = [unicodedata.normalize(form, word) for form, word in product(("NFC", "NFD", "NFKD"), _WORDS)] + [
    "huỷ hủy", "thuý thúy", "quí quý", "ÐÐ đđ ĐĐ", "o\u031b\u0301", "\u0301", "a" + "\u0301" * 50, "tiê\u0323ng", "ﬁ ﬂ", "ｆｕｌｌ", "①②③",
    "ệ" * 300, "chieens sĩ ddawng kys", "Tr" + "u" * 500, "Mật", "TUYỆT MẬT", "tối  mật", "M-10", "TB‑2", "30/2020/NĐ-CP",
]  # fmt: skip
CHARACTERS = [chr(code) for code in (0, 1, 7, 8, 0x0B, 0x0C, 0x1B, 0x7F, 0x85, 0xA0, 0xAD, 0xFEFF, 0xFFFE, 0xFFFF)] + [
    "\u202e txt.exe", "\u2066x\u2069", "\u200f", "\u200b" * 20, "\u2028", "\u2029", "😀👩‍👩‍👧‍👦🇻🇳", "👍🏽", "\U000e0041", "ℵ₀", "مرحبا", "שלום", "中文", "ภาษาไทย",
    "\r\nX: y", "a\rb", "a\nb" * 50, "\t\t", " ", "", "Z̸̛̗a̷l̴g̵o̶",
]  # fmt: skip
NUMBERS = [
    "0", "-1", "1e309", "NaN", "Infinity", "-0", "0x10", "1_000", "1,5", "1.5.5", "٣", "９", "9" * 40, "-9223372036854775809", "1/0", "½",
    "2026-02-30", "0000-00-00", "9999-12-31", "10000-01-01", "31/02/2026", "24:60", "true", "null", "undefined", "None", "[]", "{}", "on",
]  # fmt: skip
QUERIES = [
    'truong:"', "nam:2023..", "nam:9999..0", "donvi:", "-", "--", "OR OR OR", '"' * 30, "a OR " * 60, "truong:x " * 20, "*" * 40, "a* b*", "ma:../x",
    "apdung:>=99999999999999999999", "x" * 999, "id:1", "tacgia:' OR 1", "\\\\", "(((((", "NOT", "a\u0000b",
]  # fmt: skip
STRINGS = tuple(dict.fromkeys(MARKUP + FORMULAS + PATHS + VIETNAMESE + CHARACTERS + NUMBERS + QUERIES))
