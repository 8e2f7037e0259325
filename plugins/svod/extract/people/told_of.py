"""What a sentence says of the persons that a figure counts: beside the noun, predicated, in its head.

Looks at words alone; which group they make is decided by those who tell the beneficiary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted, is_number, substantive, unit_lemma
from svod.extract.figures.number_atoms import is_number_word
from svod.extract.people.audience import groups_in
from svod.extract.people.person_units import PERSONS, group_of_unit
from svod.extract.words.adjectives import is_adjectival_or_quote
from svod.extract.words.screened import Screened, match
from svod.language.document import Token
from svod.models import Beneficiary

_BEFORE_NEXT = frozenset("и , около более свыше почти порядка больше примерно ещё".split())


def first_named(described: str) -> str:
    """«граждан пожилого возраста и инвалидов»: of two coordinated groups the first named counts."""
    first, coordinated, _ = described.partition(" и ")
    told = groups_in(first) or first.endswith(",")  # «граждан, пострадавших на производстве, и инвалидов»
    return first if coordinated and told else described


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
    while first > limit and first > head - 5 and is_adjectival_or_quote(scene.tokens[first - 1]):
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
        r"[ \u00a0%,—–-]{0,5}((?:старше|младше|моложе|это)[ \u00a0][^.;]{3,40})", spot.right_text
    )
    return re.split(r",[ \u00a0]\d", found.group(1))[0] if found else ""


def said_of(spot: Spot) -> list[Beneficiary]:
    """Groups that an elided figure's persons are said to belong to («24 — из семей участников СВО»)."""
    return groups_in(predicated(spot))


def heading(spot: Spot) -> str:
    """«Охват граждан 65+: план 900 человек»: the words before the colon."""
    before, colon, _ = spot.left_text.rpartition(":")
    return before[-80:] if colon else ""


_MAX_BEFORE_MARK = 10  # words between the counted noun and the mark before an apposition
_MAX_PHRASE = 14
_MARKS = frozenset(":—–-(,")
_MOSTLY = Screened(
    r"[ \u00a0]*(?:это|в[ \u00a0]основном|преимущественно|главным[ \u00a0]образом|чаще[ \u00a0]всего|сплошь|"
    r"в[ \u00a0]большинстве[ \u00a0]своём|все(?:[ \u00a0]они)?|"
    r"все[ \u00a0]как[ \u00a0]один)"
    r"(?:[ \u00a0]из[ \u00a0]них)?[ \u00a0,—–-]+(?:это[ \u00a0])?"
)
_THESE_ARE = Screened(
    r"\s*(?:это|все(?:[ \u00a0]они)?|в[ \u00a0]основном(?:[ \u00a0]это)?|преимущественно(?:[ \u00a0]это)?)"
    r"[ \u00a0,—–-]+"
)


