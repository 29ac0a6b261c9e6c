"""The query language: what is read, what is only noted, what is refused."""

from dataclasses import replace

import pytest
from search_corpus import HOSTILE, hostile_queries

from innovations.proposals.rules.codes import proposal_code
from innovations.search.asking import query as language
from innovations.search.asking.parser import parse
from innovations.search.asking.pointing import abridged, composed, pointed
from innovations.search.asking.query import FILTERS, Filter, Phrase, Query, QueryTooLong, Term, atom_terms
from innovations.search.asking.tokens import awaits_word, unquoted


def folded(atoms: tuple) -> list[str]:
    return [" ".join(t.syllable.folded for t in atom_terms(atom)) for atom in atoms]


def loose(query: Query) -> list[list[str]]:
    return [folded(clause.alternatives) for clause in query.loose]


def required(query: Query) -> list[list[str]]:
    return [folded(clause.alternatives) for clause in query.required]


def codes(query: Query) -> list[str]:
    return [note.code for note in query.notes]


@pytest.mark.parametrize(
    ("text", "words", "must", "without"),
    [
        ("giá đỡ", [["gia"], ["do"]], [], []),
        ('"giá đỡ" pin', [["pin"]], [["gia do"]], []),
        ("“giá đỡ”", [], [["gia do"]], []),
        ("pin -xe", [["pin"]], [], ["xe"]),
        ('pin -"xe đạp"', [["pin"]], [], ["xe dap"]),
        ("pin OR xe bếp", [["bep"]], [["pin", "xe"]], []),
        ("pin | xe | bếp", [], [["pin", "xe", "bep"]], []),
        ("kỹ-thuật", [["ki"], ["thuat"]], [], []),
        ("pin -kỹ-thuật", [["pin"]], [], ["ki thuat"]),
        ("M-10", [["m10", "m 10"]], [], []),
        ("10:30 http://a.b", [["10"], ["30"], ["http"], ["a"], ["b"]], [], []),
        ("pin pin pin", [["pin"]], [], []),
        ("", [], [], []),
        ('- "" * ( ) |', [], [], []),
    ],
)
def test_what_is_typed_is_what_is_searched(text: str, words: list, must: list, without: list) -> None:
    query = parse(text)
    assert loose(query) == words
    assert required(query) == must
    assert folded(query.excluded) == without


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nam:2023..2025", Filter("year", ranges=((2023, 2025),))),
        ("năm:2023", Filter("year", ranges=((2023, 2023),))),
        ("year:..2020", Filter("year", ranges=((None, 2020),))),
        ("apdung:>=2", Filter("adopted", ranges=((2, None),))),
        ("adopted:<3", Filter("adopted", ranges=((None, 2),))),
        ("apdung:có", Filter("adopted", ranges=((1, None),))),
        ("apdung:no", Filter("adopted", ranges=((0, 0),))),
        ("nam:2023,2025", Filter("year", ranges=((2023, 2023), (2025, 2025)))),
        ('donvi:"Trung đoàn 1A"', Filter("unit", ("Trung đoàn 1A",))),
        ("xeploai:A,B", Filter("grade", ("A", "B"))),
        ("xeploai:A xeploai:B", Filter("grade", ("A", "B"))),
        ("-loai:technical", Filter("type", ("technical",), negated=True)),
        ("mã:SK-2B-2025-0001", Filter("code", ("SK-2B-2025-0001",))),
        ('tacgia:"Nguyễn Văn An"', Filter("author", ("Nguyễn Văn An",))),
    ],
)
def test_a_filter_narrows(text: str, expected: Filter) -> None:
    query = parse(text)
    assert query.filters == (expected,)
    assert query.notes == ()
    assert not query.ranks


@pytest.mark.parametrize("kind", language.FILTERS, ids=lambda kind: kind.key)
def test_the_examples_on_the_help_page_are_read_without_a_complaint(kind: language.FilterKind) -> None:
    query = parse(kind.example)
    assert query.notes == ()
    assert [f.key for f in query.filters] == [kind.key]


