"""The last page of a demo: what it says of the runs, and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from svod.cli.report import describe, print_demo
from svod.runtime.demo import DemoResult, RunResult
from svod.runtime.supervisor import State


def test_a_demo_of_files_names_its_folder_and_counts_reports_apart_from_requests(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = {
        "source": "files",
        "reports": 12,
        "requests": 1,
        "not_modified": 0,
        "failed": 0,
        "quarantined": 3,
        "failure": None,
    }
    summary = {
        "sources": [source],
        "counts": {"sources": 1, "reports": 12, "projects": 1},
        "gate": {"critical_failures": 0, "expectations": 85, "warnings": 1},
        "fact": None,
    }
    monkeypatch.setenv("COLUMNS", "80")
    other = RunResult("ingest__voronezh_sotszashchita", "run", "success", 4.0, ())
    run = RunResult("ingest__files", "run", "success", 4.0, ())
    folder = Path("/reports [2024]")

    print_demo(DemoResult((run, other), summary, State(1, "ready"), False, 40.0, folder, 15), {})

    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "Folder     /reports [2024]: 15 files"
    assert lines[2].split("  ")[-5:] == [
        "Reports read",
        "Requests",
        "Unchanged",
        "Failed",
        "Quarantined",
    ]
    assert lines[3].split() == ["ingest__files", "success", "12", "1", "0", "0", "3"]
    assert lines[4].split() == ["ingest__voronezh_sotszashchita", "success"]
    assert "`./svod quarantine list` says what was quarantined, and why" in lines
    assert "Published  1 source, 12 reports, 1 project" in lines
    assert "Gate       passed: 85 expectations, 1 warning" in lines


def test_the_fact_of_a_demo_is_told_as_people_read_it() -> None:
    fact = {
        "project": "Лето",
        "value_text": "≥ 3 870",
        "unit": "ребёнок",
        "period_start": None,
        "period_end": "2024-12-31",
    }
    assert describe(fact) == "Лето: ≥ 3 870 ребёнок, … to 2024-12-31"
