"""The index of a whole register is lost: pages answer from the database, and within a minute it is whole and equal again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fault_index import DAMAGES, NOTICE, nothing_waits, said, the_lock
from fault_processes import codes_in, running, start_worker, wait_until
from fault_sizes import HEALED_ROWS as ROWS
from fault_sizes import HEALED_SECONDS
from test_killed_worker import bring_register

from innovations import search
from tests.world import World

QUESTION = "/library/?q=gia+de+dung+cu&sort=title"


def test_the_index_of_a_register_is_whole_again_within_a_minute(world: World, told: Callable[..., None]) -> None:
    client, taken = world.client("docgia"), []
    bring_register(world, ROWS)
    with running(start_worker(Path(world.app.instance_path))):
        wait_until(lambda: search.available() and nothing_waits(), seconds=300, told=lambda: said(world)[-2000:])
        before = codes_in(client.get(QUESTION).text)
        assert before
        for name in ("the folder is gone", "postings cut", "a foreign version"):
            with the_lock():
                DAMAGES[name][0]()
                search.engine().close()  # as a web process that opens it now
                assert NOTICE in client.get(QUESTION).text, name
            taken.append(wait_until(search.available, seconds=HEALED_SECONDS, told=lambda: said(world)[-2000:]))
            shown = client.get(QUESTION).text
            assert (codes_in(shown), NOTICE in shown) == (before, False), name
            assert search.verify_index() == {"ok": True, "problems": [], "documents": ROWS, "expected": ROWS}, name
    told(done=f"{ROWS} documents, healed after {max(taken):.0f} s at most", lost=0, doubled=0)
