"""What is tried first when a password is guessed: known words in any order, with digits and signs anywhere, letters replaced by signs
that look like them, walks on the keyboard, runs and repetitions.

The words are our own: the commonest of published leaks, and those of this field, in which no published list is at home.  Leaked
passwords as they stand are another matter (:mod:`innovations.people.leaked`).  What this catches, a test counts.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Iterator
from itertools import pairwise

from innovations.core.rules.text import fold

_ANYWHERE = (
    "password passwort passw pass letmein welcome login master dragon monkey shadow sunshine princess football baseball superman "
    "batman trustno iloveyou admin administrator root user guest test secret changeme default qwertyuiop abc abcd abcdef hello "
    "freedom whatever ninja michael jordan charlie computer internet server summer winter spring autumn flower lovely cookie "
    "killer hunter soccer hockey starwars pokemon google facebook zalo youtube samsung iphone nokia oneplus apple windows linux "
    "system manager office service temp demo sample example please enter access account private love money happy family"
)
_VIETNAMESE = (
    "matkhau matma vodich cuho khongbiet anhyeuem emyeuanh yeuem yeuanh anhnhoem emnhoanh iuem vietnam vietnamvodich hanoi saigon hochiminh "
    "hochiminhmuonnam bachho bacho danang haiphong hue cantho nghean thanhhoa quangninh quangtri dienbien toquoc toiyeuvietnam "
    "chienthang quyetthang quyetchienquyetthang quyetchien doclap tudo hanhphuc doclaptudohanhphuc gaconvn giadinh congaiyeu contrai "
    "congai vochong bome mebo nguyen tran pham hoang phan dang maimai mothaiba motnammoi sinhnhat xinchao chaoban taikhoan dangnhap "
    "moinguoi hoabinh thanhnien thang nam ngay mottrieu khong mot hai ba bon sau bay tam chin muoi doi minh nho thuong yeu"
)
_ARMY = (
    "quandoi bodoi bodoicuho quandoinhandan chiensi dongchi lucluong phongkhong khongquan phongkhongkhongquan haiquan lucquan "
    "bienphong canhsatbien tacchien phaobinh congbinh thongtin tangthietgiap dacong trinhsat hoahoc haucan kythuat thammuu chinhtri "
    "chinhuy chinhtrivien tieudoi trungdoi daidoi tieudoan trungdoan ludoan sudoan quandoan quankhu quanchung binhchung coquan "
    "nhamay kho tram truong hocvien doanhtrai tieudoitruong trungdoitruong daidoitruong tieudoantruong trungdoantruong sudoantruong "
    "binhnhi binhnhat hasi trungsi thuongsi thieuuy trunguy thuonguy daiuy thieuta trungta thuongta daita thieutuong trungtuong "
    "sangkien sosangkien caitien caitienkythuat quantri tiepnhan thuky chutich chihuy vanphong donvi uyvien tacgia kiemtra baomat"
)
_WORDS = frozenset(f"{_ANYWHERE} {_VIETNAMESE} {_ARMY}".split())
_LONGEST = max(map(len, _WORDS))
_SIGNS = frozenset(string.digits + string.punctuation)
#: What stands for a letter: ``m@tkh4u``; a one is an i or an l.
_LOOK_ALIKES = (str.maketrans("01345678@$!+", "oleasgtbasit"), str.maketrans("01345679@$!|", "oieasbtgasll"))
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm")
_NEXT_KEYS = frozenset(pair for row in _ROWS for pair in (*pairwise(row), *pairwise(row[::-1])))
_SHORTEST_WALK = 3  # keys


def is_guessed_first(password: str, known: Collection[str] = ()) -> bool:
    """Whether somebody who guesses comes to it soon: ``"M@tkhau Trung đoàn 2026!"`` is three of their words.

    :param known: further words that stand near the person, such as the parts of a name; accents do not matter.
    """
    plain = "".join(fold(password).split())
    letters = "".join(filter(str.isalpha, plain))  # "vo_dich" is one word
    words = _WORDS | {fold(word) for word in known}
    return _is_repetition(plain) or _is_run(plain) or any(_is_made_of(text, words) for text in (plain, letters))


def _is_made_of(text: str, words: frozenset[str]) -> bool:
    """Whether nothing but words, walks, digits and signs stand in it, one after the other, and at least one word or walk."""
    reached = {(0, False)}
    for start in range(len(text)):
        for place, found in ((start, False), (start, True)):
            if (place, found) in reached:
                reached |= {(end, True) for end in _ends(text, start, words)}
                if text[start] in _SIGNS:
                    reached.add((start + 1, found))
    return (len(text), True) in reached


def _ends(text: str, start: int, words: frozenset[str]) -> Iterator[int]:
    """Where words and walks that begin at ``start`` end."""
    for end in range(start + 1, min(len(text), start + _LONGEST) + 1):
        part = text[start:end]
        if not words.isdisjoint((part, *(part.translate(table) for table in _LOOK_ALIKES))):
            yield end
    end = start + 1
    while end < len(text) and ((text[end - 1], text[end]) in _NEXT_KEYS or text[end - 1] == text[end]):
        end += 1
        if end - start >= _SHORTEST_WALK:
            yield end


def _is_repetition(plain: str) -> bool:
    # A text of one repeated run occurs inside its own doubling before the end; digits and signs around it change nothing.
    core = plain.strip("".join(_SIGNS)) or plain
    return any((text + text).find(text, 1) < len(text) or len(set(text)) <= 2 for text in (plain, core) if text)


def _is_run(plain: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(steps) == 1 and steps <= {1, -1}
