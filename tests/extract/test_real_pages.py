"""What pages of the web have and printed reports have not: headlines given twice, found people in a report of
volunteers, winners told by the year of their contest.
"""

from __future__ import annotations

import pytest

from svod.extract.reader import read
from svod.models import ReportFacts, ReportText


def _read(text: str) -> ReportFacts:
    return read(ReportText(text=text))


def test_a_headline_given_twice_is_told_once() -> None:
    head = "Столовая «Ладога» накормила горячим супом гостей в шести районах"
    facts = _read(f"{head}\n\n{head}\n\nЗа неделю обед получили 340 человек, им помогали 25 волонтёров.")
    assert sorted(int(m.value) for m in facts.metrics) == [6, 25, 340]


def test_people_found_by_volunteers_are_none_of_them() -> None:
    facts = _read(
        "За 2024 год в отряд добровольцев «Компас» поступило 140 заявок. По данным волонтёров, 96 человек "
        "были найдены живыми. Ещё 30 человек обучены на курсах волонтёров."
    )
    told = {int(m.value): m.beneficiary for m in facts.metrics}
    assert told[96] == "general"
    assert told[30] == "volunteers"


@pytest.mark.parametrize(
    ("sentence", "unit"),
    [
        ("В области поддержку получили 29 подавших заявки местных организаций.", "организация"),
        ("На курсы пришли 18 окончивших колледж педагогов.", "педагог"),
        ("Приехали 40 отдыхающих детей.", "ребёнок"),
        ("Проведено 12 развивающих занятий.", "занятие"),
    ],
)
def test_the_object_of_a_participle_is_not_counted(sentence: str, unit: str) -> None:
    assert [m.unit for m in _read(sentence).metrics] == [unit]


def test_winners_are_no_result_of_the_year() -> None:
    facts = _read(
        "Завершился осенний отбор социальных программ 2022 года, сообщили в правительстве области. "
        "Победителями стали 38 программ, на них направят 86,9 млн рублей."
    )
    assert {m.period for m in facts.metrics} == {None}


def test_the_hashtag_after_a_complement_is_the_name() -> None:
    facts = _read("Волонтёры акции взаимопомощи #ДелимсяТеплом развезли 70 наборов.")
    assert [p.name for p in facts.projects] == ["ДелимсяТеплом"]


def test_the_weight_of_all_that_was_given_counts() -> None:
    facts = _read("Фрукты и соки общим весом более 180 кг волонтёры доставили в три детских дома.")
    assert (180, "килограмм") in {(int(m.value), m.unit) for m in facts.metrics}
