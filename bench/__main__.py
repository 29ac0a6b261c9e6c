"""``./dev bench [sizes …]``: import, index, pages, submits and memory over generated Vietnamese registers, each beside its aim.

Everything happens in a temporary instance, on loopback, in bounded time: about five minutes for both sizes on two quiet cores.
"""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import time
from pathlib import Path

from flask import Flask

from bench import assigning, auditing, board, generator, hostile, pages, papers, preparing, processes, visible
from bench.duplicates import __main__ as duplicates
from bench.relevance import __main__ as relevance
from bench.search import __main__ as searching
from innovations import search
from innovations.cli.demo import staff
from innovations.extensions import db
from innovations.proposals.rules.visibility import reader_tokens
from innovations.search.models import IndexJob

SIZES = (1000, 10_000)
SUBMITS, CHANGES = 60, 10
#: Aims of a register of 10,000; smaller ones meet them as well.
IMPORT_ROWS, PAGE_MS, SUBMIT_MS, FOUND_SECONDS, WEB_MB, WORKER_MB, FIRST_PAGE_SECONDS = 1000, 60, 100, 2.0, 200, 350, 3.0
REBUILT_DOCUMENTS = 800


def say(what: str, value: str, met: bool | None = None, aim: str = "") -> None:
    """One line: what was measured, and whether its aim is met."""
    verdict = "" if met is None else f"   {'met   ' if met else 'MISSED'} aim {aim}"
    print(f"{what:58} {value:>55}{verdict}", flush=True)


def shown(timing: pages.Timing) -> str:
    """``p50 12.3 ms  p95 20.1 ms  (work 11.9)``: the last is processor time, which other programs' load changes least."""
    work = "" if timing.work is None else f"  (work {timing.work:.1f})"
    return f"p50 {timing.p50:6.1f} ms  p95 {timing.p95:6.1f} ms{work}"


def run(rows: int) -> dict[str, int]:
    """Measure a register of ``rows`` proposals; returns the queries of each page."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        instance = Path(folder)
        app = preparing.new_instance(instance)
        print(f"\n{rows} proposals")
        with app.app_context():
            speed = preparing.bring_register(rows)
            say("import", f"{speed:.0f} rows/s", speed >= IMPORT_ROWS, f"{IMPORT_ROWS} rows/s")
            say("index", f"{preparing.build_index(rows):.0f} documents/s")
            speed = preparing.rebuild_index()
            say(
                "rebuild of the index", f"{speed:.0f} documents/s", speed >= REBUILT_DOCUMENTS, f"{REBUILT_DOCUMENTS} documents/s"
            )
            addresses = preparing.drafts(SUBMITS + CHANGES)
        queries = in_one_process(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
        in_real_processes(app, instance, addresses, beside=min(10_000, max(4000, rows * 6 // 10)), first=rows)
    return queries


def in_one_process(app: Flask) -> dict[str, int]:
    """The ten pages and the engine's share, one client, warm."""
    client, queries = pages.signed_in(app, preparing.READER, preparing.PASSWORD), {}
    with app.app_context():
        for page in pages.pages_of(pages.some_improvement()):
            queries[page] = pages.queries_of(client, page)
            taken = pages.measure_page(client, page)
            say(page, f"{shown(taken)} {queries[page]:3} queries", taken.p95 <= PAGE_MS, f"p95 {PAGE_MS} ms")
        engine = pages.measure_engine(reader_tokens(staff.find().actor(preparing.READER)))
        say(f"  of /library/?q={pages.QUESTION} the search engine", shown(engine))
    return queries


