"""Whole reports of our own (reports.txt): who does what, and whose and of when a figure is.

After «===» a report's name and its text; after «---» the facts that must be read, one a line:
P name | kind | status, O name | type | role, F value kind unit … &beneficiary @period #project (#- for none),
W publisher. A line that begins with «!» must not be read; «!F 12» forbids any figure of that value.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from svod.extract.reader import read, read_many
from svod.models import MetricMention, ReportFacts, ReportText


def _cases() -> list[tuple[str, str, tuple[str, ...]]]:
    body = (Path(__file__).parent / "reports.txt").read_text(encoding="utf-8")
    cases = []
    for part in re.split(r"(?m)^=== ", body)[1:]:
        name, _, rest = part.partition("\n")
        text, _, facts = rest.partition("\n---\n")
        cases.append((name, text + "\n", tuple(line for line in facts.splitlines() if line.strip())))
    return cases


CASES = _cases()


@cache
def _facts() -> dict[str, ReportFacts]:
    found = read_many([ReportText(text=text) for _, text, _ in CASES])
    return {name: facts for (name, _, _), facts in zip(CASES, found, strict=True)}


def _figure(m: MetricMention, wanted: str) -> str:
    """The figure in the notation of the file, with the attributes that the wanted line speaks of."""
    value = f"{m.value.normalize():f}" + (f"..{m.value_max.normalize():f}" if m.value_max is not None else "")
    parts = [value, m.kind, m.unit]
    parts += [m.comparator] * (m.comparator != "eq") + [m.direction or ""] * bool(m.direction)
    parts += ["plan"] * m.planned
    if " &" in wanted:
        parts.append(f"&{m.beneficiary or '-'}")
    if " @" in wanted:
        parts.append(f"@{m.period.start or ''}..{m.period.end or ''}" if m.period else "@none")
    if " #" in wanted:
        parts.append(f"#{m.project or '-'}")
    return " ".join(parts)


def _read(facts: ReportFacts, line: str) -> list[str]:
    """What was read of the line's sort, in its notation."""
    sort = line.lstrip("!")[0]
    if sort == "P":
        return [f"P {p.name} | {p.kind} | {p.status}" for p in facts.projects]
    if sort == "O":
        return [f"O {p.name} | {p.type} | {p.role}" for p in facts.partners]
    if sort == "W":
        return [f"W {facts.publisher}"]
    return [f"F {_figure(m, line)}" for m in facts.metrics]


@pytest.mark.parametrize(("name", "line"), [(n, line) for n, _, lines in CASES for line in lines])
def test_report_is_read(name: str, line: str) -> None:
    read = _read(_facts()[name], line)
    if not line.startswith("!"):
        assert line in read
    elif re.fullmatch(r"!F [\d.]+", line):
        assert line[1:] not in [" ".join(r.split()[:2]) for r in read]
    else:
        assert not [r for r in read if r.startswith(line[1:])]


def test_every_sort_of_fact_is_asked_for() -> None:
    assert {line.lstrip("!")[0] for _, _, lines in CASES for line in lines} == {"P", "O", "F", "W"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Дорогие друзья и коллеги, рады сообщить вам добрую весть о том, что наш фонд закончил работу по "
            "гранту и отправил отчёт, эксперты приняли его без замечаний.\nВ ходе гранта фонд провёл:\n"
            "— 36 кинопоказов в клубе на улице Лесной\n"
            "В столовой на улице Лесной было выдано: 2 700 порций супа\n"
            "Гречка, хлеб, компот и самые тёплые слова для каждого гостя нашей столовой, спасибо всем.",
            {36, 2700},
        ),
        (
            "Завтра в доме культуры вручат гранты победителям областного конкурса «Шаг навстречу» среди "
            "общественных организаций инвалидов, которые целый год изучали нужды своих земляков и писали "
            "программы на будущее, спорили о них и учились друг у друга вести дела.\nПо итогам конкурса "
            "70 тысяч рублей получит районное общество слепых, 40 тысяч рублей – общество глухих.",
            {70000, 40000},
        ),
    ],
)
def test_what_a_colon_or_an_award_tells_is_told_firmly(text: str, expected: set[int]) -> None:
    """A report whose clauses have no verb of their own is no announcement."""
    assert {int(m.value) for m in read(ReportText(text=text)).metrics} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Победителями конкурса стали свыше 1,3 тыс. команд, сообщил фонд.\n\n"
            "«Поддержку получили 1347 команд из всех областей», — уточнили в фонде.",
            [1347],
        ),
        (
            "Помощь в этом году получили более 300 семей округа.\n\nНаборы развезли для 315 семей.",
            [315],
        ),
        ("В лагере отдохнули более 300 детей.\n\nЕщё 420 детей ходили в походы.", [300, 420]),
        ("Гости почтенного возраста – более 60 чел.", [60]),
    ],
)
def test_what_the_lead_rounds_is_told_once(text: str, expected: list[int]) -> None:
    assert [int(m.value) for m in read(ReportText(text=text)).metrics] == expected


@pytest.mark.parametrize(
    ("sentence", "planned"),
    [
        ("Общая сумма, которую победители получат на свои программы, составит 6,4 млн рублей.", False),
        ("Финансирование поддержанных программ составит 2,7 млрд рублей.", False),
        ("300 тысяч рублей гранта пойдут на ремонт приюта.", False),
        ("В 2030 году расходы на программу составят 6,4 млн рублей.", True),
    ],
)
def test_a_sum_that_is_awarded_is_no_plan(sentence: str, planned: bool) -> None:
    assert [m.planned for m in read(ReportText(text=sentence)).metrics] == [planned]
