"""What cannot be read goes to quarantine by itself; its neighbours are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from svod.archive import Archive
from svod.errors import ArchiveError
from svod.extract import reader
from svod.models import Item
from svod.sources import load_source
from svod.steps import ingest
from svod.steps.warehouse import CHECKOUT

SOURCE = load_source(CHECKOUT / "dags" / "sources" / "kirov_dobro43.yml")
TEXT = "В рамках проекта «Тёплый дом» помощь получили 120 семей. "


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(str(tmp_path / "archive"))


@pytest.fixture
def outcomes(archive: Archive) -> Callable[[list[str]], dict[str, str]]:
    """Read reports with these words: natural key → how it ended."""

    def read(words: list[str]) -> dict[str, str]:
        items = []
        for word in words:
            sha256 = archive.put((TEXT + word).encode())
            items.append(
                Item(
                    source_id=SOURCE.id,
                    natural_key=word,
                    url=f"http://dobro43.example/{word}",
                    body_sha256=sha256,
                    media_type="text/plain",
                )
            )
        for path in Path(archive.uri.removeprefix("file://")).rglob("*.gz"):
            if path.name.startswith(tuple(i.body_sha256 for i in items if i.natural_key == "damaged")):
                path.write_bytes(b"no gzip")
        found: dict[str, str] = {}
        for row in ingest._read_items(SOURCE, archive, items):
            if "read" in row:
                found[row["read"]["item"]["natural_key"]] = f"{len(row['read']['facts']['metrics'])} figures"
            else:
                found[row["rejected"]["key"]] = f"{row['rejected']['code']}: {row['rejected']['reason']}"
        return found

    return read


def test_a_damaged_body_is_quarantined_alone(outcomes: Any) -> None:
    found = outcomes(["first", "damaged", "last"])
    assert found.pop("damaged").startswith("body_damaged: body ")
    assert found == {"first": "1 figures", "last": "1 figures"}


def test_a_report_on_which_a_rule_breaks_is_quarantined_alone(
    outcomes: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rule = reader._read

    def breaks(report: Any, doc: Any) -> Any:
        if "boom" in report.text:
            raise RecursionError("too deep")
        return rule(report, doc)

    monkeypatch.setattr(reader, "_read", breaks)
    assert outcomes(["first", "boom", "last"]) == {
        "first": "1 figures",
        "boom": "reader_failed: RecursionError: too deep",
        "last": "1 figures",
    }
    assert "the reader broke on boom" in caplog.text


def test_an_archive_that_cannot_be_reached_blames_no_report(
    outcomes: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> bytes:
        raise ConnectionError("no route")

    monkeypatch.setattr("svod.archive.files.FileStore.read", away)
    with pytest.raises(ArchiveError, match="cannot be read: no route"):
        outcomes(["first", "last"])
