"""An established measure with a figure or two: a project, or only how the page's other projects work."""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportFacts, ReportText

REPORT = """Фонд «Берег» подвёл итоги года

12.03.2024

Проект «Тихая гавань» принял 340 семей из шести районов.

Проект «Свой двор» собрал 120 подростков, проведено 96 занятий.

Клуб «Очаг» провёл 24 встречи для 51 отца.

Школа «Росток» обучила 33 специалиста, 17 волонтёров и 12 педагогов.

"""
TOLD = "Социальное такси перевезло 214 инвалидов, из них 37 колясочников."
PLANNED = "В следующем году фонд закупит для социального такси 3 автомобиля."


@pytest.fixture(scope="module")
def told() -> ReportFacts:
    return read(ReportText(text=REPORT + TOLD))


@pytest.fixture(scope="module")
def planned() -> ReportFacts:
    return read(ReportText(text=REPORT + PLANNED))


def _owners(facts: ReportFacts) -> dict[int, str | None]:
    return {int(m.value): m.project for m in facts.metrics}


def test_a_measure_that_a_paragraph_reports_on_is_a_project(told: ReportFacts) -> None:
    assert "Социальное такси" in [p.name for p in told.projects]
    assert _owners(told)[214] == "Социальное такси"


def test_one_that_only_has_a_plan_is_none(planned: ReportFacts) -> None:
    assert [p.name for p in planned.projects] == ["Тихая гавань", "Свой двор", "Очаг", "Росток"]
    assert _owners(planned)[3] != "Социальное такси"


def test_the_figures_of_others_stay_theirs(told: ReportFacts, planned: ReportFacts) -> None:
    others = {340: "Тихая гавань", 120: "Свой двор", 24: "Очаг", 33: "Росток"}
    assert _owners(told).items() >= others.items()
    assert _owners(planned).items() >= others.items()
