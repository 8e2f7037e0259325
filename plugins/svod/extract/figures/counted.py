"""What a number counts: the head noun, its lemma as the unit, and where it was found.

Looks to the right («двадцать новых семей»), to the left («волонтёров человек тридцать», «доля родителей – 76
%»),
and to the subject of the clause («успеваемость повысилась на четверть»). What is elided is left to the
caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from svod.extract.figures.context import Spot, percent_follows
from svod.extract.figures.number_atoms import is_number_word
from svod.extract.lexicon import load
from svod.extract.words.adjectives import ADJECTIVAL, is_adjectival
from svod.extract.words.screened import Screened
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.language.morph import Form, forms, inflect

Source = Literal["right", "left", "quantity", "subject", "antecedent", "verb", "money", "label", "discourse"]

MAX_MODIFIERS = 9
MAX_ROW = 9  # words that a row of numbers before their noun takes

_ABBREVIATED = frozenset(
    ["чел", "руб", "р", "шт", "экз", "ед", "м", "кв", "куб", "км", "кг", "т", "ч", "мин", "га", "л", "₽"]
)
_NAMES = frozenset({"Name", "Surn", "Patr"})
NOMINATIVE = frozenset({"nomn", "sing", "masc"})


@dataclass(frozen=True, slots=True)
class Counted:
    """The unit's lemma and the head noun's place. `phrase` is [start, end) of the noun phrase in the text."""

    lemma: str
    source: Source
    start: int
    end: int


@cache
def unit_sets() -> dict[str, frozenset[str]]:
    lexicon = load("units")
    return {k: frozenset(v) for k, v in lexicon.items() if isinstance(v, list)}


def in_list(name: str, lemma: str) -> bool:
    """True if the lemma stands in that list of the units lexicon."""
    return lemma in unit_sets()[name]


def unit_lemma(word: str, reading: Form | None = None) -> str:
    """The unit that a word form stands for: its lemma, the first part of an apposition, one spelling of
    many.
    """
    aliases: dict[str, str] = load("units")["aliases"]
    low = word.lower()
    if low in aliases:
        return aliases[low]
    if "-" in low.strip("-"):
        head, _, tail = low.partition("-")
        if tail.startswith("интернат"):  # «домов-интернатов»: one word
            return f"{unit_lemma(head, noun_reading(head))}-интернат"
        if (
            head not in unit_sets()["hyphen_prefixes"]
            and (
                any(f.pos in ("NOUN", *ADJECTIVAL) and f.known for f in forms(head))
                or (forms(head)[0].pos == "NOUN" and any("anim" in f.grammemes for f in forms(tail)[:1]))
            )
            and any(f.pos == "NOUN" for f in forms(tail))
        ):
            noun = noun_reading(head)
            return unit_lemma(head, noun)
    if reading is None:
        reading = noun_reading(low) or forms(low)[0]
    lemma = reading.lemma
    if reading.pos in ADJECTIVAL:
        lemma = inflect(low, reading, NOMINATIVE) or lemma
    return aliases.get(lemma, lemma)


def noun_reading(word: str, *cases: str, plural: bool | None = None) -> Form | None:
    """The likeliest reading of the word as a noun, in one of the cases if any are named."""
    if is_number_word(word) or (len(word) == 1 and word.lower() not in _ABBREVIATED):
        return None
    readings = forms(word)
    if readings[0].pos == "PREP":
        return None  # «По регионам …»: no software
    for form in readings:
        if not _NAMES.isdisjoint(form.grammemes):
            continue
        if form.pos != "NOUN" or (cases and not any(c in form.grammemes for c in cases)):
            continue
        if plural is None or ("plur" in form.grammemes) == plural:
            return form
    return None


def _agreeing_noun(token: Token, value: Decimal, oblique: bool, *, collective: bool = False) -> Form | None:
    """The noun reading that a number of this value governs: «2 семьи», «41 команда», «двое детей»."""
    if not token.text[:1].isalpha():
        return None
    if collective:  # «у двоих динамики нет»: no singular
        return noun_reading(token.text, *_OF_COLLECTIVE, plural=True)
    whole = value == value.to_integral_value()
    last, tens = int(value) % 10, int(value) % 100
    one = whole and last == 1 and tens != 11
    few = whole and last in (2, 3, 4) and tens not in (12, 13, 14)
    wanted: list[tuple[str, bool]] = []
    if one:
        wanted += [
            ("nomn", False),
            ("accs", False),
            ("gent", False),
            ("datv", False),
            ("loct", False),
            ("ablt", False),
        ]
    if few or not whole:
        wanted.append(("gent", False))
    wanted.append(("gent", True))
    wanted += [("datv", True), ("loct", True), ("ablt", True), ("accs", True), ("nomn", True)]
    if value >= 1000:
        wanted.append(("gent", False))
    for case, plural in wanted:
        reading = noun_reading(token.text, case, plural=plural)
        if reading is not None and reading.score >= 0.02:
            return reading
    if "Fixd" in (token.forms[0].grammemes if token.forms else ()):
        return noun_reading(token.text)
    if oblique:
        return noun_reading(token.text)
    return None


_OF_COLLECTIVE = ("gent", "datv", "loct", "ablt")


def is_modifier(token: Token, after: Token | None) -> bool:
    """An adjective, participle or the like between number and noun."""
    readings = token.forms
    if not readings or not token.text[:1].isalpha():
        return False
    top = readings[0]
    if top.pos in ADJECTIVAL or (top.pos == "NUMR" and not token.text.isdigit()):
        return True
    if top.pos == "ADVB" and after is not None and is_adjectival(after):
        return True
    # «рабочих мест», «социальных …»: an adjective that is a noun too counts as one when a noun follows it
    if any(f.pos in ADJECTIVAL for f in readings) and after is not None:
        return any(f.pos == "NOUN" and f.score > 0.3 for f in after.forms) or is_adjectival(after)
    return False


_SURPLUS = frozenset("лишним небольшим хвостиком лишком более больше выше".split())


@by_word
def is_number(token: Token) -> bool:
    return token.text[:1].isdigit() or any(f.pos == "NUMR" for f in token.forms[:1])


def _is_shouted(word: Token) -> bool:
    """«20 ТОНН ГУМАНИТАРНОЙ ПОМОЩИ»: a long word in capitals behind, so the line is in capitals."""
    return word.text.isupper() and len(word.text) > 6


_IN_LETTERS = frozenset("НКО СОНКО ТОС АНО ФАП МФЦ ДК КЦСОН ЦСО ЦСОН СОШ СМИ ТСР КФХ".split())
QUOTE_MARKS = frozenset('«»"“”„')


def _of_one(modifier: Token) -> bool:
    """Every reading of the adjective or participle is of the singular."""
    readings = [f for f in modifier.forms if f.pos in ADJECTIVAL]
    return bool(readings) and all("sing" in f.grammemes for f in readings)


def _row(spot: Spot) -> int:
    """«10, 15 и 20 семей», «12 и 14 человек»: how many words the numbers take that share its noun."""
    right = spot.scene.tokens[spot.last : min(spot.last + MAX_ROW, spot.sentence.last)]
    begun = bool(right) and spot.scene.text[spot.number.end : right[0].start].strip() == ","
    i, joined = (1 if begun and right[0].text.isdigit() else 0), False  # the comma went with the number
    while i + 1 < len(right) and right[i].text in (",", "и", "или") and right[i + 1].text.isdigit():
        joined = right[i].text != ","
        i += 2
        if joined:
            break
    shares = percent_follows(spot.scene.text, right[i - 1].stop) if joined else None
    return i if joined and shares is None else 0


def right_head(spot: Spot, value: Decimal, tokens: Sequence[Token] | None = None) -> Counted | None:
    """The noun to the right of the number that the number governs."""
    right = list(spot.right if tokens is None else tokens)
    if right and right[0].text == "+":
        right = right[1:]
    if tokens is None and (row := _row(spot)):
        right = list(spot.scene.tokens[spot.last + row : spot.sentence.last])
        value = Decimal(spot.scene.tokens[spot.last + row - 1].text)  # «12, 17 и 21 семья»
    i, adjective = 0, None
    steps = 0
    owner = bool(spot.left) and spot.left[0].text.lower() == "у"
    whole = spot.scene.text[spot.number.start : spot.number.end].isdigit()
    while i < len(right) and steps < MAX_MODIFIERS:
        token, after = right[i], right[i + 1] if i + 1 < len(right) else None
        low = token.text.lower()
        if low in _ABBREVIATED:
            return _abbreviation(right, i)
        if token.text in QUOTE_MARKS or token.text in ("-", "*", "**"):  # a messenger's bold letters
            i += 1
            continue
        if token.text == ")" and i == 0:
            if spot.left and spot.left[0].text != "(":
                break  # «на рынке (ряд 5) мамы продают пироги»
            i += 1
            continue
        if token.text == "(":
            closed = next((k for k in range(i + 1, min(i + 12, len(right))) if right[k].text == ")"), None)
            if closed is None:
                break
            i = closed + 1
            continue
        if low in ("с", "и") and after is not None and after.text.lower() in _SURPLUS:
            i += 2
            continue
        if low == "и" and adjective is not None and after is not None and is_number(after):
            if (
                stands_for_noun(adjective) is not None
                or stands_for_noun(adjective, _takes_one(value)) is not None
            ):
                break  # «110 зависимым и 40 погорельцам», «61 зависимый и 34 их родственника»
            i, steps = i + 2, steps + 1  # «20 групповых и 35 индивидуальных занятий»
            while i < len(right) and right[i].text.isdigit():
                i += 1  # «… и 1 240 групповых»
            continue
        if (
            token.text in (",", "и", "или")
            and adjective is not None
            and after is not None
            and is_adjectival(after)
            and not (token.text == "," and after.has("PRTF") and stands_for_noun(adjective) is not None)
            and (token.text != "," or _in_one_case(adjective, after) or stands_for_noun(adjective) is None)
        ):
            i, steps = i + 1, steps + 1
            continue
        if owner and token.text[:1].isalpha() and not token.has("gent"):
            break  # «у восьмерых ограниченные возможности»: the noun is another's
        if (learners := learners_of(token, after)) is not None:
            return learners
        if is_modifier(token, after):
            if whole and _of_one(token) and value % 10 != 1:
                break  # «подпрограммы 3 муниципальной программы»: the number is a name
            adjective = token
            i, steps = i + 1, steps + 1
            continue
        if token.text == "СО" and after is not None and after.text == "НКО":
            i, steps = i + 1, steps + 1
            continue
        if token.text in _IN_LETTERS:
            return Counted(low, "right", token.start, token.stop)  # «14 региональных НКО»
        if low in ("так", "называемых", "же", "тоже", "уже", "ещё", "еще", "наших", "таких", "этих"):
            i, steps = i + 1, steps + 1
            continue
        in_letters = 2 <= len(token.text) <= 6 and token.text.isupper() and token.text.isalpha()
        if adjective is None and in_letters and not (after is not None and _is_shouted(after)):
            return Counted(low, "right", token.start, token.stop)  # «8 НКО»
        reading = _agreeing_noun(token, value, oblique=False, collective=spot.number.collective)
        if reading is not None and value == 1 and not _goes_with(spot, token):
            reading = None
        if reading is not None and spot.number.collective and _is_instrument(spot, token):
            reading = None
        if reading is not None and not _is_prepositional_word(token) and not _is_rather_verb(token, reading):
            beyond = _beyond_object(adjective, right[i : i + 6])
            return beyond or Counted(unit_lemma(token.text, reading), "right", token.start, token.stop)
        beyond = _beyond_object(adjective, right[i : i + 6])
        if beyond is not None:
            return beyond
        break
    if adjective is not None:
        alone = stands_for_noun(adjective, one=_takes_one(value), persons=spot.number.collective)
        known = alone is None or value == 1 or in_list("substantivised", alone.lemma)
        return alone if known or not _takes_one(value) else None  # not «131 начавшего»
    return None


def _takes_one(value: Decimal) -> bool:
    """«61 зависимый»: the noun stands in the singular."""
    return value % 10 == 1 and value % 100 != 11


def _in_one_case(word: Token, after: Token) -> bool:
    """Not «помощь дали 199 обратившимся, бесплатные обеды получили …»: what follows is another phrase."""
    return any(word.has(case) and after.has(case) for case in _CASES)


def _goes_with(spot: Spot, noun: Token) -> bool:
    """«каждого третьего фельдшер»: gender or case are not the number's."""
    last = spot.scene.tokens[spot.last - 1]
    known = [f.grammemes for f in last.forms if f.pos == "ADJF" and "sing" in f.grammemes]
    if not known or not last.text.isalpha():
        return True
    return any(
        noun.has("NOUN", case, gender)
        for of_number in known
        for case in of_number & _CASES
        for gender in of_number & _GENDERS
    )


