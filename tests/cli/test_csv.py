"""What leaves as CSV is opened in spreadsheets: a report's text must not become a formula there."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest

from svod.cli.warehouse import _print_rows


def test_formulas_stand_behind_an_apostrophe_and_numbers_stay_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    texts = ['=HYPERLINK("http://x")', "@SUM(A1)", "+1+cmd", "-2+3", "\tx"]
    harmless = ["Проект «Лад»", "7 % = много", "", Decimal(-5), date(2024, 1, 2)]
    _print_rows(["a"], [(value,) for value in (*texts, *harmless)], as_csv=True)
    _, *rows = csv.reader(capsys.readouterr().out.splitlines())
    found = [row[0] if row else "" for row in rows]
    assert found == [*(f"'{text}" for text in texts), *map(str, harmless)]