def in_real_processes(app: Flask, instance: Path, addresses: list[str], *, beside: int, first: int) -> None:
    """What readers feel at a running server, alone and while an import and a rebuild run beside it; then the memory."""
    register = instance / "register.csv"
    register.write_bytes(generator.register(beside, first=first).getvalue())
    with processes.served(instance) as server:
        taken = server.first_page_seconds
        say("start of ./dev run to the first page", f"{taken:.1f} s", taken < FIRST_PAGE_SECONDS, f"{FIRST_PAGE_SECONDS:.0f} s")
        author = processes.Browser(server.port)
        author.sign_in(preparing.AUTHOR, preparing.PASSWORD)
        processes.visit(author, ["/", "/proposals/", "/library/", "/reports/", "/boards/"])
        say_memory(server, "after 300 visits")
        slowest = max(_found(app, author, address, f"zq{number}") for number, address in enumerate(addresses[:CHANGES]))
        met = slowest <= FOUND_SECONDS
        say("change to found by /proposals/?q=, slowest of ten", f"{slowest:.2f} s", met, f"{FOUND_SECONDS:.0f} s")
        under_load(app, instance, server, author, addresses[CHANGES:], register)
        say_memory(server, "after the import, its indexing and a rebuild")


def _found(app: Flask, author: processes.Browser, address: str, word: str) -> float:
    with app.app_context():
        preparing.rename(address, word)
    return processes.measure_found(author, address, word)


def under_load(
    app: Flask, instance: Path, server: processes.Server, author: processes.Browser, addresses: list[str], register: Path
) -> None:
    """Submits while the worker rebuilds the index and another process imports; then wait for both."""
    with app.app_context():
        search.engine().folder.report_damage("so that the worker rebuilds while submits are measured")
    with processes.started(
        instance, "-m", "flask", "register", "import", str(register), "--unit", "QCM", "--as", preparing.ADMIN
    ) as other:
        time.sleep(3)  # until it writes
        submits = processes.measure_submits(author, addresses)
        running = other.poll() is None
        say(
            "submit to acknowledgement, import and rebuild beside",
            shown(submits),
            submits.p95 <= SUBMIT_MS,
            f"p95 {SUBMIT_MS} ms",
        )
        say("  the import was still running at the end", "yes" if running else "no")
        if other.wait(timeout=120) != 0:
            raise SystemExit(f"the import beside failed: {(instance / 'bench-said.txt').read_text()[-2000:]}")
    with app.app_context():
        wait_for_index()


def wait_for_index() -> None:
    """Until the worker has drained everything, two minutes at most."""
    until = time.monotonic() + 120
    while db.session.query(IndexJob.id).first() is not None and time.monotonic() < until:
        db.session.rollback()
        time.sleep(0.2)
    db.session.rollback()


def say_memory(server: processes.Server, when: str) -> None:
    """Resident memory of the process that answers pages and of the worker."""
    for name, limit in (("web", WEB_MB), ("worker", WORKER_MB)):
        held = processes.memory_mb(server.family()[name])
        told = f"{held.now} MB ({held.files} of files), at most {held.peak} MB"
        say(f"memory of the {name} process {when}", told, held.peak <= limit, f"{limit} MB")


def main() -> None:
    """Sizes from the command line, else 1,000 and 10,000; the queries of a page must not depend on them."""
    others = {
        "assign": assigning,
        "audit": auditing,
        "board": board,
        "duplicates": duplicates,
        "hostile": hostile,
        "relevance": relevance,
        "search": searching,
        "papers": papers,
        "visible": visible,
    }
    if sys.argv[1:] and sys.argv[1] in others:
        raise SystemExit(others[sys.argv[1]].main(sys.argv[2:]))
    began = time.monotonic()
    cores, load = os.cpu_count(), os.getloadavg()[0]
    print(
        f"{platform.platform()}, Python {platform.python_version()}, {platform.machine()}, {cores} cores, load {load:.1f} before"
    )
    counted = [run(size) for size in [int(argument) for argument in sys.argv[1:]] or SIZES]
    if len(counted) > 1:
        same = all(list(each.values()) == list(counted[0].values()) for each in counted)
        say("\nqueries of every page are the same at all sizes", "yes" if same else "no", same, "the same")
    print(f"took {time.monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f} after")


if __name__ == "__main__":
    main()