@pytest.mark.parametrize(
    ("text", "code", "position", "words"),
    [
        ("pin foo:bar", "unknown_filter", 4, ["pin", "foo", "bar"]),
        ("pin nam:", "empty_filter", 4, ["pin", "nam"]),
        ("nam:abc", "bad_number", 0, ["abc"]),
        ("nam:..", "bad_number", 0, []),
        ("nam:99999999999999999999", "bad_number", 0, ["99999999999999999999"]),
        ("loai:a..b", "range_not_allowed", 0, ["a", "b"]),
        ("xeploai:>B", "range_not_allowed", 0, ["b"]),
        ('pin "giá đỡ', "unclosed_quote", 4, ["pin", "gia", "do"]),
        ('màn 24" cho phòng', "unclosed_quote", 6, ["man", "24", "cho", "phong"]),
        ("nam:25", "bad_year", 0, ["25"]),
        ("pin OR", "last_operator", 4, ["pin"]),
        ("pin NOT", "last_operator", 4, ["pin"]),
        ("OR pin", "lone_operator", 0, ["or", "pin"]),
        ("luy* tập", "prefix_not_last", 0, ["luy", "tap"]),
        ("tập l*", "prefix_too_short", 4, ["tap", "l"]),
    ],
)
def test_a_mistake_is_noted_at_its_place_and_searched_as_words(text: str, code: str, position: int, words: list) -> None:
    query = parse(text)
    assert [(note.code, note.position) for note in query.notes] == [(code, position)]
    assert [alternatives[0] for alternatives in loose(query) + required(query)] == words


def test_not_is_a_minus() -> None:
    for text, same in (("xe NOT đẩy", "xe -đẩy"), ('NOT "xe đẩy" giá', '-"xe đẩy" giá'), ("xe NOT nam:2024", "xe -nam:2024")):
        assert replace(parse(text), text="", sound="") == replace(parse(same), text="", sound="")
    assert loose(parse("not xe"))[0] == ["not"]


def test_a_range_that_begins_with_its_end_is_the_same_range() -> None:
    assert parse("nam:2025..2023").filters == parse("nam:2023..2025").filters


@pytest.mark.parametrize("typed", ["OR", "AND", "NOT", "nam:", "nam:2", "nam:20", "nam:>", "apdung:", "xeploai:<", 'donvi:"'])
def test_what_is_not_typed_to_its_end_takes_nothing_away_and_is_no_mistake_yet(typed: str) -> None:
    query = parse(f"giá {typed}", as_you_type=True)
    assert loose(query) == [["gia"]]
    assert (query.notes, query.filters) == ((), ())
    assert parse(f"giá {typed} ", as_you_type=True).notes


@pytest.mark.parametrize(("text", "awaits"), [("xe OR ", True), ("NOT", True), ("xe or ", False), ("xe ", False), ("", False)])
def test_behind_an_operator_a_word_is_still_to_come(text: str, awaits: bool) -> None:
    assert awaits_word(text) is awaits


def test_a_filter_whose_value_is_being_typed_is_marked_as_begun() -> None:
    assert [each.begun for each in parse("donvi:1A xe nam:2024", as_you_type=True).filters] == [False, True]
    assert [each.begun for each in parse("donvi:1A xe nam:2024").filters] == [False, False]


