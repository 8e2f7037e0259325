"""What mere pieces are pieces of: «тёплые носки – 40 шт.», «за учебники (нам передали 20 штук)»."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from svod.extract.figures.context import Spot, Stretch, is_predicate
from svod.extract.figures.counted import Counted, in_list, noun_reading, unit_lemma
from svod.extract.figures.heads import first_plural
from svod.extract.words.adjectives import is_adjectival_or_quote
from svod.extract.words.screened import Screened
from svod.language.document import Token

_OWNED = Screened(r"[,:(—–-][ \u00a0]*(?:(?:около|более|свыше|почти|всего|целых)[ \u00a0])?$")


_ENDS_PIECE = frozenset(".;:!?")


def owner_of_pieces(spot: Spot) -> Counted | None:
    """«тёплые носки – 40 шт.», «Ноутбуки, двенадцать штук, отдал банк»: the things counted."""
    if not _OWNED.search(spot.left_text):
        return None
    words: list[Token] = []
    for token in spot.left[1:12]:
        if token.text in _ENDS_PIECE or token.text[:1].isdigit():
            break
        words.insert(0, token)
    for k, token in enumerate(words):
        before = words[k - 1].forms[0].pos if k else ""
        if token.text[:1].isalpha() and token.lemma != "раз" and before not in ("PREP", "NOUN"):
            found = first_plural(words[k:], "left", "nomn", "gent", "accs")
            if found is not None:
                return found
    return None


def things_told(spot: Spot) -> Counted | None:
    """«за учебники (нам передали 20 штук)», «Кровать выпросить труднее: на весь край 164 штуки»: the nearest
    plural of things in the number's sentence or the one before, else the nearest subject or object.
    """
    scene = spot.scene
    before = scene.sentence_number(spot.first) - 1
    stretches = [Stretch(spot.sentence.first, spot.first)]
    if before >= 0 and scene.tokens[scene.sentences[before].first].start >= spot.block.start:
        stretches.append(scene.sentences[before])
    for stretch in stretches:
        words = scene.words(stretch)
        passes: tuple[_Sure, ...] = ("surely plural", "plural", "singular")
        if any(t.has("VERB", "tran") for t in words if is_predicate(t)):
            passes = passes[:-1]  # «Фонд передал 40 штук»
        for sure in passes:
            for k in range(len(words) - 1, -1, -1):
                unit = _thing(words, k, sure)
                if unit is not None:
                    return Counted(unit, "left", words[k].start, words[k].stop)
    return None


_Sure = Literal["surely plural", "plural", "singular"]  # «типографии» may be either


def _thing(words: Sequence[Token], k: int, sure: _Sure) -> str | None:
    """The lemma of a noun of things: no name, no genitive of another, no phrase of place."""
    token = words[k]
    if not token.forms or token.forms[0].pos != "NOUN" or (token.text[:1].isupper() and k):
        return None
    plural = sure != "singular"
    cases = ("nomn", "accs", "gent") if plural else ("nomn", "accs")
    reading = noun_reading(token.text, *cases, plural=plural)
    if reading is None or "anim" in reading.grammemes or in_list("time_units", reading.lemma):
        return None
    if sure == "surely plural" and "plur" not in token.forms[0].grammemes:
        return None
    if reading.lemma == "процент" or in_list("money", reading.lemma):
        return None
    j = k - 1
    while j >= 0 and is_adjectival_or_quote(words[j]):
        j -= 1
    governed = j >= 0 and (words[j].forms[0].pos == "NOUN" or words[j].text.lower() in _PLACES)
    quoted = any(t.text == "«" for t in words[max(0, k - 3) : k])
    return None if governed or quoted else unit_lemma(token.text, reading)


_PLACES = frozenset("на в во через до от без с".split())