def apposed(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """«320 человек: жён и матерей бойцов», «25 человек, в основном мамы», «Волонтёры вуза, 25 человек, …»,
    «4 тысячи дончан. Это пожилые люди»: the group that a noun phrase beside the counted persons names.
    """
    return _apposed_after(spot, counted) or _apposed_before(spot, counted) or _told_next(spot)


def _apposed_after(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    scene = spot.scene
    first = spot.last
    if counted is not None and counted.start >= spot.number.end:
        first = scene.doc.token_index(counted.start) + 1
    for i in range(first, min(first + _MAX_BEFORE_MARK, spot.sentence.last)):
        token = scene.tokens[i]
        if token.text in _MARKS:
            mostly = _MOSTLY.match(scene.text[token.stop : token.stop + 50].lower())
            if mostly is not None:
                after = scene.doc.token_index(token.stop + mostly.end())
                return group_of_phrase(scene.tokens[after : spot.sentence.last])
            if token.text == "," or (token.text == "-" and i != first):
                return None
            return group_of_phrase(scene.tokens[i + 1 : spot.sentence.last])
        if is_predicate(token) or is_number(token) or token.text in ").;":
            return None
    return None


def _apposed_before(spot: Spot, counted: Counted | None) -> Beneficiary | None:
    """The plural that a bare «25 человек» between marks repeats."""
    scene, tokens = spot.scene, spot.scene.tokens
    last = spot.last
    if counted is not None and counted.start >= spot.number.end:
        last = scene.doc.token_index(counted.start) + 1
    closed = last >= spot.sentence.last or tokens[last].text in _CLOSING
    mark = spot.first - 1
    while mark > spot.sentence.first and tokens[mark].lemma in _ABOUT:
        mark -= 1
    if mark <= spot.sentence.first or tokens[mark].text not in _OPENING:
        return None
    if not closed and tokens[mark].text not in "—–":
        return None
    first = mark
    while first > max(spot.sentence.first, mark - _MAX_PHRASE) and not _ends_phrase(tokens[first - 1]):
        first -= 1
    verb_before = first > spot.sentence.first and is_predicate(tokens[first - 1])
    named = (i for i in range(first, mark) if _names_persons(tokens[i]) and not _governed(tokens, i))
    at = next(named, None)
    group = group_of_phrase(tokens[at:mark], "nomn") if at is not None else None
    if verb_before and not closed and group != "volunteers":
        return None  # «помогали волонтёры – шестеро студентов»
    return group


def _names_persons(token: Token) -> bool:
    return token.has("NOUN", "nomn", "plur") and group_of_unit(unit_lemma(token.text)) in PERSONS


def _governed(tokens: Sequence[Token], i: int) -> bool:
    """A preposition stands before the noun or its adjective."""
    near = tokens[max(0, i - 2) : i]
    return any(t.forms and t.forms[0].pos == "PREP" for t in near)


_OPENING = frozenset(",—–-(")
_CLOSING = frozenset(",.;)!—–")
_ABOUT = frozenset("всего около примерно почти более порядка это человек".split())


def _ends_phrase(token: Token) -> bool:
    return is_predicate(token) or token.text in ".;:!?,()"


def _told_next(spot: Spot) -> Beneficiary | None:
    """«… получают 4216 дончан. Это пожилые люди и инвалиды»."""
    scene, sentence = spot.scene, spot.sentence
    if sentence.last >= len(scene.tokens) or scene.tokens[sentence.last].start >= spot.block.end:
        return None
    begin = scene.tokens[sentence.last].start
    said = _THESE_ARE.match(scene.text[begin : begin + 60].lower())
    if said is None:
        return None
    after = scene.doc.token_index(begin + said.end())
    return group_of_phrase(scene.tokens[after : scene.sentence(sentence.last).last], "nomn")


def group_of_phrase(tokens: Sequence[Token], case: str = "") -> Beneficiary | None:
    """The group that the plural noun phrase at the beginning of these tokens names; soldiers' kin if it or
    what is coordinated with it names them.
    """
    head: Token | None = None
    joined = last = 0
    for token in tokens[:_MAX_PHRASE]:
        if head is None and token.text[:1].isalpha():
            wanted = ("plur", case) if case else ("plur",)
            if token.forms[0].pos in ("NOUN", "ADJF", "PRTF") and not token.has(*wanted):
                return None
            if _is_head(tokens, last, case):
                head = token
            elif token.forms[0].pos not in ("PRCL", "ADVB", "CONJ", "NUMR", "ADJF", "PRTF"):
                return None
        elif is_predicate(token) or token.text in ",.;:)(!?—–":
            break
        elif head is not None and token.text == "и" and not joined:
            joined = last
        last += 1
    if head is None:
        return None
    unit = substantive(head) or unit_lemma(head.text)
    own = group_of_unit(unit)
    if own is None:
        return None
    until = joined if joined and unit not in _KIN else last
    named = groups_in(" ".join(t.text for t in tokens[:until]))
    if "veterans_families" in named:
        return "veterans_families"
    if joined:
        named = groups_in(" ".join(t.text for t in tokens[:joined]))
    if own == "general":
        return next((g for g in named if g != "institutions"), "general")
    return own if own in PERSONS else None


def _is_head(tokens: Sequence[Token], i: int, case: str) -> bool:
    """A plural noun, or an adjective that stands for one: «нуждающимся», «пожилых»."""
    token = tokens[i]
    if token.forms[0].pos == "NOUN":
        return True
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if after is not None and after.text[:1].isalpha() and after.forms[0].pos in ("NOUN", "ADJF", "PRTF"):
        return False
    return any(f.pos == "NOUN" and f.score > _NOUN_TOO for f in token.forms) or substantive(token) is not None


_KIN = frozenset(  # whose they are may be said after «и»: «жёны и матери бойцов»
    "жена мать мама вдова ребёнок дочь сын родитель отец супруга родной родственник близкий сестра "
    "брат".split()
)
_NOUN_TOO = 0.2  # least likelihood of the reading of «пожилые» as a noun
