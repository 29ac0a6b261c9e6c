"""The measuring of relevance: questions as people type them, and the figures of what was found."""

import json
import unicodedata
from pathlib import Path

import pytest

from bench.relevance import report, variants
from bench.relevance.__main__ import compare
from bench.relevance.cloze import PASSAGE_WORDS, cloze
from bench.relevance.questions import Text, read

QUESTION = "Cải tiến kỹ thuật hòa quý"


@pytest.mark.parametrize(
    ("vary", "typed"),
    [
        (variants.decomposed, unicodedata.normalize("NFD", QUESTION)),
        (variants.without_accents, "Cai tien ky thuat hoa quy"),
        (variants.other_tone_place, "Cải tiến kỹ thuật hoà quý"),
        (variants.telex, "Cair tieens kyx thuaatj hoaf quys"),
        (variants.vni, "Cai3 tie6n1 ky4 thua6t5 hoa2 quy1"),
    ],
)
def test_a_question_is_typed_as_people_type_it(vary, typed: str) -> None:
    assert vary(QUESTION) == typed


def test_a_typo_changes_one_word_and_is_the_same_every_time() -> None:
    wrong = variants.one_typo(QUESTION)
    assert wrong == variants.one_typo(QUESTION)
    assert sum(a != b for a, b in zip(wrong.split(), QUESTION.split(), strict=True)) == 1


def test_recall_and_rank_are_means_over_the_questions() -> None:
    score = report.score([["a", "b"], ["c", "d"], []], [{"b"}, {"c", "x"}, {"y"}])
    assert (score.recall_1, score.recall_10, score.mrr_10) == pytest.approx((1 / 6, 0.5, 0.5))


def test_any_folder_of_questions_and_documents_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [
        {"question": "giá đỡ bình", "relevant": ["a"]},
        {"question": "of a document that is not there", "relevant": ["z"]},
        {"id": "a", "text": "Giá đỡ bình ắc quy"},
        {"source_path": "b.txt", "title": "Bàn gá", "text": "tháo lốp xe"},
    ]
    (tmp_path / "anything.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    questions, texts = read(tmp_path)
    assert ([question.text for question in questions], [text.id for text in texts]) == (["giá đỡ bình"], ["a", "b.txt"])
    compare(tmp_path, most=10, seconds=5, names="fts5")
    printed = capsys.readouterr().out
    assert "1 questions, 2 documents" in printed
    assert "1.000 1.000 1.000" in printed.splitlines()[2]


def test_a_sentence_taken_out_of_a_passage_is_asked_for_and_is_in_none_any_more() -> None:
    sentences = [f"Câu số {number} nói về việc thứ {number} của tổ trực ban." for number in range(60)]
    texts = [Text("một", "", "== Mở đầu ==\n" + " ".join(sentences)), Text("hai", "", "Quá ngắn.")]
    questions, passages = cloze(texts, 3)
    held = {passage.id: passage.text for passage in passages}
    assert len(questions) == 3
    assert all(question.text in sentences and question.relevant <= held.keys() for question in questions)
    assert not any(question.text in text for question in questions for text in held.values())
    assert max(len(text.split()) for text in held.values()) <= PASSAGE_WORDS
    assert sorted([*" ".join(held.values()).split(), *" ".join(each.text for each in questions).split()]) == sorted(
        " ".join([*sentences, "Quá ngắn."]).split()
    )
    assert cloze(texts, 3) == (questions, passages)