@pytest.mark.parametrize(("text", "example"), [("apdung:abc", "apdung:>=2"), ("nam:abc", "nam:2023..2025")])
def test_a_mistake_in_a_filter_shows_an_example_of_that_filter(text: str, example: str) -> None:
    (note,) = parse(text).notes
    assert example in note.message % note.data


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ('"giá đỡ" -xe', "giá đỡ -xe"),
        ('donvi:"Trung đoàn 1A" “giá đỡ”', 'donvi:"Trung đoàn 1A" giá đỡ'),
        ('pin -"giá đỡ"', None),
        ('pin NOT "giá đỡ"', None),
        ('màn 24" cho phòng', None),
        ("giá đỡ", None),
        ('""', None),
    ],
)
def test_phrases_that_are_required_may_be_typed_plainly_instead(text: str, plain: str | None) -> None:
    assert unquoted(text) == plain


def test_a_star_on_the_last_word_stands_for_what_begins_so() -> None:
    assert [term.prefix for term in parse("huấn luy*").terms()] == [False, True]


def test_the_first_letter_of_the_next_word_is_no_word_yet() -> None:
    query = parse("giá đ", as_you_type=True)
    assert ([term.syllable.folded for term in query.terms()], len(query.loose), query.accented) == (["gia"], 1, True)
    assert [term.syllable.folded for term in query.begun] == ["d"]
    assert not parse("gia đ", as_you_type=True).accented
    assert not parse("g", as_you_type=True).ranks
    for text in ("giá đ ", "giá 2", "giá đỡ", "-đ", "pin OR đ"):
        assert parse(text, as_you_type=True).begun == (), text
    assert (parse("giá đ").begun, len(parse("giá đ").loose)) == ((), 2)


@pytest.mark.parametrize(("text", "prefix"), [("huấn luy", True), ("huấn luyện ", False)])
def test_as_you_type_takes_the_last_unfinished_word_as_a_beginning(text: str, prefix: bool) -> None:
    assert parse(text, as_you_type=True).terms()[-1].prefix is prefix
    assert not parse(text).terms()[-1].prefix


@pytest.mark.parametrize(
    ("text", "needs_all"),
    [("một", True), ("một hai", True), ("một hai ba", True), ("một hai ba bốn", False), ("a b c AND d", True)],
)
def test_up_to_three_words_all_are_needed(text: str, needs_all: bool) -> None:
    assert parse(text).needs_all is needs_all


@pytest.mark.parametrize(("text", "accented"), [("sang kien", False), ("sáng kien", True), ("do", False), ("đo", True)])
def test_any_accent_in_the_query_makes_accents_count(text: str, accented: bool) -> None:
    assert parse(text).accented is accented


def test_neighbouring_words_are_remembered_but_not_across_a_filter() -> None:
    pairs = parse("giá đỡ nam:2024 pin xe").pairs
    assert [(left.folded, right.folded) for left, right in pairs] == [("gia", "do"), ("pin", "xe")]


def test_alternatives_are_no_neighbours_but_the_words_beside_them_are() -> None:
    pairs = parse("máy bay OR trực thăng | kho AND xăng dầu").pairs
    assert [(left.folded, right.folded) for left, right in pairs] == [
        ("may", "bay"), ("truc", "thang"), ("kho", "xang"), ("xang", "dau"),
    ]  # fmt: skip


def test_characters_beyond_two_hundred_are_dropped_at_a_word_and_said() -> None:
    query = parse("sáng " * 39 + "kiếnkiếnkiến bỏ")
    assert codes(query) == ["too_long"]
    assert loose(query) == [["sang"]]
    assert len(query.text) <= language.MAX_CHARACTERS


def test_words_beyond_forty_are_dropped_and_counted() -> None:
    query = parse(" ".join(f"w{n}" for n in range(45)))
    assert len(query.loose) == 40
    assert [(note.code, note.data["dropped"]) for note in query.notes] == [("too_many_words", 5)]


def test_operators_beyond_twelve_are_dropped_with_their_operands_and_counted() -> None:
    query = parse(" ".join(f"-w{n}" for n in range(20)) + " pin")
    assert len(query.excluded) == 12
    assert loose(query) == [["pin"]]
    assert [(note.code, note.data["dropped"]) for note in query.notes] == [("too_many_operators", 8)]


