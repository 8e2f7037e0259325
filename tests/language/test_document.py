"""The analysed document: offsets hold, hostile lines are cut, names do not depend on the company they are
found in.
"""

from __future__ import annotations

from svod.language.document import MAX_LINE, analyse

TEXTS = [
    "Мария Петрова из Вологды открыла фонд «Очаг».\nМинистерство труда поддержало его.",
    "В Томске прошёл форум. Его провёл Департамент социальной защиты населения Томской области.",
    "Короткий текст без имён.",
    "",
]


def test_tokens_sentences_and_names_lie_in_the_text() -> None:
    for text, doc in zip(TEXTS, analyse(TEXTS), strict=True):
        assert all(text[t.start : t.stop] == t.text for t in doc.tokens)
        assert all(a.stop <= b.start for a, b in zip(doc.tokens, doc.tokens[1:], strict=False))
        assert all(0 <= n.start < n.stop <= len(text) for n in doc.names)
    assert {n.type for n in analyse(TEXTS)[0].names} >= {"PER", "LOC"}


def test_names_do_not_depend_on_the_batch() -> None:
    together = analyse(TEXTS * 6)
    assert [d.names for d in together[:4]] == [analyse([t])[0].names for t in TEXTS]
    assert [d.names for d in together[-4:]] == [d.names for d in together[:4]]


def test_endless_lines_are_cut() -> None:
    doc = analyse(["б" * (3 * MAX_LINE)])[0]
    assert max(t.stop - t.start for t in doc.tokens) <= MAX_LINE
    assert doc.names == ()


def test_neighbourhood_by_offset() -> None:
    doc = analyse([TEXTS[0]])[0]
    second = doc.sentence_at(TEXTS[0].index("Министерство"))
    assert TEXTS[0][second.start :].startswith("Министерство труда")
    assert [t.text for t in doc.tokens_in(0, 13)] == ["Мария", "Петрова"]
    assert all(n.start < 20 for n in doc.names_in(0, 20))


def test_a_picture_is_no_part_of_the_word_it_is_glued_to() -> None:
    (doc,) = analyse(["Помогли 42 родителей🙏🏻Благодаря ей"], names=False)
    assert [t.text for t in doc.tokens] == ["Помогли", "42", "родителей", "🙏🏻", "Благодаря", "ей"]
    assert all(doc.text[t.start : t.stop] == t.text for t in doc.tokens)
