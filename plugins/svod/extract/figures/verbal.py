"""What is counted in times: «выезжали 16 раз» counts trips, «спектакль сыграли семь раз» plays."""

from __future__ import annotations

from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted, in_list, noun_reading, unit_lemma, unit_sets
from svod.extract.lexicon import load
from svod.language.morph import forms


def verb_head(spot: Spot) -> Counted | None:
    """«выезжали 16 раз» → выезд: the noun of the verb that is counted."""
    nouns: dict[str, str] = load("units")["verb_nouns"]
    light = unit_sets()["light_verbs"]
    after = spot.right[1] if len(spot.right) > 1 and spot.right[0].lemma == "раз" else None
    next_verb = (after,) if after is not None and is_predicate(after) else ()
    near = [t for t in spot.scene.words(spot.clause) if t.start > spot.number.end]  # «сто раз гости помылись»
    own = [t for t in spot.left if t.start >= spot.scene.tokens[spot.clause.first].start]
    for token in (*next_verb, *own, *near, *spot.left):
        if is_predicate(token):
            lemma = token.forms[0].lemma
            if lemma in ("быть", "мочь", "стать"):
                continue
            if in_list("event_verbs", lemma) and (event := _event(spot)) is not None:
                return event
            if lemma in light:  # «оказали помощь 2 904 раза»: the object says what was done
                objects = spot.scene.doc.tokens_in(token.stop, spot.number.start)
                done = next((noun_reading(t.text, "accs") for t in objects if t.has("NOUN", "accs")), None)
                if done is not None:
                    return Counted(done.lemma, "verb", token.start, token.stop)
            return Counted(nouns.get(lemma) or _verbal_noun(lemma), "verb", token.start, token.stop)
    return None


def _event(spot: Spot) -> Counted | None:
    """«приём состоялся 34 раза», «спектакль сыграли семь раз»: what took place so often."""
    words = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start]
    for k, token in enumerate(words):
        reading = noun_reading(token.text, "nomn", "accs") if token.text[:1].isalpha() else None
        if reading is None or token.forms[0].pos != "NOUN" or "anim" in reading.grammemes:
            continue
        if in_list("time_units", reading.lemma) or (k and words[k - 1].forms[0].pos == "PREP"):
            continue
        return Counted(unit_lemma(token.text, reading), "verb", token.start, token.stop)
    return None


_VERBAL_NOUNS = (
    ("ехать", ("езд",)),
    ("овать", ("ование",)),
    ("ать", ("ивание", "ывание", "ение", "", "ание")),  # «включать» → «включение», «отказать» → «отказ»
    ("ять", ("ение", "яние")),
    ("ить", ("ение",)),
    ("еть", ("евание", "ение")),
)


def _verbal_noun(verb: str) -> str:
    """A regular verbal noun («проконсультировать» → «проконсультирование»), when the list has none; one
    that the dictionary knows if it knows any.
    """
    verb = verb.removesuffix("ся").removesuffix("сь")
    for ending, nouns in _VERBAL_NOUNS:
        if verb.endswith(ending):
            told = [verb.removesuffix(ending) + noun for noun in nouns]
            return next((noun for noun in told if _is_noun(noun)), told[-1])
    return verb


def _is_noun(word: str) -> bool:
    top = forms(word)[0]
    return top.known and top.pos == "NOUN"
