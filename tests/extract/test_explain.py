"""The debug view says why every number is or is no metric, and lets no text through as markup."""

from __future__ import annotations

import pytest

from svod.extract.explain import explain_html, explain_text
from svod.extract.reader import read
from svod.models import ReportText

TEXT = """Итоги года

15.01.2024

Проект «Тёплый <b>дом</b>» помог 45 семьям, из них 12 — многодетные. Занятия идут по 2 раза в неделю.
Тел. 8 (8332) 54-12-34.
"""


def test_text_names_rule_and_reason() -> None:
    facts = read(ReportText(text=TEXT))
    view = explain_text(TEXT, facts)
    assert "45 семьям" in view
    assert all(m.evidence.rule in view for m in facts.metrics)
    assert {r.reason for r in facts.rejected} >= {"phone", "norm"}
    assert all(r.reason in view for r in facts.rejected)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("К 30-летию центра пришли гости.", "anniversary"),
        ("Рассказали о себе 30-летние отцы.", "age"),
        ("Сотрудники окончили 36-часовой курс.", "duration"),
        ("На станке К-700 работали вместе.", "code"),
    ],
)
def test_a_number_inside_a_word_is_named_for_what_it_is(text: str, reason: str) -> None:
    facts = read(ReportText(text=f"Новости центра\n\nПомощь получили 40 семей. {text}"))
    assert [r.reason for r in facts.rejected] == [reason]


def test_page_is_safe_and_whole() -> None:
    page = explain_html(TEXT, read(ReportText(text=TEXT)), title="<script>alert(1)</script>")
    assert "<script>" not in page
    assert "<b>дом" not in page
    assert page.count("<mark class='metric'") >= 2
    assert page.count("<mark class='rejected'") >= 2
