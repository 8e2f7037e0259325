"""Folders of files: what is taken up, and what counts as gone."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from svod.extract.files import archives
from svod.extract.files.text import clean_text
from svod.fetch.connectors import files
from svod.models import FetchResult, Outcome

from .conftest import Fetcher, make_source
from .pages import PROSE, article


def texts(fetch: Fetcher, result: FetchResult) -> list[str]:
    return [
        clean_text(fetch.archive.get(i.body_sha256), i.media_type, i.charset, i.selector).text
        for i in result.items
    ]


def test_a_folder_of_files_is_taken_up_by_path(fetch: Fetcher, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    (folder / "район").mkdir(parents=True)
    (folder / "район" / "отчёт.txt").write_bytes("Проведено 120 занятий для 45 семей".encode("cp1251"))
    (folder / "page.html").write_text(article())
    (folder / "empty.txt").write_text("")
    (folder / "gone.txt").symlink_to(folder / "nowhere")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    (folder / "~$draft.docx").write_bytes(b"x")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a/first.txt", PROSE)
        archive.writestr("second.csv", "Семей;45\n")
        archive.writestr("bomb.txt", b"0" * 40_000_000, zipfile.ZIP_DEFLATED)
    (folder / "many.zip").write_bytes(packed.getvalue())
    source = make_source("files", str(folder))
    result = fetch(source)
    keys = {i.natural_key for i in result.items}
    assert keys == {"район/отчёт.txt", "page.html", "many.zip!/a/first.txt", "many.zip!/second.csv"}
    assert {r.key: r.code for r in result.rejections} == {
        "empty.txt": "empty_file",
        "gone.txt": "unreadable",
        "photo.jpg": "unsupported_type",
        "many.zip!/bomb.txt": "zip_limits",
    }
    assert all("Проведено 120" in t or "Семей" in t for t in texts(fetch, result))
    (folder / "page.html").unlink()
    (folder / "район" / "отчёт.txt").write_text("Проведено 130 занятий")
    again = fetch(source)
    assert [i.natural_key for i in again.items] == ["район/отчёт.txt"]
    assert again.withdrawn == ("page.html",)


def test_a_folder_that_is_away_withdraws_nothing(fetch: Fetcher, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text(PROSE)
    source = make_source("files", str(folder))
    fetch(source)
    (folder / "a.txt").unlink()
    folder.rmdir()
    result = fetch(source)
    assert result.events[-1].reason.startswith("no_folder")
    assert result.withdrawn == ()
    folder.mkdir()
    assert fetch(source).events[-1].outcome is Outcome.EMPTY_UNEXPECTED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five files and a zip of three."""
    path = tmp_path / "reports"
    path.mkdir()
    for n in range(5):
        (path / f"{n}.txt").write_text(f"Отчёт {n}: {PROSE}")
    with zipfile.ZipFile(path / "z.zip", "w") as packed:
        for n in range(3):
            packed.writestr(f"m{n}.txt", f"В архиве {n}: {PROSE}")
    return path


def empty(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


def test_an_emptied_folder_withdraws_nothing(fetch: Fetcher, folder: Path) -> None:
    """A share that is not mounted looks like this."""
    source = make_source("files", str(folder))
    assert len(fetch(source).items) == 8
    empty(folder)
    result = fetch(source)
    assert result.events[-1].outcome is Outcome.EMPTY_UNEXPECTED
    assert result.withdrawn == ()


def test_one_empty_folder_of_two_withdraws_nothing(fetch: Fetcher, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.txt").write_text(PROSE)
    source = make_source("files", urls=[str(folder), str(tmp_path / "more")])
    assert len(fetch(source).items) == 9
    empty(tmp_path / "more")
    assert fetch(source).withdrawn == ()


def test_a_folder_that_may_be_empty_is_believed(fetch: Fetcher, folder: Path) -> None:
    source = make_source("files", str(folder), may_be_empty=True)
    fetch(source)
    empty(folder)
    result = fetch(source)
    assert result.events[-1].outcome is Outcome.EMPTY_DECLARED
    assert len(result.withdrawn) == 8


@pytest.mark.parametrize("declared", [True, False])
def test_most_of_a_folder_gone_at_once_is_not_believed(fetch: Fetcher, folder: Path, declared: bool) -> None:
    source = make_source("files", str(folder), may_be_empty=declared)
    fetch(source)
    (folder / "z.zip").unlink()
    for n in (0, 1):
        (folder / f"{n}.txt").unlink()
    odd = fetch(source)
    assert odd.withdrawn == ()
    assert [r.code for r in odd.rejections] == ["mass_withdrawal"]
    (folder / "0.txt").write_text(f"Отчёт 0: {PROSE}")
    assert len(fetch(source).withdrawn) == 4


def test_files_that_moved_are_gone_from_where_they_were(fetch: Fetcher, folder: Path) -> None:
    source = make_source("files", str(folder))
    fetch(source)
    (folder / "2026").mkdir()
    for path in [p for p in folder.iterdir() if p.is_file()]:
        path.rename(folder / "2026" / path.name)
    result = fetch(source)
    assert len(result.items) == len(result.withdrawn) == 8
    assert not result.rejections


@pytest.mark.parametrize("spoilt", ["half copied", "too large"])
def test_a_zip_that_cannot_be_read_keeps_its_reports(
    fetch: Fetcher, folder: Path, spoilt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_source("files", str(folder))
    fetch(source)
    whole = (folder / "z.zip").read_bytes()
    if spoilt == "too large":
        monkeypatch.setattr(files, "MAX_BYTES", len(whole) - 1)
    else:
        (folder / "z.zip").write_bytes(whole[: len(whole) // 2])
    result = fetch(source)
    assert result.withdrawn == ()
    assert [r.key for r in result.rejections] == ["z.zip"]
    monkeypatch.undo()
    (folder / "z.zip").write_bytes(whole)
    again = fetch(source)
    assert not again.items
    assert set(again.seen) >= {f"z.zip!/m{n}.txt" for n in range(3)}
    (folder / "z.zip").unlink()
    assert len(fetch(source).withdrawn) == 3


def test_a_zip_that_grew_beyond_its_limit_keeps_its_reports(
    fetch: Fetcher, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make_source("files", str(folder))
    fetch(source)
    monkeypatch.setattr(archives, "MAX_TOTAL", 10)
    result = fetch(source)
    assert result.withdrawn == ()
    assert [r.key for r in result.rejections] == [f"z.zip!/m{n}.txt" for n in range(3)]
