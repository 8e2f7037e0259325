"""Rows as they leave: a report's text is neither markup in a table nor a formula in a spreadsheet."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal

import pytest

from svod.cli.rows import print_rows


def test_formulas_stand_behind_an_apostrophe_and_numbers_stay_numbers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    texts = ['=HYPERLINK("http://x")', "@SUM(A1)", "+1+cmd", "-2+3", "+1 A1", "-", "\tx"]
    harmless = [
        "+20 %",
        "-11.4",
        "+10–15 %",
        "+5 000 ₽",
        "Проект «Лад»",
        "7 % = много",
        "",
        Decimal(-5),
        date(2024, 1, 2),
    ]
    print_rows(["a"], [(value,) for value in (*texts, *harmless)], as_csv=True)
    _, *rows = csv.reader(capsys.readouterr().out.splitlines())
    found = [row[0] if row else "" for row in rows]
    assert found == [*(f"'{text}" for text in texts), *map(str, harmless)]


def printed(capsys: pytest.CaptureFixture[str], value: object, name: str = "name") -> str:
    """The only cell of a table, as it is printed."""
    print_rows([name], [(value,)], as_csv=False)
    *_, cell, _ = capsys.readouterr().out.splitlines()
    return cell.strip("│ ")


@pytest.mark.parametrize(
    "text", ["В группе [club5|Забота] 30 человек", "[/b] text", "[red]7[/red]", "a\\[b]"]
)
def test_brackets_in_a_table_are_text(capsys: pytest.CaptureFixture[str], text: str) -> None:
    assert printed(capsys, text, name=text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("612500000.0"), "612500000"),
        (Decimal(3400), "3400"),
        (Decimal("1.50"), "1.5"),
        (Decimal("0.00"), "0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), "NaN"),
        (date(2024, 1, 10), "2024-01-10"),
        (None, ""),
        (["RU-KIR", "RU-KO"], '["RU-KIR", "RU-KO"]'),
        ({"url": "отчёт.txt"}, '{"url": "отчёт.txt"}'),
    ],
)
def test_a_number_has_no_zeros_of_its_scale(
    capsys: pytest.CaptureFixture[str], value: object, text: str
) -> None:
    assert printed(capsys, value) == text


def test_a_narrow_terminal_breaks_a_long_word_and_cuts_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    print_rows(
        ["evidence_url"], [("http://127.0.0.1:8080/svod/fact/" + "0123456789abcdef" * 2,)], as_csv=False
    )
    out = capsys.readouterr().out
    assert "…" not in out
    assert "".join(line.strip("│ ") for line in out.splitlines()[3:-1]).endswith("0123456789abcdef")


def test_a_terminal_too_narrow_for_the_columns_gets_a_line_a_field(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    names = [f"column_{n}" for n in range(9)]
    print_rows(names, [[f"[value] {n}" for n in range(9)], ["x"] * 9], as_csv=False)
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["column_0", "[value]", "0"] in lines
    assert ["column_8", "x"] in lines
    assert len(lines) == 2 * (1 + len(names))
