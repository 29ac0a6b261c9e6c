"""Guessable passwords are refused and honest sentences are not: counted on invented examples."""

from __future__ import annotations

import pytest

from innovations.people.rules.guessed import is_guessed_first

GUESSED = (
    "Matkhau@2024!!!!", "mật khẩu mật khẩu", "m4tkh@u-vi3tn4m-2026", "P@ssw0rd1234567", "p4$$w0rd vietnam", "Trungdoan1-2024!",
    "Thượng úy Đại đội 5", "tieudoan5@quandoi", "12/3 sáng kiến 12/3", "Quyết thắng 1975!", "quyetthangquyetthang1", "qwerty12345asdfg",
    "1qaz2wsx3edc4rfv", "zxcvbnm,./asdfgh", "asdfghjkl1234567", "123456789012345", "abcabcabcabcabc", "aaaaabbbbbaaaaa!", "000000000000000",
    "hanoi2026hanoi2026", "iloveyou iloveyou", "anhyeuem13145200", "Bodoi_cu_Ho_1944", "doclaptudohanhphuc", "Sư đoàn 3 1979 !!",
    "111222333444555", "qqqwwweeerrrttt1", "admin.admin.2026", "vietnam#vodich#1", "chiHuy-daiDoi-9",
)  # fmt: skip
HONEST = (
    "nắng mới trên sân tập", "mưa rào cuối vụ gặt tháng năm", "con mèo trèo cây cau hôm qua", "rổ khoai lang nướng bếp than",
    "xe đạp cũ dựng gốc bàng", "gió bấc thổi qua vườn cải", "chiếc đèn dầu trên gác xép", "bà ngoại kho cá bống tiêu", "đò ngang chiều nước lên",
    "tiếng ve sau dãy nhà kho", "bát canh cua mồng tơi", "con trâu nghỉ bóng tre già", "k7mq-x2vd-9hps-twfa", "vTq8#Lz2pWn4xRb6", "thuyền giấy thả cống đầu làng",
    "quyển vở bìa xanh rách góc", "hạt gạo nứt trong cối đá", "bánh đa vừng chợ phiên", "ngõ hẹp mùi hoa sữa", "mái tôn đêm mưa đá",
)  # fmt: skip


@pytest.mark.parametrize("password", GUESSED)
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert is_guessed_first(password)


@pytest.mark.parametrize("password", HONEST)
def test_a_sentence_of_ones_own_is_taken(password: str) -> None:
    assert not is_guessed_first(password)


WORDS = ("mậtkhẩu", "Vietnam", "trungdoan", "password", "Quyết thắng", "thượng úy", "chihuy")
DRESSES = (
    "{}2026", "2026{}!", "{0}{0}", "{0}-{0}", "{}@123", "!!{}!!", "{}19051890", "{}.quandoi", "1qaz{}", "{}...", "123{}456", "{}asdf",
)  # fmt: skip


def test_every_common_word_is_refused_in_every_dress() -> None:
    leet = str.maketrans("aoies", "@013$")
    words = [form for word in WORDS for form in (word, word.upper(), word.translate(leet))]
    tried = [dress.format(word) for word in words for dress in DRESSES]
    assert [each for each in tried if not is_guessed_first(each)] == []


def test_ones_own_name_makes_no_password_in_any_order() -> None:
    name = "Trương Vĩnh Quý"
    for password in ("quytruong19900307", "Vinh.Quy.1990!!!!", "quyquyquy_truong"):
        assert is_guessed_first(password, name.split()), password
    assert not is_guessed_first("Vinh.Quy.1990!!!!")
