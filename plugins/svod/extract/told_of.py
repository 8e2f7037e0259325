"""What a sentence says of the persons that a figure counts: beside the noun, predicated, in its head.

Looks at words alone; which group they make is decided by those who tell the beneficiary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.audience import groups_in
from svod.extract.context import Spot, is_predicate
from svod.extract.counted import Counted
from svod.extract.numbers import is_number_word
from svod.extract.screened import match
from svod.language.document import Token
from svod.models import Beneficiary

_BEFORE_NEXT = frozenset("и , около более свыше почти порядка больше примерно ещё".split())


def first_named(described: str, own: Beneficiary) -> str:
    """«граждан пожилого возраста и инвалидов»: of two coordinated groups the first named counts."""
    first, coordinated, _ = described.partition(" и ")
    return first if coordinated and own == "general" and groups_in(first) else described


def _coordinates(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """«ветеранов и детей войны»: a second group begins, and the first named counts."""
    return i < stop and tokens[i].has("NOUN", "plur") and tokens[i].forms[0].pos == "NOUN"


def description(spot: Spot, counted: Counted | None, own: Beneficiary | None = None) -> str:
    """The words that describe the counted persons: modifiers before the noun and what follows it up to a
    verb.
    """
    if counted is None:
        return ""
    scene = spot.scene
    head = scene.doc.token_index(counted.start)
    sentence = scene.sentence(head)
    first = head
    limit = spot.last if head >= spot.last else sentence.first
    while first > limit and first > head - 5 and adjectival(scene.tokens[first - 1]):
        first -= 1
    last, relative = head + 1, False
    while last < sentence.last and last < head + 14:
        token = scene.tokens[last]
        if (
            token.text == "и"
            and own is not None
            and own != "general"
            and _coordinates(scene.tokens, last + 1, sentence.last)
        ):
            break
        if (is_predicate(token) and not relative) or token.text in (";", ":", ".", "—", "–", "("):
            break
        number = token.text[:1].isdigit() or is_number_word(token.text)
        if number and scene.tokens[last - 1].lemma in _BEFORE_NEXT:
            break
        if token.text == "," and not _goes_on(scene.tokens, last + 1, sentence.last):
            break
        if token.text == ",":
            relative = True
        last += 1
    return scene.text[scene.tokens[first].start : scene.tokens[last - 1].stop]


def adjectival(token: Token) -> bool:
    return bool(token.forms) and (token.forms[0].pos in ("ADJF", "PRTF") or token.text in '«»"')


def _goes_on(tokens: Sequence[Token], i: int, stop: int) -> bool:
    """After a comma: a participle or «из них», «в том числе» goes on describing the same persons."""
    if i >= stop:
        return False
    token = tokens[i]
    return bool(token.forms) and (
        token.forms[0].pos == "PRTF" or token.lemma == "который" or token.text == "это"
    )


def predicated(spot: Spot) -> str:
    """«две трети из них — люди старше 60»: what the elided persons are said to be."""
    found = match(r"[^.;,\d]{0,20}[—–-][ \u00a0]([^.;]{3,60})", spot.right_text) or match(
        r"[ \u00a0%,—–-]{0,5}((?:старше|младше|это)[ \u00a0][^.;]{3,40})", spot.right_text
    )
    return re.split(r",[ \u00a0]\d", found.group(1))[0] if found else ""


def said_of(spot: Spot) -> list[Beneficiary]:
    """Groups that an elided figure's persons are said to belong to («24 — из семей участников СВО»)."""
    return groups_in(predicated(spot))


def heading(spot: Spot) -> str:
    """«Охват граждан 65+: план 900 человек»: the words before the colon."""
    before, colon, _ = spot.left_text.rpartition(":")
    return before[-80:] if colon else ""
