"""Columns and rows of a table that tell of people by a verb alone: «Трудоустроено», «Обратились за помощью».

Knows the words of a head and the report's title; which figures stand below is decided in tabular.
"""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.context import Scene
from svod.extract.figures.counted import noun_reading, unit_lemma
from svod.extract.lexicon import load
from svod.extract.people.person_units import is_person
from svod.language.document import Token


def people_of(tokens: Sequence[Token]) -> str | None:
    """«Обратились за помощью», «Прошли диагностику»: the verb says that people are meant."""
    top = tokens[0].forms[0] if tokens else None
    if top is None or not top.grammemes & {"plur", "neut"} or top.pos not in ("VERB", "PRTS"):
        return None
    known = load("units")["person_verbs" if top.pos == "VERB" else "person_participles"]
    return "человек" if top.lemma in known else None


def people_of_title(scene: Scene) -> str:
    """«Итоги занятости подростков» over a column «Трудоустроено»: the people that the title names."""
    for block in scene.layout.blocks[:_HEADS]:
        if block.kind in ("title", "heading", "lead"):
            for token in scene.doc.tokens_in(block.start, block.end):
                reading = noun_reading(token.text, "gent", plural=True) if token.has("NOUN", "anim") else None
                if reading is not None and is_person(unit := unit_lemma(token.text, reading)):
                    return unit
    return "человек"


_HEADS = 5  # blocks that stand over the first table
