"""Texts, numbers and dates as readers of either language expect them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from svod import web
from svod.web.wording import LANGUAGES, Language, Wording, load_texts

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
FOLDER = Path(web.__file__).parent
RU, EN = (Wording(language, load_texts(), NOW) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("value", "ru", "en"),
    [
        (0, "0", "0"),
        (1234, "1234", "1,234"),
        (12345, "12 345", "12,345"),
        (Decimal("12345.60"), "12 345,6", "12,345.6"),
        (Decimal("2487350"), "2 487 350", "2,487,350"),
        (Decimal("1E+3"), "1000", "1,000"),
        (Decimal("-0.5"), "−0,5", "−0.5"),
        (33.3, "33,3", "33.3"),
        (None, "—", "—"),
    ],
)
def test_numbers(value: int | float | Decimal | None, ru: str, en: str) -> None:
    assert RU.number(value).replace("\u00a0", " ") == ru
    assert EN.number(value) == en


@pytest.mark.parametrize(
    ("n", "ru", "en"),
    [
        (0, "0 отчётов", "0 reports"),
        (1, "1 отчёт", "1 report"),
        (2, "2 отчёта", "2 reports"),
        (5, "5 отчётов", "5 reports"),
        (11, "11 отчётов", "11 reports"),
        (12, "12 отчётов", "12 reports"),
        (21, "21 отчёт", "21 reports"),
        (104, "104 отчёта", "104 reports"),
        (112, "112 отчётов", "112 reports"),
    ],
)
def test_counted_words(n: int, ru: str, en: str) -> None:
    assert RU.count("n.reports", n).replace("\u00a0", " ") == ru
    assert EN.count("n.reports", n).replace("\u00a0", " ") == en


def test_days_and_moments() -> None:
    day = date(2026, 11, 7)
    assert (RU.day(day), EN.day(day)) == ("7\u00a0ноября\u00a02026", "7\u00a0November\u00a02026")
    assert (RU.short_day(day), EN.short_day(day)) == ("07.11.2026", "7\u00a0Nov\u00a02026")
    moscow = datetime.fromisoformat("2026-11-07T02:30:00+03:00")
    assert RU.moment(moscow) == "06.11.2026, 23:30\u00a0UTC"
    assert RU.percent(0.836) == "84\u00a0%"
    assert EN.percent(0.836) == "84%"


@pytest.mark.parametrize(
    ("past", "ru"),
    [
        (timedelta(seconds=20), "только что"),
        (timedelta(seconds=-90), "только что"),
        (timedelta(minutes=40), "40 мин назад"),
        (timedelta(hours=28), "28 ч назад"),
        (timedelta(days=2), "2 дня назад"),
        (timedelta(days=75), "75 дней назад"),
    ],
)
def test_how_long_ago(past: timedelta, ru: str) -> None:
    assert RU.ago(NOW - past).replace("\u00a0", " ") == ru


@pytest.mark.parametrize(
    ("start", "end", "ru"),
    [
        (None, None, "—"),
        ("2021-07-01", "2022-06-30", "01.07.2021 – 30.06.2022"),
        (None, "2022-12-31", "по 31.12.2022"),
        ("2022-01-01", None, "с 01.01.2022"),
        ("2022-01-01", "2022-12-31", "2022 год"),
        ("2021-01-01", "2022-12-31", "2021–2022 год"),
        ("2022-05-04", "2022-05-04", "04.05.2022"),
    ],
)
def test_periods(start: str | None, end: str | None, ru: str) -> None:
    days = [date.fromisoformat(day) if day else None for day in (start, end)]
    assert RU.period(*days) == ru


def test_a_rule_written_in_both_languages_is_shown_in_one() -> None:
    rule = "Количество не отрицательно · A count is not negative"
    assert (RU.half(rule), EN.half(rule)) == ("Количество не отрицательно", "A count is not negative")
    assert RU.half("One language") == EN.half("One language") == "One language"


def test_every_text_exists_in_both_languages_and_is_of_one_kind() -> None:
    texts = load_texts()
    assert len(texts) > 250
    for key, entry in texts.items():
        assert set(entry) == set(LANGUAGES), key
        assert isinstance(entry["ru"], list) == isinstance(entry["en"], list), key
        assert len(entry["ru"]) == 3 or isinstance(entry["ru"], str), key
        places = [set(re.findall(r"\{(\w+)\}", str(entry[language]))) for language in LANGUAGES]
        assert places[0] == places[1], key


def test_every_text_that_a_page_names_exists_and_none_lies_idle() -> None:
    sources = [p.read_text(encoding="utf-8") for p in (*FOLDER.rglob("*.html"), *FOLDER.rglob("*.py"))]
    named = {
        key
        for text in sources
        for key in re.findall(r"(?:\bt|\.say|\.count|\.plural)\(\s*['\"]([\w.]+)['\"]", text)
    }
    named |= {key for text in sources for key in re.findall(r"'(nav\.\w+)'", text)}
    named = {key for key in named if not key.endswith(".")}
    assert len(named) > 120
    texts = load_texts()
    assert named <= set(texts), named - set(texts)
    made_of_parts = (
        *(
            "state",
            "region",
            "outcome",
            "connector",
            "per",
            "stage",
            "severity",
            "direction",
            "comparator",
            "kind",
        ),
        *(
            "beneficiary",
            "project_kind",
            "project_status",
            "partner_type",
            "partner_role",
            "verdict",
            "judgement",
            "effect",
            "problem",
        ),
        *("error", "stale", "report_fact", "docs", "difference", "reports", "facts", "n", "table"),
    )
    direct = {"unit", "added", "changed", "gone", "beneficiary", "comparator", "kind", "direction"}
    idle = {key for key in texts if key not in named | direct and key.split(".")[0] not in made_of_parts}
    assert not idle


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_vocabulary_has_a_word(language: Language) -> None:
    from typing import get_args

    from svod import models

    words = Wording(language, load_texts(), NOW)
    vocabulary = {
        "project_kind": get_args(models.ProjectKind),
        "project_status": get_args(models.ProjectStatus),
        "partner_type": get_args(models.PartnerType),
        "partner_role": get_args(models.PartnerRole),
        "kind": get_args(models.MetricKind),
        "comparator": get_args(models.Comparator),
        "direction": get_args(models.Direction),
        "beneficiary": get_args(models.Beneficiary),
        "outcome": [outcome.value for outcome in models.Outcome],
    }
    for kind, codes in vocabulary.items():
        for code in codes:
            assert f"{kind}.{code}" in load_texts(), f"{kind}.{code}"
            assert words.code(kind, code) != "—"
