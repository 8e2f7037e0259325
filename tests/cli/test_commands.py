"""The command line as a person meets it: real processes, their output and exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.running import ROOT, svod

REPORT = """Итоги проекта «Тёплый дом»

Томская область, 3 марта 2024 года

В 2023 году в проекте «Тёплый дом» приняли участие 120 семей с детьми.
"""


def test_extract_prints_a_line_a_report_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(REPORT)
    (reports / "b.pdf").write_text("not a PDF")
    (reports / "c.txt").write_text("")

    done = svod(tmp_path, "extract", str(reports))

    (facts,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert facts["file"].endswith("a.txt")
    assert [(metric["value"], metric["project"]) for metric in facts["metrics"]] == [(120, "Тёплый дом")]
    assert REPORT[facts["metrics"][0]["start"] : facts["metrics"][0]["end"]] == facts["metrics"][0]["quote"]
    assert "b.pdf" in done.stderr
    assert "[damaged]" in done.stderr
    assert "[empty_file]" in done.stderr
    assert done.returncode == 1


def test_extract_says_which_files_of_a_folder_it_passed_over(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    (reports / "2023").mkdir(parents=True)
    (reports / "a.txt").write_text(REPORT)
    for name in ("b.doc", "2023/c.DOC", "2023/d.png", "2023/list"):
        (reports / name).write_text("")

    done = svod(tmp_path, "extract", str(reports))

    assert "passed over 2 .doc, 1 .png, 1 without an ending; readable are .csv," in done.stderr
    assert len(done.stdout.splitlines()) == 1
    assert done.returncode == 0


def test_extract_leaves_out_what_programs_leave_in_a_folder(tmp_path: Path) -> None:
    reports = tmp_path / ".reports"
    (reports / ".git").mkdir(parents=True)
    for name in ("~$a.docx", ".b.txt", ".git/c.txt", "Thumbs.db"):
        (reports / name).write_text("not a report")
    (reports / os.fsdecode(b"\xf2.txt")).write_text(REPORT)  # a name in cp1251

    done = svod(tmp_path, "extract", str(reports), settings={"PYTHONIOENCODING": "utf-8:strict"})

    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == [f"{reports}/\ufffd.txt"]
    assert (done.stderr, done.returncode) == ("", 0)


def test_a_full_disk_is_said_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT)

    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "svod", "extract", str(tmp_path)],
            env={**os.environ, "SVOD_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "plugins")},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.stderr == "svod: No space left on device\n"
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("b.rtf", r"{\rtf1\ansi 120 families}", "no reader for rich text; save it as .docx or .txt"),
        ("b.txt", r"{\rtf1\ansi 120 families}", "no reader for rich text"),
        ("b.json", '{"families": 120}', "no reader for .json"),
        ("b.doc", "120 families", "no reader for .doc"),
    ],
)
def test_a_file_of_another_kind_is_an_error_and_its_neighbours_are_read(
    tmp_path: Path, name: str, body: str, told: str
) -> None:
    (tmp_path / "report").write_text(REPORT)  # without an ending: known by its content
    (tmp_path / name).write_text(body)

    done = svod(tmp_path, "extract", name, "report")
    explained = svod(tmp_path, "explain", name)

    assert [json.loads(line)["file"] for line in done.stdout.splitlines()] == ["report"]
    for refused in (done, explained):
        assert f"svod: {name}: {told}" in refused.stderr
        assert "[unsupported_type]" in refused.stderr
        assert refused.returncode == 1


def test_explain_names_the_rule_of_a_fact_and_the_reason_of_a_rejection(tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text(REPORT)

    text, page = svod(tmp_path, "explain", str(report)), svod(tmp_path, "explain", "--html", str(report))

    assert "120 семей" in text.stdout
    assert "2024" in text.stdout
    assert page.stdout.lstrip().lower().startswith("<!doctype html")
    assert (text.returncode, page.returncode) == (0, 0)


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["extract", "."], 1, "no report found"),
        (["extract", "absent.txt"], 2, "does not exist"),
        (["up", "--workers", "2"], 2, "add --executor celery"),
        (["up", "--executor", "kubernetes"], 2, "'local', 'celery'"),
        (["sql", "select 1"], 1, "there is no warehouse yet"),
        (["releases"], 1, "there is no warehouse yet"),
        (["replay", "atlantis"], 1, "there is no"),
        (["status"], 1, "not running"),
        (["--version"], 0, "svod 0.1.0, extractor "),
        (["reextract", "changes", "--entity", "sum"], 2, "'metric', 'project', 'partner', 'report'"),
        (["sources", "check", "atlantis"], 1, "there is no source 'atlantis'"),
        (["bench", "nothing"], 1, "no benchmark 'nothing'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    tmp_path: Path, arguments: list[str], code: int, reason: str
) -> None:
    done = svod(tmp_path, *arguments)

    assert reason in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == code


def test_a_pipe_that_closes_early_is_no_failure(tmp_path: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -P -m svod sources list | head -1",
        env={**os.environ, "SVOD_HOME": str(tmp_path), "PYTHONPATH": str(ROOT / "plugins")},
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.startswith("Source")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("folder", "told"), [("none", "is no folder"), ("empty", "holds no file")])
def test_a_demo_of_no_files_begins_nothing(tmp_path: Path, folder: str, told: str) -> None:
    (tmp_path / "empty" / "deeper").mkdir(parents=True)

    done = svod(tmp_path, "demo", "--files", str(tmp_path / folder))

    assert told in done.stderr
    assert not (tmp_path / "postgres").exists()
    assert done.returncode == 1


def test_a_folder_without_sources_is_an_error(tmp_path: Path) -> None:
    done = svod(tmp_path, "sources", "list", settings={"SVOD_SOURCES_DIR": str(tmp_path / "none")})

    assert f"there is no source in {tmp_path / 'none'}" in done.stderr
    assert done.returncode == 1


def test_a_script_that_adds_a_source_is_asked_nothing(tmp_path: Path) -> None:
    """The time zone has a default; the address is never reached, because there is no such region."""
    told = {"--url": "a.example", "--id": "a_b", "--title": "T", "--publisher": "P", "--iso": "RU-XXX"}

    done = svod(
        tmp_path, "sources", "add", *(w for pair in told.items() for w in pair), "--owner", "me", given=""
    )

    assert done.stderr == "svod: no region has the code 'RU-XXX'\n"
    assert (done.stdout, done.returncode) == ("", 1)
