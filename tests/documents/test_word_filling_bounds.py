"""The program that fills Word templates keeps its bounds of memory, time and output, whatever it is given."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from innovations.documents import fill as program
from innovations.documents.apart import program as command
from innovations.documents.papers.fields import fields_of, samples
from innovations.documents.papers.word import PAPERS, WordPaper
from tests.documents.test_word_filling import changed, paragraph, refused

PAPER = WordPaper.MINUTES
KIB = 1024
EVERY_ITEM = tuple(f"{{% for x{n} in items %}}" for n in range(5))  # twelve of each in the long sample
#: What is filled in is too long for memory; it packs so well that the file would be small, and what Word opens large.
MEMORY, UNPACKED = ("".join(EVERY_ITEM[:n]) + "x " * 20_000 + "{% endfor %}" * n for n in (5, 3))
#: Starts the program and tells how it ended and the most memory it had; a process counts as its own what its starter had.
STARTER = """
import json, os, subprocess, sys
started = subprocess.Popen(sys.argv[1:], stderr=subprocess.DEVNULL)
_pid, status, used = os.wait4(started.pid, 0)
json.dump([os.waitstatus_to_exitcode(status), used.ru_maxrss], sys.stderr)
"""
#: Elements without end, beside and inside one another.
MANY = b"<r>" + b"<a/>" * 6_000_000 + b"</r>"
NESTED = b"<a>" * 400_000 + b"</a>" * 400_000


@dataclass(frozen=True)
class Ended:
    """How the program ended: its status, the most memory it had (bytes), what it found, how much it printed (bytes)."""

    status: int
    memory: int
    findings: list[str]
    printed: int


def order() -> bytes:
    """What a template of the minutes is tried with: the sample with many entries."""
    said = {"fields": fields_of(PAPERS[PAPER]), "needed": [], "data": samples(PAPERS[PAPER])[-1:]}
    return json.dumps(said).encode()


def run(path: Path, out: Path) -> Ended:
    """The program on its own."""
    with out.open("w+b") as printed:
        starting = [sys.executable, "-I", "-c", STARTER, *command("fill", str(path))]
        done = subprocess.run(starting, input=order(), stdout=printed, stderr=subprocess.PIPE, check=True)
    status, memory = json.loads(done.stderr)
    head = out.read_bytes().partition(b"\n")[0]
    return Ended(status, memory * KIB, [each["code"] for each in json.loads(head)] if status == 0 else [], out.stat().st_size)


@pytest.mark.parametrize("loops", [MEMORY, UNPACKED], ids=["memory", "unpacked"])
def test_a_template_that_loops_over_much_is_stopped_by_its_bounds(tmp_path: Path, loops: str) -> None:
    ended = run(changed(tmp_path, add=paragraph(loops)), tmp_path / "out")
    assert (ended.status, ended.findings) == (0, ["bomb"])
    assert ended.memory <= program.MEMORY_BYTES
    assert ended.printed < KIB


@pytest.mark.parametrize(
    ("part", "content", "finding"),
    [("word/extra.xml", MANY, "bomb"), ("word/styles.xml", NESTED, "broken")],
    ids=["many", "nested"],
)
def test_a_hostile_part_costs_no_more_than_the_bounds(tmp_path: Path, part: str, content: bytes, finding: str) -> None:
    ended = run(changed(tmp_path, parts={part: content}), tmp_path / "out")
    out_of_time = -signal.SIGXCPU  # on a slow machine that bound comes first
    assert (ended.status, ended.findings) in ((0, [finding]), (out_of_time, []))
    assert ended.memory <= program.MEMORY_BYTES
    assert ended.printed < KIB


def test_a_part_that_is_larger_than_it_says_is_read_no_further(tmp_path: Path) -> None:
    path = changed(tmp_path, parts={"word/extra.xml": b"<a>" + b" " * 30_000_000 + b"</a>"})
    content = path.read_bytes()
    told = (30_000_007).to_bytes(4, "little")
    assert content.count(told) == 2  # before the part and in the list at the end
    path.write_bytes(content.replace(told, (100).to_bytes(4, "little")))
    ended = run(path, tmp_path / "out")
    assert (ended.status, ended.findings) == (0, ["broken"])
    assert ended.memory <= program.MEMORY_BYTES // 4


def test_the_program_runs_within_the_bounds_it_names(tmp_path: Path) -> None:
    """Read off the running program: that of time would take its time to be seen."""
    endless = paragraph("".join(f"{{% for x{n} in items %}}" for n in range(12)) + "{% endfor %}" * 12)
    with subprocess.Popen(
        command("fill", str(changed(tmp_path, add=endless))), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as started:
        assert started.stdin is not None
        started.stdin.write(order())
        started.stdin.close()
        limits, until = "", time.monotonic() + 10
        while not re.search(r"file size +2\d{7} ", limits) and time.monotonic() < until:  # set last but for the core's
            time.sleep(0.02)
            limits = Path(f"/proc/{started.pid}/limits").read_text()
        started.kill()
    held = {line[:26].strip(): line[26:].split()[0] for line in limits.splitlines()}
    assert held["Max address space"] == str(program.MEMORY_BYTES)
    assert held["Max cpu time"] == str(program.CPU_SECONDS)
    assert int(held["Max file size"]) <= program.OUTPUT_BYTES + KIB * KIB
    assert held["Max core file size"] == "0"


def test_what_is_too_long_to_be_opened_is_told_as_too_much_and_not_as_torn(tmp_path: Path) -> None:
    assert [each.split(":")[0] for each in refused(changed(tmp_path, add=paragraph(UNPACKED)), PAPER)] == ["TooMuchToFill"]
