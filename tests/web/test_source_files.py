"""What the folder of sources says now stands on the Sources page: gone, paused since, not usable."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from . import samples
from .conftest import Place, open_place


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("sources")


@pytest.fixture(scope="module")
def place(make_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Place:
    made = open_place(make_database(), tmp_path_factory.mktemp("place"), sources_dir=folder)
    samples.fill(made.loader, made.archive)
    return made


def described(folder: Path, *, without: str = "", paused: str = "", broken: str = "") -> None:
    for old in folder.iterdir():
        old.unlink()
    for region in samples.REGIONS:
        source = samples.source_of(region)
        if source.id != without:
            text = yaml.safe_dump(source.model_dump(mode="json") | {"paused": source.id == paused})
            (folder / f"{source.id}.yml").write_text(text + "politness: {}\n" * (source.id == broken))


def states(place: Place) -> dict[str, str]:
    page = place.client().get("/sources").text
    return dict(re.findall(r'href="/sources/(\w+)".*?class="pill state-(\w+)"', page, flags=re.S))


def test_as_the_files_say_now(place: Place, folder: Path) -> None:
    described(folder)
    asked = states(place)
    failing = next(name for name, state in asked.items() if state == "failing")
    described(folder, without=failing)
    assert states(place) == asked | {failing: "removed"}
    assert place.client().get(f"/sources/{failing}").status_code == 200
    described(folder)
    assert states(place) == asked


def test_a_file_that_cannot_be_used_is_named_with_its_reason(place: Place, folder: Path) -> None:
    described(folder, broken="social_kir")
    (folder / "zz_new.yml").write_text("title: half a source\nkidn: <rss>\n")
    page = place.client().get("/sources?lang=en").text
    assert "Source files that cannot be used" in page
    assert "social_kir.yml: politness: unknown key" in page
    assert "zz_new.yml: kidn: unknown key" in page
    assert 'href="/dags/ingest__zz_new"' in page
    assert states(place)["social_kir"] == "unusable"
    assert "social_kir" in place.client().get("/sources?state=unusable").text
    assert "politness: unknown key" in place.client().get("/sources/social_kir").text
    described(folder)
    assert "unusable" not in states(place).values()
    assert "cannot be used" not in place.client().get("/sources?lang=en").text
