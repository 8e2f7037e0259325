"""What the words around a number say: patterns and lemmas of its clause, shared by the rules of rejection."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.number_atoms import is_number_word
from svod.extract.figures.plan_marks import seeks
from svod.extract.lexicon import load
from svod.extract.words.screened import Screened
from svod.language.document import Token

Rule = Callable[[Spot, "Counted | None"], bool]


@cache
def lexicon() -> dict[str, Any]:
    """The patterns and words of rejection; words are in sets, as they are only asked for."""
    found: dict[str, Any] = load("rejections")
    words = {name: frozenset(listed) for name, listed in found.items() if isinstance(listed, list)}
    return {**found, **words, "units": {name: frozenset(listed) for name, listed in found["units"].items()}}


@cache
def clause_patterns() -> dict[str, Screened]:
    return {name: Screened("|".join(patterns)) for name, patterns in lexicon()["clause"].items()}


def clause_says(name: str) -> Rule:
    def rule(spot: Spot, counted: Counted | None) -> bool:
        if name in _NOT_OF_SHARES and (is_share(spot) or spot.number.form == "multiple"):
            return False
        found = clause_patterns()[name].search(spot.own_text)
        return found is not None and not (name in _OWN_FIGURE and of_other_figure(spot, found))

    return rule


_OWN_FIGURE = frozenset({"norm", "staff", "average", "price", "contents"})


def of_other_figure(spot: Spot, found: re.Match[str]) -> bool:
    """«работают 62 человека, нагрузка на одного – 11», «продолжительностью от 14 часов получали 486 граждан»:
    the words found in the clause have a figure of their own.
    """
    start, words = extent(spot)[0], spot.scene.doc.tokens_in
    if start + found.start() > spot.number.end:
        between = words(spot.number.end, start + found.start())
        if _own_of_it(between, words(start + found.end(), extent(spot)[1])):
            return True
        if not any(t.text == "," for t in between):
            return False
        after = words(start + found.end(), extent(spot)[1])
        return any(_is_figure(t) for t in (*between, *after))
    between = words(start + found.end(), spot.number.start)
    first = next((i for i, t in enumerate(between) if _is_figure(t)), None)
    if first is not None and is_label(between[first + 1 :]):
        return True
    return first is not None and any(
        is_predicate(t) and t.forms[0].lemma not in _COPULAS for t in between[first:]
    )


def is_label(words: Sequence[Token]) -> bool:
    """«Средний чек 743 рубля, жертвователей – 2 800»: the number has a label of its own."""
    comma = next((i for i in range(len(words) - 1, -1, -1) if words[i].text in ",;"), None)
    label = words[comma + 1 :] if comma is not None else ()
    return len(label) > 1 and label[-1].text in "–—:-" and label[0].has("NOUN", "gent", "plur")


def _own_of_it(between: Sequence[Token], after: Sequence[Token]) -> bool:
    """«187 интервью общей продолжительностью свыше 200 часов»: the measure of what the figure counts."""
    counted = any(t.forms and t.forms[0].pos == "NOUN" for t in between)
    return counted and any(t.text[:1].isdigit() for t in after[:4])


_COPULAS = frozenset("составить составлять быть равняться приходиться".split())


def _is_figure(token: Token) -> bool:
    return token.text[:1].isdigit() or (is_number_word(token.text) and token.lemma != "один")


def idiom(spot: Spot, counted: Counted | None) -> bool:
    """«раз в месяц», «в двух словах»: how often or how, where the number itself is a word of the phrase."""
    found = (
        None
        if is_share(spot) or spot.number.form == "multiple"
        else (clause_patterns()["idiom"].search(spot.own_text))
    )
    if found is None:
        return False
    start = extent(spot)[0]
    begins, ends = start + found.start(), start + found.end()
    return begins <= spot.number.end + 1 and spot.number.start <= ends + 1


_NOT_OF_SHARES = frozenset(
    {"award", "norm", "contents", "price", "threshold", "resolution", "capacity", "business"}
)


def sentence_says(name: str) -> Rule:
    def rule(spot: Spot, counted: Counted | None) -> bool:
        if name in _NOT_OF_SHARES and is_share(spot):
            return False
        return clause_patterns()[name].search(spot.sentence_prose) is not None

    return rule


def unit_is(name: str) -> Rule:
    def rule(spot: Spot, counted: Counted | None) -> bool:
        return (
            counted is not None
            and counted.source in ("right", "left")
            and counted.lemma in lexicon()["units"][name]
        )

    return rule


def verbs_of(spot: Spot) -> frozenset[str]:
    return spot.verbs


def is_share(spot: Spot) -> bool:
    return spot.is_share


def extent(spot: Spot) -> tuple[int, int]:
    tokens = spot.scene.tokens
    return tokens[spot.clause.first].start, tokens[spot.clause.last - 1].stop


@cache
def result_words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    words = load("results")
    return frozenset(words["verbs"]), frozenset(words["units"]), frozenset(words["private"])


def states_result(spot: Spot) -> bool:
    """True if the clause says that something was done, given, attended or is to be done."""
    results = result_words()[0]
    done = [t for t in spot.predicates if t.text.lower() != "есть"]
    return any(t.forms[0].pos in ("PRTS", "INFN") or t.forms[0].lemma in results for t in done)


def private_units() -> frozenset[str]:
    """Nouns of a private life («внук», «подруга»)."""
    return result_words()[2]


def in_territories(lemma: str) -> bool:
    """«район», «село»: where somebody comes from, rather than of how many somebody is a part."""
    return lemma in lexicon()["territory"]


def told_before_colon(spot: Spot) -> bool:
    """«В столовой было роздано: 40 обедов», «Фонд провёл: ⏎ — 12 встреч», «Цифры: 8 субботников»: what was
    done stands before a colon, in the sentence or in the head of the list.
    """
    scene, number = spot.scene, spot.number
    words = [t for t in scene.words(spot.sentence) if t.start < number.start]
    head = scene.block(spot.block.head) if spot.block.head is not None else None
    if head is not None and head.kind == "list_head" and not any(t.text == ":" for t in words):
        words = list(scene.doc.tokens_in(head.start, head.end))
    last = max((k for k, t in enumerate(words) if t.text == ":"), default=0)
    return any(
        t.lemma in _SUMS_UP
        or (
            t.forms
            and t.forms[0].pos in ("VERB", "PRTS")
            and {"past", "PRTS"} & {*t.forms[0].grammemes, t.forms[0].pos}
        )
        for t in words[:last]
    )


_SUMS_UP = frozenset("цифра итог итого результат".split())


def ours_to_do(spot: Spot) -> bool:
    """«до конца проекта надо провести ещё 60 занятий»: an aim of those who report, not a rule for others."""
    results = result_words()[0]
    infinitives = [t for t in spot.predicates if t.forms[0].pos == "INFN" and t.start < spot.number.start]
    if infinitives and spot.left and spot.left[0].text.lower() in ("ещё", "еще"):
        return True  # «нужно закончить ещё 17 домов»
    return bool(infinitives) and infinitives[-1].forms[0].lemma in (results | REACHING) - _FOR_APPLICANTS


REACHING = frozenset(
    "дойти выйти довести достичь достигнуть набрать закрыть охватить увеличить нарастить".split()
)


_FOR_APPLICANTS = frozenset(
    "подать представить подготовить получить участвовать принять пройти посетить собрать передать обратиться "
    "окончить закончить заработать победить собраться создать готовить написать".split()
)


_LEAST_SOUGHT = 100_000  # roubles: less is what one person or thing costs
_FOR_ONE = Screened(
    r"операци|лечени|терапи|протез|препарат|лекарств|реабилитац|коляск[уаи](?![а-яё])|вертикализатор|диагноз"
)


def sought(spot: Spot, counted: Counted | None) -> bool:
    """A sum that those who report still have to raise for what they do, not for one person."""
    if counted is None or counted.lemma != "рубль" or spot.number.value < _LEAST_SOUGHT:
        return False
    if _FOR_ONE.search(spot.sentence_text):
        return False
    return seeks(spot.left_text)
