"""The whole dossier in one file, for its authors and those who handle it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

from innovations.documents.extract import pages_of
from innovations.proposals.loading import proposal_at
from tests.world import World


def test_the_archive_holds_every_paper_and_file_under_its_name(world: World) -> None:
    address = world.draft()
    for _time in range(2):
        world.attach(address, text="Biên bản đo lại.")
    client = world.client("tacgia")
    answer = client.get(f"/proposals/{address}/dossier.zip")
    proposal = proposal_at(address)
    assert proposal is not None
    with zipfile.ZipFile(BytesIO(answer.data)) as content:
        names = content.namelist()
        assert content.testzip() is None
        application = next(name for name in names if name.endswith("-application.pdf"))
        single = client.get(f"/proposals/{address}/papers/application.pdf").data
        assert pages_of(BytesIO(content.read(application))) == pages_of(BytesIO(single))
    files = [name for name in names if name.startswith("tep/")]
    assert len(set(files)) == len(proposal.attachments)
    assert all(any(name.endswith(each.name) for name in files) for each in proposal.attachments)
    answer.close()
    assert list((Path(world.app.instance_path) / "tmp").iterdir()) == []


def test_who_does_not_handle_it_gets_none(world: World) -> None:
    address = world.draft()
    assert world.client("docgia").get(f"/proposals/{address}/dossier.zip").status_code == 404
