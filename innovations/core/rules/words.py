"""Vietnamese numbers in words, as score sheets and count records write them beside the figures."""

from __future__ import annotations

from decimal import Decimal

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", "nghìn", "triệu")
_BILLION = 10**9


def in_words(number: Decimal | int) -> str:
    """Return ``number`` in words: ``88`` → ``"tám mươi tám"``, ``90.05`` → ``"chín mươi phẩy không năm"``."""
    if number < 0:
        return f"âm {in_words(-number)}"
    whole, _, decimals = format(Decimal(number), "f").partition(".")
    decimals = decimals.rstrip("0")
    words = _integer(int(whole))
    return f"{words} phẩy {_decimals(decimals)}" if decimals else words


def _decimals(digits: str) -> str:
    # "05" is read digit by digit, "33" as a number: that is how people say it.
    if digits.startswith("0") or len(digits) > 2:
        return " ".join(_DIGITS[int(digit)] for digit in digits)
    return _integer(int(digits))


def _integer(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    billions, rest = divmod(number, _BILLION)
    parts = [f"{_integer(billions)} tỷ"] if billions else []
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            parts.append(f"{_hundreds(group, leading=not parts)} {_GROUPS[power]}".rstrip())
    return " ".join(parts)


def _hundreds(number: int, *, leading: bool) -> str:
    hundreds, rest = divmod(number, 100)
    if leading and not hundreds:
        return _tens(rest)
    head = f"{_DIGITS[hundreds]} trăm"
    if not rest:
        return head
    return f"{head} linh {_DIGITS[rest]}" if rest < 10 else f"{head} {_tens(rest)}"


def _tens(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return _DIGITS[unit]
    if tens == 1:
        return f"mười {_unit_after_ten(unit)}".rstrip()
    return f"{_DIGITS[tens]} mươi {_unit_after_tens(unit)}".rstrip()


def _unit_after_ten(unit: int) -> str:
    return {0: "", 5: "lăm"}.get(unit, _DIGITS[unit])


def _unit_after_tens(unit: int) -> str:
    return {0: "", 1: "mốt", 4: "tư", 5: "lăm"}.get(unit, _DIGITS[unit])