def _is_instrument(spot: Spot, noun: Token) -> bool:
    """«взяли двоих консультантами»: what they became, not who is counted."""
    last = spot.scene.tokens[spot.last - 1].text.lower()
    return last.endswith(("их", "ых")) and noun.has("ablt") and not noun.has("gent")


_CASES = frozenset({"nomn", "gent", "datv", "accs", "ablt", "loct"})
_GENDERS = frozenset({"masc", "femn", "neut"})


def _beyond_object(participle: Token | None, tokens: Sequence[Token]) -> Counted | None:
    """«37 подавших заявки местных организаций»: the noun in the genitive plural behind the object that the
    participles between the number and its noun have; nothing but its adjectives before it.
    """
    if participle is None or not participle.has("PRTF", "actv", "plur", "gent"):
        return None
    if not tokens or not tokens[0].has("NOUN", "accs") or tokens[0].has("NOUN", "plur", "gent"):
        return None
    for k, token in enumerate(tokens[1:], 1):
        reading = noun_reading(token.text, "gent", plural=True) if token.text[:1].isalpha() else None
        if reading is not None:
            return Counted(unit_lemma(token.text, reading), "right", token.start, token.stop)
        if not is_modifier(token, tokens[k + 1] if k + 1 < len(tokens) else None):
            return None
    return None


