"""Which file becomes which kind of minutes."""

import pytest

from innovations.boards.rules.attached_minutes import MinutesKind, NotEditedMinutes, NotSignedMinutes, check_minutes_file
from innovations.core.rules.errors import Invalid


@pytest.mark.parametrize(
    ("kind", "extensions"), [(MinutesKind.EDITED, ("docx", "pdf")), (MinutesKind.SIGNED, ("pdf", "jpg", "png"))]
)
def test_edited_minutes_are_a_text_and_signed_ones_a_picture_of_paper(kind, extensions):
    assert [check_minutes_file(kind.value, each) for each in extensions] == [kind] * len(extensions)


@pytest.mark.parametrize(
    ("kind", "extension", "refusal"),
    [
        ("edited", "jpg", NotEditedMinutes),
        ("edited", "odt", NotEditedMinutes),
        ("edited", "", NotEditedMinutes),
        ("signed", "docx", NotSignedMinutes),
        ("signed", "webp", NotSignedMinutes),
    ],
)
def test_another_kind_of_file_is_refused_at_the_file(kind, extension, refusal):
    with pytest.raises(refusal) as refused:
        check_minutes_file(kind, extension)
    assert refused.value.field == "file"


@pytest.mark.parametrize("kind", ["", "draft", "SIGNED"])
def test_minutes_of_no_known_kind_are_refused(kind):
    with pytest.raises(Invalid) as refused:
        check_minutes_file(kind, "pdf")
    assert refused.value.field == "kind"
