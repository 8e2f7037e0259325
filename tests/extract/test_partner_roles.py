"""The role of an organisation by weighed signs: what a sentence tells of it, and that no order matters."""

from __future__ import annotations

from itertools import permutations

import pytest

from svod.extract.lexicon import load
from svod.extract.partners.partner_roles import ROLES, told_by, weighed
from svod.extract.reader import read
from svod.extract.words.weighed import heaviest
from svod.models import ReportText

SENTENCES = {
    "Деньги на ремонт приюта выделил Благотворительный фонд «Ясень».": "funder",
    "Клуб открыт на средства Благотворительного фонда «Ясень».": "funder",
    "Обеды для занятий подарило ООО «Каравай».": "participant",
    "Семинар для родителей прошёл на базе Ржевского медицинского колледжа.": "participant",
    "Организатором фестиваля выступило Министерство культуры Омской области.": "coordinator",
    "АНО «Тихая пристань» реализует проект «Добрый сосед».": "implementer",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_role_told_by_a_sentence(sentence: str) -> None:
    page = f"Новости одного дня\n\nВ районе прошла неделя, и дел было много.\n\n{sentence}"
    (partner,) = read(ReportText(text=page)).partners
    assert partner.role == SENTENCES[sentence]


def test_signs_weigh_the_same_in_any_order() -> None:
    weights = {"a": [0.1, 0.3], "b": [0.2, 0.0], "c": [0.3, 0.3], "d": [1e16, 1e16], "e": [-1e16, -1e16]}
    assert {heaviest(order, weights, 2) for order in permutations(weights)} == {0}
    assert heaviest([], weights, 2) == 0


def test_every_sign_has_a_weight_for_every_role() -> None:
    assert all(len(row) == len(ROLES) for row in load("roles")["weights"].values())
    assert weighed({"no such sign"}) == ROLES[0]


def test_what_told_the_role_is_named() -> None:
    assert told_by({"turn pays", "turn joins"}) == "pays"
    assert told_by({"clause subject works"}) == "clause"
    assert told_by({"clause subject", "type ngo"}) == "default"