def test_more_than_a_thousand_characters_are_refused_with_400() -> None:
    assert parse("a" * 1000).notes[0].code == "too_long"
    with pytest.raises(QueryTooLong) as refusal:
        parse("a" * 1001)
    assert refusal.value.status == 400
    assert "1001" in str(refusal.value)


def test_every_note_can_be_said_in_full() -> None:
    for text in ("foo:bar", "nam:", "nam:x", "loai:>3", '"a b', "a OR", "ab* c", "c a*", "a " * 150, "-a1 " * 20):
        for note in parse(text).notes:
            assert "%(" not in note.message % note.data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text(text: str) -> None:
    assert exceeded(parse(text)) == []
    assert exceeded(parse(text, as_you_type=True)) == []


def test_three_hundred_random_queries_stay_within_the_limits() -> None:
    asked = {text: exceeded(parse(text, as_you_type=len(text) % 2 == 0)) for text in hostile_queries(300)}
    assert {text: limits for text, limits in asked.items() if limits} == {}


def exceeded(query: Query) -> list[str]:
    """The limits a query goes beyond; among them that every note can be said in full."""
    atoms = [atom for clause in (*query.loose, *query.required) for atom in clause.alternatives] + list(query.excluded)
    typed = [term for atom in atoms if isinstance(atom, Phrase) for term in atom.terms]
    typed += [atom for atom in atoms if isinstance(atom, Term)]
    kept = {
        "characters": len(query.text) <= language.MAX_CHARACTERS,
        "syllables": len(typed) <= 2 * language.MAX_SYLLABLES,  # a designation is searched whole and in parts
        "operators": len(query.filters) + len(query.excluded) <= 2 * language.MAX_OPERATORS,
        "prefixes": sum(term.prefix for term in typed) <= 1,
        "notes": all("%(" not in note.message % note.data for note in query.notes),
    }
    return [limit for limit, holds in kept.items() if not holds]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("pin foo:bar xe", ["foo:bar"]),
        ("nam:abc cap:a..b", ["nam:abc", "cap:a..b"]),
        ("pin OR", ["OR"]),
        ("giá <b> nam:x", ["nam:x"]),
        ("gia\u0301 nam:x", ["nam:x"]),  # places count in the composed text
        ("giá đỡ", []),
        (" ".join(f"w{n}" for n in range(42)), ["w40 w41"]),
        ("thuyền " * 28 + "cuối cùng bỏ", [" cùng bỏ"]),
    ],
)
def test_a_marked_copy_of_the_query_points_at_what_the_notes_concern(text: str, wrong: list) -> None:
    segments = pointed(text, parse(text).notes)
    assert [part for part, marked in segments if marked] == wrong
    assert "".join(part for part, _ in segments) == composed(text)


def test_of_a_long_query_only_what_stands_around_a_mistake_is_shown() -> None:
    text = "thuyền " * 140 + "cuối cùng"
    shown = abridged(pointed(text, parse(text).notes))
    assert [marked for _, marked in shown] == [False, True]
    assert all(len(part) <= 90 and " … " in part for part, _ in shown)
    assert shown[1][0].endswith("cuối cùng")
    assert abridged(pointed("giá nam:x", parse("giá nam:x").notes)) == (("giá ", False), ("nam:x", True))


def test_the_mistakes_on_the_help_page_show_every_note_that_has_a_place_of_its_own() -> None:
    shown = {parse(text).notes[0].code for text in language.MISTAKES}
    assert shown == set(language.NOTES) - {
        "too_long",
        "too_many_words",
        "too_many_operators",
        "without_accents",
        "stock_search",
        "unmet_filter",
    }


def test_the_code_on_the_help_page_begins_as_real_codes_do() -> None:
    example = next(kind.example for kind in FILTERS if kind.key == "code").partition(":")[2]
    assert proposal_code("T1A", 2026, 1).startswith(example)