def _is_rather_verb(token: Token, noun: Form) -> bool:
    """«каждый третий готов»: a noun by accident of spelling."""
    top = token.forms[0]
    return top.pos in ("VERB", "ADJS", "PRTS", "PRED", "INFN") and noun.score < min(0.4, top.score)


def _is_prepositional_word(token: Token) -> bool:
    return bool(token.forms) and token.forms[0].pos in ("PREP", "CONJ", "PRCL")


def substantive(token: Token) -> str | None:
    """The unit that an adjective stands for («несовершеннолетних»); None if it stands for none."""
    found = stands_for_noun(token)
    return found.lemma if found else None


_MEANT = frozenset(  # «14 сёл из 17 намеченных»: the noun was named before
    "намеченный запланированный задуманный обещанный заявленный планируемый предусмотренный "
    "выделенный разосланный отправленный выданный купленный закупленный приобретённый собранный построенный "
    "установленный проведённый изготовленный рассмотренный поданный".split()
)


def stands_for_noun(token: Token, one: bool = False, *, persons: bool = False) -> Counted | None:
    """«863 пожилых», «1 214 обученных», «каждый седьмой звонивший»: an adjective that stands for a noun."""
    wanted = {"sing"} if one else {"plur"}
    for form in token.forms:
        if form.pos in ADJECTIVAL and wanted <= form.grammemes and not {"nomn", "plur"} <= form.grammemes:
            lemma = inflect(token.text.lower(), form, NOMINATIVE) or form.lemma
            if lemma in _MEANT:
                return None
            noun = noun_reading(token.text, "gent", plural=True)
            if (
                not (one or persons)
                and noun is not None
                and "femn" in noun.grammemes
                and "inan" in noun.grammemes
            ):
                return Counted(noun.lemma, "right", token.start, token.stop)  # «две гостиных»
            if in_list("substantivised", lemma) or form.pos == "PRTF":
                return Counted(lemma, "right", token.start, token.stop)
    return None


