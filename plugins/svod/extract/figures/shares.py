"""Levels and shares («76 % родителей», «каждый седьмой звонивший», «8 из 10»), and what they are of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from svod.extract.figures import of_what
from svod.extract.figures.changes import level_direction
from svod.extract.figures.context import Spot, percent_follows
from svod.extract.figures.counted import Counted, in_list, noun_reading, right_head, unit_lemma
from svod.extract.figures.elided import topic
from svod.extract.figures.groups_named import of_whom
from svod.extract.figures.heads import inverted_head, named_right_before, of_them
from svod.extract.figures.measured_labels import in_percent
from svod.extract.figures.quantities import genitive_after, indicator_before, quantity_head
from svod.extract.figures.readings import FROM_BEFORE, NO_THING, PLENTY, Before, Reading, antecedent
from svod.extract.figures.subject_heads import divided, subject_head
from svod.extract.words.agreement import agrees
from svod.extract.words.screened import Screened, search
from svod.language.document import Token


def read_percent(spot: Spot, before: Before | None) -> Reading | None:
    """A level or share: «76 % родителей», «каждый седьмой звонивший», «8 из 10», «99,1 %»."""
    number = spot.number
    shares = number.form in ("share", "every", "of") or is_percent_before(spot)
    percent = percent_follows(spot.scene.text, number.end)
    if not shares and percent is None:
        return _elided_percent(spot, before)
    tokens = spot.right
    if percent is not None:
        tokens = tuple(t for t in tokens if t.start >= percent.end())
    counted = right_head(spot, Decimal(1) if number.form == "every" else PLENTY, tokens)
    if counted is not None and _preposition_before(spot, counted):
        counted = None
    if counted is None and FROM_BEFORE.match(
        spot.scene.text[percent.end() if percent else number.end :][:20].lower()
    ):
        counted = antecedent(before)
    if counted is None and number.form == "every":
        counted = antecedent(before)
    if counted is None and before is not None and before.reason is None and _SUCH.search(spot.left_text):
        counted = antecedent(before)
    if counted is None and before is not None and before.kind == "percent" and _SAME.search(spot.left_text):
        counted = antecedent(before)
    if counted is None and number.form != "of":
        counted = named_right_before(spot) or of_them(spot)  # «женщин – 17,4 %»
    if counted is None:
        counted = (
            _of_those(tokens)
            or _of_all(tokens)
            or _told_before(spot, before)
            or quantity_head(spot)
            or _percent_antecedent(spot, before)
            or of_whom(spot, opens=True)
            or (topic(spot) if spot.number.form == "every" else None)
            or subject_head(spot)
            or divided(spot)
        )
    if counted is not None and counted.source != "right" and not agrees(spot, counted.lemma):
        counted = _of_its_gender(spot) or counted
    if counted is not None and counted.source == "subject" and counted.lemma in NO_THING:
        told = indicator_before(spot) if counted.lemma in _INDICATOR else None
        counted = told or antecedent(before) or counted  # «Абсолютное большинство, 96 %»
    if counted is not None and counted.lemma == "план" and before is not None and before.same_sentence:
        counted = antecedent(before) or counted  # «План набора (40 человек) выполнен на 80 %»
    if counted is None and before is not None and before.reason is None:
        counted = antecedent(before)
    counted = counted or of_what.of_list(spot)
    if counted is None:
        return None
    if counted.source in ("subject", "quantity", "antecedent"):
        counted = of_what.of_list(spot) or counted
    unit = "рубль" if of_what.is_money(spot, counted) else counted.lemma
    return Reading("percent", unit, counted, level_direction(spot), f"percent/{counted.source}")


_INDICATOR = frozenset({"показатель", "значение"})


def _of_its_gender(spot: Spot) -> Counted | None:
    """«отменяли занятия: пропускалось каждое четвёртое»: the nearest plural that the ordinal agrees with."""
    for token in spot.left:
        noun = bool(token.forms) and token.forms[0].pos == "NOUN"
        reading = noun_reading(token.text, "nomn", "accs", plural=True) if noun else None
        if reading is not None:
            unit = unit_lemma(token.text, reading)
            if agrees(spot, unit):
                return Counted(unit, "antecedent", token.start, token.stop)
    return None


def _of_those(after: Sequence[Token]) -> Counted | None:
    """«14 процентов тех, кому она назначена»."""
    those = len(after) > 2 and after[0].text.lower() == "тех" and after[1].text == ","
    if not those or after[2].text.lower() not in ("кто", "кого", "кому"):
        return None
    return Counted("человек", "right", after[0].start, after[0].stop)


def _of_all(after: Sequence[Token]) -> Counted | None:
    """«29 % от общего количества обращений»."""
    if (
        not after
        or after[0].text.lower() != "от"
        or not any(in_list("quantity", t.lemma) for t in after[1:3])
    ):
        return None
    return genitive_after(after[1:7])


def _told_before(spot: Spot, before: Before | None) -> Counted | None:
    """«женщин было больше половины», «вызовов оказалось меньше 5 %»: the genitive before the verb."""
    if is_percent_before(spot) or not spot.predicates or spot.predicates[0].start > spot.number.start:
        return None
    found = inverted_head(spot)
    last = before.start if before is not None and before.same_sentence else 0
    return found if found is not None and found.start > last else None


_PERCENT_BEFORE = Screened(
    r"(?<![а-яё])процентов[ \u00a0]$|"
    # «Процент семей, снятых с учёта, составил 61»
    r"(?<![а-яё])процент[ \u00a0][а-яё][а-яё ,«»\u00a0-]{2,90}[ \u00a0]"
    r"(?:[–—:-]|составил|составляет|достиг)[ \u00a0]$"
)


def is_percent_before(spot: Spot) -> bool:
    """«процентов семьдесят», «доля довольных, % – 91»."""
    told = spot.number.form in ("plain", "range") and _PERCENT_BEFORE.search(spot.left_text) is not None
    return told or in_percent(spot)


_SET_BESIDE = Screened(r"\d[ \u00a0]\([^()\d]*\d{0,4}[ \u00a0]?(?:год|г)?[а-яё]*\.?[ \u00a0][–—-][ \u00a0]$")
_SIGNED = Screened(r"\d[ \u00a0]?%|\d[ \u00a0]процент")


_STOPS = Screened(
    r"[ \u00a0]*(?:[,.;)—–]|$|(?:годом|год|ранее|раньше|прежде|в[ \u00a0]прошлом|в[ \u00a0](?:19|20)\d\d)"
    r"(?![а-яё]))"
)


def _elided_percent(spot: Spot, before: Before | None) -> Reading | None:
    """«28 % касались учёбы, 22 – дружбы», «было 6 процентов, стало 9»: the sign is left out."""
    if (
        before is None
        or before.kind != "percent"
        or not before.same_sentence
        or spot.number.form != "plain"
        or spot.number.value > 100
        or not (_SIGNED.search(spot.left_text) or _SET_BESIDE.search(spot.left_text))
        or not _STOPS.match(spot.right_text)
    ):
        return None
    counted = antecedent(before)
    if counted is None:
        return None
    direction = level_direction(spot)
    if before.reason == "baseline":
        direction = "up" if spot.number.value > before.value else "down"
    return Reading("percent", counted.lemma, counted, direction, "percent/elided")


def _percent_antecedent(spot: Spot, before: Before | None) -> Counted | None:
    """«(99,4 %)», «две трети – впервые»: a share of the figure right before."""
    if before is None or before.reason is not None or not before.same_sentence:
        return None
    between = spot.scene.text[before.start : spot.number.start]
    if spot.left_text.endswith("(") or spot.number.form in ("share", "every") or not search(r"[.;]", between):
        return antecedent(before)
    return None


def _preposition_before(spot: Spot, counted: Counted) -> bool:
    words = spot.scene.doc.tokens_in(spot.number.end, counted.start)
    return any(t.forms and t.forms[0].pos == "PREP" for t in words)


_SUCH = Screened(r"(?<![а-яё])таких[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}$")  # «годом ранее таких было 61 %»


_SAME = Screened(  # «год назад этот показатель был 76 %»: what the figure before counts
    r"(?<![а-яё])(?:этот|тот|данный|такой)[ \u00a0](?:же[ \u00a0])?(?:показател|процент|уровень)"
)
