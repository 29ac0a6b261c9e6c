"""Starts the program that fills Word templates, and puts its findings into words.

Use it for a template of any origin: the shipped ones are filled the same way as those a unit uploaded.
"""

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from innovations.core.rules.errors import N_, DomainError, Invalid, Several, Unavailable
from innovations.documents.apart import program

LONGEST_SECONDS = 40


class UnknownField(Invalid):
    """A field that the paper has not got, and nothing that sounds like it."""

    message = N_("Không có trường “%(name)s” (tại: “%(place)s”).")


class MistypedField(Invalid):
    """A field that the paper has not got, and the nearest one."""

    message = N_("Không có trường “%(name)s”; có phải “%(near)s”? (tại: “%(place)s”)")


class UnknownFilter(Invalid):
    """A way of writing a value that does not exist."""

    message = N_("Không có cách ghi “|%(name)s” (tại: “%(place)s”).")


class NotOneValue(Invalid):
    """A list or a group of fields printed as if it were one value."""

    message = N_("“%(name)s” gồm nhiều giá trị: lặp bằng for, hoặc ghi rõ trường bên trong (tại: “%(place)s”).")


class NotAList(Invalid):
    """Something repeated that is one value."""

    message = N_("“%(name)s” không phải danh sách nên không lặp được (tại: “%(place)s”).")


class PartOfAValue(Invalid):
    """A field asked of something that has no fields: a text, or a list that is not repeated."""

    message = N_("Không lấy được “%(name)s” từ “%(near)s” (tại: “%(place)s”).")


class ForbiddenTag(Invalid):
    """More than fields, choices and repetitions."""

    message = N_("Mẫu chỉ được ghi trường, if và for; không dùng “%(name)s” (tại: “%(place)s”).")


class UnclosedTag(Invalid):
    """An ``if`` or ``for`` without its end."""

    message = N_("Lệnh “%(name)s” chưa được kết thúc (gần: “%(place)s”).")


class StrayTag(Invalid):
    """A tag nobody knows, or an end without its beginning."""

    message = N_("Không hiểu lệnh “%(name)s”, hoặc lệnh thừa (tại: “%(place)s”).")


class BadSyntax(Invalid):
    """Anything else that cannot be read."""

    message = N_("Sai cú pháp tại: “%(place)s”.")


class FieldMissing(Invalid):
    """A field that every paper of the kind must show."""

    message = N_("Mẫu thiếu trường bắt buộc “%(name)s”.")


class FieldNeverPrinted(Invalid):
    """A field that every paper of the kind must show stands where no paper gets to, or is asked for and not printed."""

    message = N_(
        "Trường bắt buộc “%(name)s” có trong mẫu nhưng không in ra với dữ liệu thử nào. Đưa trường ra ngoài if, for đang che nó."
    )


class TornLayout(Invalid):
    """Tags that cut through paragraphs or rows."""

    message = N_("Lệnh if hoặc for cắt ngang đoạn văn hay hàng bảng: dùng {%%p … %%} cho cả đoạn, {%%tr … %%} cho cả hàng.")


class TextAstray(Invalid):
    """A text outside of every paragraph."""

    message = N_("Chữ đứng ngoài đoạn văn: “%(place)s”. Ghi trường bằng {{ }} trong đoạn, không dùng {{p hoặc {{r.")


class TooMuchToFill(Invalid):
    """It asks for more memory, time or room than any honest template."""

    message = N_("Điền thử mẫu này mất quá nhiều thời gian hoặc bộ nhớ. Bỏ bớt các vòng lặp lồng nhau, ảnh lớn.")


class DeclaresEntities(Invalid):
    """A document type inside."""

    message = N_("Tệp mẫu có khai báo DTD bên trong. Mở bằng Word, lưu lại thành DOCX rồi tải lên.")


class FetchesWhenOpened(Invalid):
    """Fields of Word that load or start something, or a file embedded as text."""

    message = N_("Tệp mẫu có trường tự lấy dữ liệu hoặc tự chạy khi mở (DDE, INCLUDETEXT, …). Bỏ các trường đó rồi tải lên.")


class NotATemplate(Invalid):
    """It cannot be filled at all."""

    message = N_("Không điền được tệp mẫu này. Mở bằng Word, lưu lại thành DOCX rồi tải lên.")


REFUSALS: Mapping[str, type[DomainError]] = {
    "unknown": UnknownField, "filter": UnknownFilter, "whole": NotOneValue, "no_list": NotAList, "in_list": PartOfAValue,
    "no_part": PartOfAValue, "forbidden": ForbiddenTag, "unclosed": UnclosedTag, "tag": StrayTag, "syntax": BadSyntax,
    "missing": FieldMissing, "never": FieldNeverPrinted, "torn": TornLayout, "astray": TextAstray, "bomb": TooMuchToFill, "dtd": DeclaresEntities,
    "outside": FetchesWhenOpened, "broken": NotATemplate,
}  # fmt: skip


def _refusal(finding: Mapping[str, str]) -> DomainError:
    kind = REFUSALS.get(finding["code"], NotATemplate)
    if kind is UnknownField and finding["near"]:
        kind = MistypedField
    return kind("file", name=finding["name"], near=finding["near"], place=finding["place"])


def fill(template: Path, fields: Mapping[str, Any], data: Sequence[Any], *, needed: Sequence[str] = ()) -> bytes:
    """The template filled with each of ``data`` in turn; the last one is returned.

    :param fields: what the paper has, as :func:`innovations.documents.papers.fields.fields_of` tells; ``needed``: paths of them.
    :raises Several: everything that is wrong with the template, each on the field ``file``.
    :raises Unavailable: the program could not be started.
    """
    order = json.dumps({"fields": fields, "needed": list(needed), "data": list(data)}, ensure_ascii=False).encode()
    with os.fdopen(os.memfd_create("filled"), "w+b") as out:
        try:
            # Our own file; without our environment, which may hold the secret key.
            done = subprocess.run(  # noqa: S603
                program("fill", str(template)), input=order, stdout=out, stderr=subprocess.DEVNULL,
                timeout=LONGEST_SECONDS, check=False, env={},
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise Several([TooMuchToFill("file")]) from None
        except OSError as error:
            raise Unavailable from error
        out.seek(0)
        head, _, made = out.read().partition(b"\n")
    if done.returncode:
        raise Several([TooMuchToFill("file")])
    found = json.loads(head)
    if found:
        raise Several([_refusal(each) for each in found])
    return made
