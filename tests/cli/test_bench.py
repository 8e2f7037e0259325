"""A benchmark that takes a minute says what it is doing."""

from __future__ import annotations

import json

import pytest
from bench import extract


def test_the_steps_go_to_standard_error_and_the_figures_to_standard_output(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "_in_process", lambda _part: {"natasha": 2.0, "svod": 1.0})

    extract.main(json=True)

    told = capsys.readouterr()
    assert json.loads(told.out)["ratio"] == 2.0
    assert "first half of the texts, round 1 of 3" in told.err
    assert "growth" in told.err
