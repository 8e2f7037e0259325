"""The counted noun that the clause itself names: its subject, its predicate or what the question asks."""

from __future__ import annotations

from collections.abc import Sequence

from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted, in_list, noun_reading, unit_lemma
from svod.extract.figures.quantities import genitive_after
from svod.extract.lexicon import load
from svod.extract.words.adjectives import is_adjectival
from svod.extract.words.screened import Screened
from svod.language.document import Token

_PASSED_OVER = frozenset({"процент", "пункт"})


def subject_after(spot: Spot) -> Counted | None:
    """«в полтора раза увеличилось число обращений»: the subject after number and verb."""
    words = [t for t in spot.right if t.start < spot.scene.tokens[spot.clause.last - 1].stop]
    for k, token in enumerate(words[:10]):
        if not any(f.pos == "NOUN" for f in token.forms[:1]):
            continue
        reading = noun_reading(token.text, "nomn")
        if reading is None and k and words[k - 1].forms[0].pos in ("INFN", "VERB"):
            reading = noun_reading(token.text, "accs")  # «хотим вдвое увеличить группу»
        if reading is None and (token.lemma in _PASSED_OVER or in_list("time_units", token.lemma)):
            continue
        if reading is None:
            return None
        after = genitive_after(words[k + 1 : k + 8]) if in_list("quantity", reading.lemma) else None
        return after or Counted(unit_lemma(token.text, reading), "subject", token.start, token.stop)
    return None


def subject_head(spot: Spot) -> Counted | None:
    """The nominative noun of the clause: «успеваемость подшефных повысилась на четверть»."""
    words = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start]
    for k, token in enumerate(words):
        if not token.text[:1].isalpha():
            continue
        if token.text.isupper() and k + 1 < len(words) and words[k + 1].text in "-–—":
            continue  # «Томск. 3 мая. ИНТЕРФАКС – Область …»: a dateline
        before = words[k - 1] if k else None
        first = k
        while first and is_adjectival(words[first - 1]):
            first -= 1
        if first and words[first - 1].forms and words[first - 1].forms[0].pos == "PREP":
            continue  # «В первый год возвращалась половина»
        reading = noun_reading(token.text, "nomn")
        if before is not None and before.text in '«"“„':
            continue
        if token.lemma == "год" and k + 1 < len(words) and words[k + 1].text in "-–—":
            continue  # «2011 год – 4,25 %»
        if reading is not None and token.forms[0].pos == "NOUN" and reading.score > 0.1:
            if in_list("quantity", reading.lemma):
                after = genitive_after(words[k + 1 : k + 8])
                if after:
                    return after
            return Counted(unit_lemma(token.text, reading), "subject", token.start, token.stop)
    return None


_DIVIDED = Screened(r"(?<![а-яё])(?:распредел|раздел|подел|дел[ия])[а-яё]+(?:сь|ся)(?![а-яё])[^:;]{0,40}:")


def divided(spot: Spot) -> Counted | None:
    """«семьи распределились так: базовый – 71 %, …»: the plural that is divided."""
    found = _DIVIDED.search(spot.left_text)
    if found is None:
        return None
    verb = spot.number.start - len(spot.left_text) + found.start()
    for token in reversed(spot.scene.doc.tokens_in(spot.scene.tokens[spot.sentence.first].start, verb)):
        reading = noun_reading(token.text, "nomn", plural=True) if token.forms[0].pos == "NOUN" else None
        if reading is not None:
            return Counted(unit_lemma(token.text, reading), "subject", token.start, token.stop)
    return None


_PREDICATED = Screened(r"[ \u00a0]*[—–-][ \u00a0]|[ \u00a0]это[ \u00a0]")


def predicated_head(spot: Spot) -> Counted | None:
    """«из них 46 – школьники»: the noun that the counted persons are said to be."""
    if not _PREDICATED.match(spot.right_text):
        return None
    for token in spot.right[1:6]:
        if token.text == "и" or (token.forms and token.forms[0].pos == "PRCL"):
            continue  # «15 – наши же подростки», «417 – многодетные и малоимущие семьи»
        if not token.forms or not token.has("nomn", "plur"):
            return None
        if is_adjectival(token):
            continue
        reading = noun_reading(token.text, "nomn", plural=True)
        if reading is None or reading.lemma == "представитель":
            return None
        if "anim" not in reading.grammemes and reading.lemma != "семья":
            return None
        return Counted(unit_lemma(token.text, reading), "left", token.start, token.stop)
    return None


def asked_head(spot: Spot) -> Counted | None:
    """The answer to «Сколько семей …?»: what the question right before asks about."""
    scene = spot.scene
    at = scene.sentence_number(spot.first)
    for k in range(at - 1, max(-1, at - 4), -1):
        words = scene.words(scene.sentences[k])
        for i, token in enumerate(words):
            if token.text.lower() == "сколько" and words[-1].text.endswith("?"):
                return _asked_after(words[i + 1 : i + 7])
    return None


def _asked_after(words: Sequence[Token]) -> Counted | None:
    """«сколько у вас сейчас пациентов», «сколько удержались»: the genitive, else the people of the verb."""
    for k, token in enumerate(words):
        found = genitive_after(words[k:]) if token.text[:1].isalpha() and token.has("gent", "plur") else None
        if found is not None and token.forms[0].pos != "NPRO":
            return found
    persons = load("units")["person_verbs"]
    for token in words:
        if is_predicate(token) and "plur" in token.forms[0].grammemes and token.forms[0].lemma in persons:
            return Counted("человек", "quantity", token.start, token.stop)
    return None
