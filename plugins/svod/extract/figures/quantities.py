"""The noun after a noun of quantity («доля родителей», «число обращений»): the genitive that it governs.

Knows words and their cases; nothing of figures read before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import (
    QUOTE_MARKS,
    Counted,
    in_list,
    is_modifier,
    is_number,
    learners_of,
    noun_reading,
    stands_for_noun,
    unit_lemma,
)
from svod.extract.words.adjectives import is_adjectival
from svod.language.document import Token


def quantity_head(spot: Spot) -> Counted | None:
    """«доля родителей, отметивших …, – 76 %», «число обращений … выросло»: the noun after the noun of
    quantity.
    """
    words = spot.scene.tokens
    base: Counted | None = None
    for i in range(spot.first - 1, spot.sentence.first - 1, -1):
        token = words[i]
        if token.text == ";":
            return None
        if token.text == "всего" and words[i - 1].text.lower() in ("больше", "меньше"):
            most = genitive_after(
                words[i + 1 : min(spot.first, i + 6)]
            )  # «Больше всего победителей в Калуге (14)»
            if most:
                return most
        if in_list("quantity", token.lemma) and token.has("NOUN") and not _is_counted(words, i):
            if token.text == "числе" and words[i - 1].text == "том":
                continue  # «в том числе по профессии «швея» – 14»
            found = genitive_after(words[i + 1 : min(spot.first, i + 22)])
            if found and words[i - 1].lemma == "общий" and words[i - 2].text.lower() in ("в", "от"):
                base = base or found  # «доля граждан … в общей численности населения»
            elif found:
                return found
    return base


MAX_BACK = 3  # sentences back, in which an indicator is named


def indicator_before(spot: Spot) -> Counted | None:
    """«… доля граждан с низким доходом. Значение показателя составило 12 %»: what the indicator is of."""
    at = spot.scene.sentence_number(spot.first)
    for number in range(at - 1, max(-1, at - 1 - MAX_BACK), -1):
        words = spot.scene.words(spot.scene.sentences[number])
        for k, token in enumerate(words):
            if token.lemma in _SHARES and token.has("NOUN"):
                found = genitive_after(words[k + 1 : k + 12])
                if found is not None:
                    return found
    return None


_SHARES = frozenset({"доля", "вес", "процент", "охват", "число", "количество", "численность"})


def _is_counted(words: Sequence[Token], i: int) -> bool:
    """«из 11 целевых показателей», «по уровням подготовки»: no noun of quantity; «по числу заявок» is one."""
    if "plur" not in words[i].forms[0].grammemes:
        return False
    while i and is_adjectival(words[i - 1]):
        i -= 1
    return bool(i) and (words[i - 1].text.lower() == "по" or is_number(words[i - 1]))


def genitive_after(tokens: Sequence[Token]) -> Counted | None:
    adjective: Token | None = None
    for k, token in enumerate(tokens):
        after = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.text in QUOTE_MARKS:
            continue
        if token.lemma == "тот" and token.has("plur", "gent"):  # «доля тех, кто …, среди выпускников»
            return _among(tokens[k + 1 :])
        if (learners := learners_of(token, after)) is not None:
            return replace(learners, source="quantity")
        if is_modifier(token, after) or token.text.lower() in ("всех", "таких", "и", "наших"):
            adjective = token if is_adjectival(token) else adjective
            continue
        reading = noun_reading(token.text, "gent")
        if reading is not None:
            if in_list("quantity", reading.lemma):
                continue
            if adjective is not None and adjective.has("PRTF", "plur") and "sing" in reading.grammemes:
                continue  # «обученных терапии специалистов»: the participle's own object
            return Counted(unit_lemma(token.text, reading), "quantity", token.start, token.stop)
        if adjective is not None and adjective.has("PRTF", "plur") and token.has("NOUN", "ablt"):
            beyond = _plural_after(tokens[k + 1 : k + 3])  # «охваченных отдыхом детей»
            if beyond is not None:
                return beyond
        if adjective is not None and adjective.has("PRTF", "plur") and token.has("PREP"):
            return _beyond_phrase(tokens[k + 1 : k + 6]) or stands_for_noun(adjective)
        if adjective is not None and adjective.has("ADJF", "plur", "gent") and token.has("PREP"):
            beyond = _beyond_phrase(tokens[k + 1 : k + 7])  # «доступных для инвалидов объектов»
            return beyond or stands_for_noun(adjective)
        break
    return stands_for_noun(adjective) if adjective is not None else None


def _plural_after(tokens: Sequence[Token]) -> Counted | None:
    """The genitive plural that comes next, perhaps after its adjective."""
    for token in tokens:
        reading = noun_reading(token.text, "gent", plural=True)
        if reading is not None and token.forms[0].pos == "NOUN":
            return Counted(unit_lemma(token.text, reading), "quantity", token.start, token.stop)
        if not is_adjectival(token):
            return None
    return None


def _beyond_phrase(tokens: Sequence[Token]) -> Counted | None:
    """«выданных за полгода вещей»: the plural after the participle's phrase with a noun of its own."""
    within = False
    for token in tokens:
        reading = noun_reading(token.text, "gent", plural=True) if within else None
        if reading is not None and token.forms[0].pos == "NOUN":
            return Counted(unit_lemma(token.text, reading), "quantity", token.start, token.stop)
        if not is_adjectival(token):
            if within or not token.has("NOUN"):
                return None
            within = True
    return None


def _among(tokens: Sequence[Token]) -> Counted | None:
    """«среди выпускников», «из числа участников»."""
    for k, token in enumerate(tokens[:-1]):
        if token.text.lower() in ("среди", "числа"):
            return genitive_after(tokens[k + 1 :])
    return None
