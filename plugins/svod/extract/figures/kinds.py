"""The kind of a figure and what it counts: count, money, percent, percent change or multiple, with its unit.

Each reader takes a number in its place and the figure before it, and returns a `Reading` or None.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from svod.extract.figures import of_what
from svod.extract.figures.changes import (
    before_is_by,
    difference,
    is_change_noun,
    is_comparative,
    level_direction,
)
from svod.extract.figures.context import Spot, percent_follows
from svod.extract.figures.counted import (
    Counted,
    genitive_after,
    in_list,
    quantity_head,
    right_head,
    told_by_pronoun,
)
from svod.extract.figures.elided import named_in_sentence, topic
from svod.extract.figures.heads import (
    asked_head,
    bracketed,
    inner_head,
    inverted_head,
    label_head,
    named_right_before,
    of_them,
    owner_of_pieces,
    predicated_head,
    subject_after,
    subject_head,
    verb_head,
)
from svod.extract.figures.money import by_difference, read_money
from svod.extract.figures.number_atoms import is_number_word
from svod.extract.figures.readings import Before, Reading
from svod.extract.people.person_units import is_person
from svod.extract.people.pronouns import plural_subject
from svod.extract.words.screened import Screened, search
from svod.models import Direction

PLENTY = Decimal(1000)  # a value that governs the genitive: shares do
_POINTS = Screened(
    r"^[ \u00a0]*(?:процентн\w+[ \u00a0]пункт|п\.[ \u00a0]?п|пп\b|%-н|"
    r"пункт(?:а|ов)?(?![а-яё])[^,;.]{0,30}(?:и|до)[ \u00a0][^,;.\d]{0,20}\d[\d,]*[ \u00a0]?(?:%|процент))"
)
_NO_THING = frozenset("большинство меньшинство факт итог результат самоцель показатель период".split())
_FROM_BEFORE = Screened(r"^[ \u00a0]*из[ \u00a0](?:них|которых|этих|его|числа|тех|всех)")
_TIMES = Screened(r"^[ \u00a0]*раза?(?![а-яё])")
_PRONOUN = Screened(r"(?<![а-яё])их(?:[ \u00a0][а-яё]+){0,3}[ \u00a0]$")
_SUCH = Screened(r"(?<![а-яё])таких[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}$")  # «годом ранее таких было 61 %»
_SAME = Screened(  # «год назад этот показатель был 76 %»: what the figure before counts
    r"(?<![а-яё])(?:этот|тот|данный|такой)[ \u00a0](?:же[ \u00a0])?(?:показател|процент|уровень)"
)

Reader = Callable[[Spot, "Before | None"], "Reading | None"]


def _antecedent(before: Before | None) -> Counted | None:
    """The unit of the figure before, as an elided unit."""
    if before is None or not before.unit:
        return None
    place = before.counted
    return Counted(
        before.unit,
        "antecedent",
        place.start if place else before.start,
        place.end if place else before.start,
    )


def read_multiple(spot: Spot, before: Before | None) -> Reading | None:
    """«в 1,5 раза», «вдвое меньше», «удвоилось»."""
    if spot.number.form != "multiple":
        return None
    counted = _changed(spot, before)
    if counted is None:
        return None
    return Reading("multiple", counted.lemma, counted, difference(spot) or "up", f"multiple/{counted.source}")


def read_difference(spot: Spot, before: Before | None) -> Reading | None:
    """«на 17,3 %», «на треть больше», «на 17 процентных пунктов», «снижение … составило 13 %»."""
    share = spot.number.form == "share"
    percent = percent_follows(spot.scene.text, spot.number.end) is not None
    points = _POINTS.match(spot.scene.text[spot.number.end : spot.number.end + 60].lower()) is not None
    if not (share or percent or points):
        return None
    by = before_is_by(spot) or spot.scene.text[spot.number.start : spot.number.end].lower() in (
        "наполовину",
        "вполовину",
    )
    signed = _sign(spot) if percent or points else None
    if signed is not None:
        counted = _changed(spot, before)
        return (
            Reading("percent_change", counted.lemma, counted, signed, "percent_change/sign")
            if counted
            else None
        )
    direction = difference(spot) if by or points or _change_is_subject(spot) else None
    direction = direction or _grown(spot)
    if direction is None:
        return None
    counted = _changed(spot, before)
    if counted is None:
        return None
    unit = "рубль" if of_what.is_money(spot, counted) else counted.lemma
    return Reading("percent_change", unit, counted, direction, f"percent_change/{counted.source}")


def _sign(spot: Spot) -> Direction | None:
    """«(+15 % к 2022 году)», «−4 %»."""
    found = search(
        r"(?:^|[ \u00a0(])([+−–-])[ \u00a0]?$",
        spot.scene.text[max(0, spot.number.start - 3) : spot.number.start],
    )
    if found is None and (told := _PLUS.search(spot.left_text)) is not None:
        return "up" if told[1] == "плюс" else "down"
    if found is None or (found.group(1) in "–-" and not spot.left_text.rstrip("–- ").endswith("(")):
        return None
    return "up" if found.group(1) == "+" else "down"


_PLUS = Screened(r"\((плюс|минус)[ \u00a0]$")  # «54,6 процента (плюс 4,1 п. п.)»


def _grown(spot: Spot) -> Direction | None:
    """«прирост превысил двенадцать процентов»: the change itself is what the verb tells of."""
    found = _GROWN.search(spot.left_text)
    if found is None:
        return None
    return "up" if found[1].startswith(("при", "рост", "увел")) else "down"


_GROWN = Screened(
    r"(?<![а-яё])((?:при)?рост|увеличение|снижение|сокращение|уменьшение)[ \u00a0]"
    r"(?:составил[ао]?|превысил[ао]?|достиг(?:ла|ло)?)[ \u00a0](?:(?:почти|около|более)[ \u00a0])?$"
)


def _change_is_subject(spot: Spot) -> bool:
    """«снижение численности составило 13 %», «рост – 12 %», «прирост 5 %»."""
    if search(
        r"(?:рост|снижение|увеличение|сокращение|уменьшение)(?:[ \u00a0][а-яё]+){0,3}[ \u00a0—–:]*$",
        spot.left_text,
    ):
        return True
    if not search(
        r"(?:составил\w*|составляет|превыс\w+|превышает|достиг\w*|равен|равня\w+|был\w?|—|–|:|на|прирост|"
        r"рост)[ \u00a0]*(?:около[ \u00a0]|почти[ \u00a0]|более[ \u00a0])?$",
        spot.left_text,
    ):
        return False
    for token in spot.scene.words(spot.clause):
        if token.start >= spot.number.start:
            return False
        if token.forms and token.forms[0].pos == "NOUN":
            return is_change_noun(token)
    return False


def _compared(spot: Spot) -> Counted | None:
    """«втрое больше заявок», «на 20 % меньше отказов»: the genitive after the comparative."""
    for k, token in enumerate(spot.right[:5]):
        if is_comparative(token):
            return genitive_after(spot.right[k + 1 : k + 6])
    return None


def _changed(spot: Spot, before: Before | None) -> Counted | None:
    """What changed: an elided figure right before, the noun of quantity, the genitive or the subject of the
    clause.
    """
    joined = before is not None and before.same_sentence and before.reason is None
    between = spot.scene.text[before.start : spot.number.start] if before is not None else ""
    if (
        joined
        and search(
            r"(?:[—–-]|,|\(|и|это|что)[ \u00a0]*(?:это[ \u00a0]|что[ \u00a0])?(?:на[ \u00a0]|"
            r"почти[ \u00a0]|более[ \u00a0]чем[ \u00a0]|примерно[ \u00a0])*$",
            between,
        )
        and not search(r"число|количеств|дол[яюи]|объ[её]м", between)
    ):
        adjacent = right_head(spot, PLENTY) if spot.number.form == "multiple" else None
        return adjacent or _antecedent(before)
    return (
        _compared(spot)
        or quantity_head(spot)
        or inverted_head(spot)
        or subject_head(spot)
        or subject_after(spot)
        or topic(spot)
        or (_antecedent(before) if before and before.reason in (None, "population") else None)
    )


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
    if counted is None and _FROM_BEFORE.match(
        spot.scene.text[percent.end() if percent else number.end :][:20].lower()
    ):
        counted = _antecedent(before)
    if counted is None and number.form == "every":
        counted = _antecedent(before)
    if counted is None and before is not None and before.reason is None and _SUCH.search(spot.left_text):
        counted = _antecedent(before)
    if counted is None and before is not None and before.kind == "percent" and _SAME.search(spot.left_text):
        counted = _antecedent(before)
    if counted is None and number.form != "of":
        counted = named_right_before(spot) or of_them(spot)  # «женщин – 17,4 %»
    if counted is None:
        counted = quantity_head(spot) or _percent_antecedent(spot, before) or subject_head(spot)
    if counted is not None and counted.source == "subject" and counted.lemma in _NO_THING:
        counted = _antecedent(before) or counted  # «Абсолютное большинство, 96 %»
    if counted is not None and counted.lemma == "план" and before is not None and before.same_sentence:
        counted = _antecedent(before) or counted  # «План набора (40 человек) выполнен на 80 %»
    if counted is None and before is not None and before.reason is None:
        counted = _antecedent(before)
    counted = counted or of_what.of_list(spot)
    if counted is None:
        return None
    if counted.source in ("subject", "quantity", "antecedent"):
        counted = of_what.of_list(spot) or counted
    unit = "рубль" if of_what.is_money(spot, counted) else counted.lemma
    return Reading("percent", unit, counted, level_direction(spot), f"percent/{counted.source}")


_PERCENT_BEFORE = Screened(r"(?<![а-яё])процентов[ \u00a0]$")


def is_percent_before(spot: Spot) -> bool:
    """«процентов семьдесят»: about so many."""
    return spot.number.form in ("plain", "range") and _PERCENT_BEFORE.search(spot.left_text) is not None


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
        or not _SIGNED.search(spot.left_text)
        or not _STOPS.match(spot.right_text)
    ):
        return None
    counted = _antecedent(before)
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
        return _antecedent(before)
    return None


def _preposition_before(spot: Spot, counted: Counted) -> bool:
    words = spot.scene.doc.tokens_in(spot.number.end, counted.start)
    return any(t.forms and t.forms[0].pos == "PREP" for t in words)


def read_count(spot: Spot, before: Before | None) -> Reading | None:
    """Everything that is counted in pieces, people or hours."""
    if spot.number.form not in ("plain", "range", "change"):
        return None
    if percent_follows(spot.scene.text, spot.number.end) is not None or is_percent_before(spot):
        return None
    counted = _counted_thing(spot, before)
    if counted is None:
        return None
    direction = _sign(spot) or level_direction(spot) or by_difference(spot) or _added(spot)
    if direction is None and _change_is_subject(spot):
        direction = difference(spot)
    if before is not None and before.reason == "baseline" and before.same_sentence:
        direction = "up" if spot.number.value > before.value else "down"
    return Reading("count", counted.lemma, counted, direction, f"count/{counted.source}")


_ADDED = Screened(
    r"(?<![а-яё])(?:при|до|у|по)бав[а-яё]*(?:лось|лись|лся|лась)[ \u00a0]"
    r"(?:(?:ещё|еще|сразу|около|почти|более)[ \u00a0])*$"
)


def _added(spot: Spot) -> Direction | None:
    """«за зиму прибавилось девяносто»: the number is the difference itself."""
    found = _ADDED.search(spot.left_text)
    if found is None:
        return None
    return "down" if found.group().startswith(("у", "по")) else "up"


def _counted_thing(spot: Spot, before: Before | None) -> Counted | None:
    if _TIMES.match(spot.right_text):
        return verb_head(spot)
    if _FROM_BEFORE.match(spot.right_text):
        return _antecedent(before) or _person_of_collective(spot)
    based = _after_base(spot)
    if based is not None:
        return based
    right = right_head(spot, spot.number.value)
    if right is None and spot.number.form == "change":
        right = inner_head(spot)
    if right is not None and right.lemma in _OF_FAMILIES and before is not None and before.unit == "семья":
        return _antecedent(before)  # «получили 900 семей, в том числе 120 многодетных»
    if right is not None:
        pieces = right.lemma in _PIECES and right.source == "right"
        people = right.lemma == "человек" and search(_NUMBER_OF, _after_colon(spot.left_text)) is not None
        named = quantity_head(spot) if pieces or people else None
        if pieces and named is None and (owner := owner_of_pieces(spot) or topic(spot)) is not None:
            return owner
        if pieces and named is None and _of_the_same(spot, before):
            return _antecedent(before)
        if named is None or named.lemma == "период" or not (pieces or is_person(named.lemma)):
            return right
        return named
    if spot.right and spot.right[0].has("NOUN", "nomn") and in_list("quantity", spot.right[0].lemma):
        named = genitive_after(spot.right[1:7])  # «увеличилось до 11 количество обращений»
        if named is not None:
            return named
    said = predicated_head(spot) or bracketed(spot) or of_them(spot)
    if said is not None:
        return said
    told = told_by_pronoun(spot)
    if told is not None:
        return told
    if _PRONOUN.search(spot.left_text):
        joined = before is not None and before.same_sentence and before.reason is None
        return plural_subject(spot, before.start if before and joined else None) or _antecedent(before)
    if before_is_by(spot) and before is not None and before.reason is None and difference(spot):
        return inverted_head(spot) or quantity_head(spot) or _antecedent(before)
    if _pair_of_plan(spot, before):
        return _antecedent(before)
    inverted = inverted_head(spot)
    if inverted is not None and inverted.lemma not in ("год",):
        return inverted
    return (
        quantity_head(spot)
        or label_head(spot)
        or _antecedent_of_count(spot, before)
        or _person_of_collective(spot)
        or asked_head(spot)
    )


def _of_the_same(spot: Spot, before: Before | None) -> bool:
    """«мясных консервов – 70 ед., рыбных – 52 ед.»: the adjective alone stands for the noun before."""
    if before is None or not before.same_sentence or before.kind != "count" or len(spot.left) < 2:
        return False
    return spot.left[0].text in "–—-:" and spot.left[1].has("ADJF", "plur") and before.unit not in _PIECES


def _after_colon(text: str) -> str:
    """«растёт число нарушителей: средства истребованы с 72 человек»: what stands before a colon is apart."""
    before, _, after = text.rpartition(": ")
    return after if len(after.split()) > 1 else f"{before} {after}"


_NUMBER_OF = r"(?<![а-яё])(?:число|количество|численность)[ \u00a0]"
_OF_FAMILIES = frozenset(
    "многодетный приёмный неполный замещающий опекунский малообеспеченный малоимущий молодой".split()
)
_PIECES = frozenset({"штука", "единица"})  # «количество вещей составило 900 штук»


def _after_base(spot: Spot) -> Counted | None:
    """«12 из 20 подростков»: the noun stands after the base."""
    if not spot.right or spot.right[0].text.lower() != "из":
        return None
    rest = list(spot.right[1:])
    numbers = 0
    while numbers < len(rest) and (rest[numbers].text[:1].isdigit() or is_number_word(rest[numbers].text)):
        numbers += 1
    return right_head(spot, PLENTY, rest[numbers:]) if numbers else None


def _pair_of_plan(spot: Spot, before: Before | None) -> bool:
    """«план 900 человек, факт 1 016»: the second of a pair counts what the first does."""
    if before is None or before.reason is not None or not before.same_sentence or before.kind != "count":
        return False
    between = spot.scene.text[before.start : spot.number.start].lower()
    return search(r"(?:план|факт)\w*[ \u00a0]*[–—:-]?[ \u00a0]*$", between) is not None


def _antecedent_of_count(spot: Spot, before: Before | None) -> Counted | None:
    """An elided unit: the figure before in this sentence, or in the one before when nothing else can be
    meant.
    """
    if before is None or before.kind == "money":
        return None
    return named_in_sentence(spot, before.start if before.same_sentence else None) or _antecedent(before)


def _person_of_collective(spot: Spot) -> Counted | None:
    """«двое нашли работу»: collective numbers count people."""
    if not spot.number.collective:
        return None
    return Counted("человек", "antecedent", spot.number.start, spot.number.end)


READERS: tuple[tuple[str, Reader], ...] = (
    ("multiple", read_multiple),
    ("percent_change", read_difference),
    ("percent", read_percent),
    ("money", read_money),
    ("count", read_count),
)


def read_kind(spot: Spot, before: Before | None) -> Reading | None:
    """The first reader that understands the number; None if it counts nothing that the text names."""
    for _, reader in READERS:
        reading = reader(spot, before)
        if reading is not None:
            return reading
    return None