def learners_of(token: Token, after: Token | None) -> Counted | None:
    """«60 учащихся школ», «доля обучающихся колледжей»: who learns, not where."""
    if after is None or not token.text.lower().startswith(_LEARNING) or not in_list("schools", after.lemma):
        return None
    return stands_for_noun(token)


_LEARNING = ("учащ", "обучающ", "занимающ")


def _abbreviation(right: Sequence[Token], i: int) -> Counted:
    low = right[i].text.lower()
    if low in ("кв", "куб"):
        for later in right[i + 1 : i + 4]:
            if later.text.lower() in ("м", "метр", "метров", "метра", "км"):
                return Counted(unit_lemma(later.text), "right", right[i].start, later.stop)
    return Counted(unit_lemma(low), "right", right[i].start, right[i].stop)


_THEY = Screened(  # «появились выездные лектории: их прошло 40», «в гостиных, которых теперь семь»
    r"([а-яё]+)(?:[ \u00a0]«[^»]*»)?"
    r"(?::[ \u00a0]их[ \u00a0](?:состоялось|прошло|провели|открыли|выпустили)|"
    r",[ \u00a0]которых[ \u00a0](?:в[ \u00a0][а-яё]+[ \u00a0])?(?:теперь|уже|сейчас))[ \u00a0]$"
)


def told_by_pronoun(spot: Spot) -> Counted | None:
    """The plural right before «их» or «которых»."""
    found = None if spot.number.collective else _THEY.search(spot.left_text)
    reading = noun_reading(found[1], plural=True) if found else None
    if found is None or reading is None:
        return None
    start = spot.number.start - len(spot.left_text) + found.start(1)
    return Counted(unit_lemma(found[1], reading), "left", start, start + len(found[1]))
