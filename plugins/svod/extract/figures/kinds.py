"""The kind of a figure and what it counts: count, money, percent, percent change or multiple, with its unit.

Each reader takes a number in its place and the figure before it, and returns a `Reading` or None.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from svod.extract.figures.changes import (
    before_is_by,
    difference,
    level_direction,
)
from svod.extract.figures.context import Spot, percent_follows
from svod.extract.figures.counted import Counted, in_list, right_head, told_by_pronoun
from svod.extract.figures.differences import change_is_subject, read_difference, read_multiple, sign
from svod.extract.figures.elided import named_in_sentence, pronoun, topic
from svod.extract.figures.heads import (
    bracketed,
    counted_up,
    first_plural,
    inner_head,
    inverted_head,
    label_head,
    of_them,
)
from svod.extract.figures.measured_labels import in_persons
from svod.extract.figures.money import by_difference, read_money
from svod.extract.figures.number_atoms import is_number_word
from svod.extract.figures.pieces import owner_of_pieces, things_told
from svod.extract.figures.quantities import genitive_after, quantity_head
from svod.extract.figures.readings import FROM_BEFORE, PLENTY, Before, Reading, antecedent
from svod.extract.figures.shares import is_percent_before, read_percent
from svod.extract.figures.signs import in_territories
from svod.extract.figures.subject_heads import asked_head, predicated_head
from svod.extract.figures.verbal import verb_head
from svod.extract.people.person_units import is_person
from svod.extract.people.pronouns import as_we_call_us, ourselves, people_named, plural_subject
from svod.extract.words.screened import Screened, search
from svod.language.morph import forms
from svod.models import Direction

_TIMES = Screened(r"^[ \u00a0]*раза?(?![а-яё])")
_PRONOUN = Screened(r"(?<![а-яё])их(?:[ \u00a0][а-яё]+){0,3}[ \u00a0]$")

Reader = Callable[[Spot, "Before | None"], "Reading | None"]


def read_count(spot: Spot, before: Before | None) -> Reading | None:
    """Everything that is counted in pieces, people or hours."""
    if spot.number.form not in ("plain", "range", "change"):
        return None
    if percent_follows(spot.scene.text, spot.number.end) is not None or is_percent_before(spot):
        return None
    counted = _counted_thing(spot, before)
    if counted is None:
        return None
    direction = sign(spot) or level_direction(spot) or by_difference(spot) or _added(spot)
    if direction is None and change_is_subject(spot):
        direction = difference(spot)
    if before is not None and before.reason == "baseline" and before.same_sentence:
        direction = "up" if spot.number.value > before.value else "down"
    return Reading("count", counted.lemma, counted, direction, f"count/{counted.source}")


_ADDED = Screened(
    r"(?<![а-яё])(?:(?:при|до|у|по)бав[а-яё]*(?:лось|лись|лся|лась)|прирос(?:л[аио])?"
    r"|пополнил[аи]?(?:с[яь])?[ \u00a0]на|прибыло)[ \u00a0]"
    r"(?:(?:ещё|еще|сразу|около|почти|более)[ \u00a0])*$"
)


def _added(spot: Spot) -> Direction | None:
    """«за зиму прибавилось девяносто»: the number is the difference itself."""
    found = _ADDED.search(spot.left_text)
    if found is None:
        return None
    return "down" if found.group().startswith(("у", "поуб")) else "up"


def _counted_thing(spot: Spot, before: Before | None) -> Counted | None:
    if _TIMES.match(spot.right_text):
        return verb_head(spot)
    if FROM_BEFORE.match(spot.right_text):
        owners = people_named(spot) if before is None or not is_person(before.unit) else None
        return owners or antecedent(before) or _person_of_collective(spot)
    based = _after_base(spot)
    if based is not None:
        return based
    right = right_head(spot, spot.number.value)
    if right is None and spot.number.form == "change":
        right = inner_head(spot)
    if right is not None and right.lemma in _OF_FAMILIES and before is not None and before.unit == "семья":
        return antecedent(before)  # «получили 900 семей, в том числе 120 многодетных»
    if right is not None:
        pieces = right.lemma in _PIECES and right.source == "right"
        people = right.lemma == "человек" and search(_NUMBER_OF, _after_colon(spot.left_text)) is not None
        named = quantity_head(spot) if pieces or people else None
        if right.lemma == "штука" and named is None and (things := _things_after(spot, right)) is not None:
            return things
        if pieces and named is None and (owner := owner_of_pieces(spot) or topic(spot)) is not None:
            return owner
        if pieces and named is None and _of_the_same(spot, before):
            return antecedent(before)
        if right.lemma == "штука" and named is None:
            return inverted_head(spot) or things_told(spot) or _things_before(before) or right
        if right.lemma == "человек" and _LED_BY_DASH.search(spot.left_text):
            named = named or _labelled_people(spot)
        if named is None or named.lemma == "период" or not (pieces or is_person(named.lemma)):
            return right
        return named
    persons = in_persons(spot)
    if persons is not None:
        return persons
    if spot.right and spot.right[0].has("NOUN", "nomn") and in_list("quantity", spot.right[0].lemma):
        named = genitive_after(spot.right[1:7])  # «увеличилось до 11 количество обращений»
        if named is not None:
            return named
    if _adjective_alone(spot) and _goes_on(spot, before):
        return antecedent(before)
    said = predicated_head(spot) or bracketed(spot) or of_them(spot) or counted_up(spot)
    if said is not None:
        return said
    told = as_we_call_us(spot) or told_by_pronoun(spot)
    if told is not None:
        return told
    if _PRONOUN.search(spot.left_text):
        joined = before is not None and before.same_sentence and before.reason is None
        subject = plural_subject(spot, before.start if before and joined else None)
        named = pronoun(spot, back=1) if before is not None and not joined else None
        same = named is not None and before is not None and named.lemma == before.unit
        return subject or (None if same else named) or antecedent(before)
    if before_is_by(spot) and before is not None and before.reason is None and difference(spot):
        return inverted_head(spot) or quantity_head(spot) or antecedent(before)
    if _pair_of_plan(spot, before):
        return antecedent(before)
    inverted = inverted_head(spot)
    if inverted is not None and inverted.lemma not in ("год",):
        return inverted
    quantity = quantity_head(spot)
    if quantity is not None and before is not None and quantity.start < before.start and _counts_on(before):
        quantity = None  # «уровень навыков у 36 подростков вырос, у 14 не изменился»
    return (
        quantity
        or label_head(spot)
        or _antecedent_of_count(spot, before)
        or _person_of_collective(spot)
        or asked_head(spot)
        or ourselves(spot)
    )


_LED_BY_DASH = Screened(
    r"[а-яё»)],?[ \u00a0][–—-][ \u00a0](?:(?:не|более|менее|около|до|свыше|почти)[ \u00a0])*$"
)


def _labelled_people(spot: Spot) -> Counted | None:
    """«Подростков, занятых в проекте, – 13 чел.»: the people that open the label before the dash."""
    words = [t for t in spot.scene.words(spot.sentence)[:5] if t.text[:1].isalpha()]
    opening = first_plural(words[:4], "left", "gent")
    return opening if opening is not None and is_person(opening.lemma) else None


def _things_after(spot: Spot, pieces: Counted) -> Counted | None:
    """«300 штук различных изделий»: what the pieces are."""
    after = [t for t in spot.right if t.start >= pieces.end][:5]
    return genitive_after(after) if after and after[0].has("gent") else None


def _adjective_alone(spot: Spot) -> bool:
    """«семь лагерей труда и пять палаточных»: the noun of the adjective was said before."""
    ends = len(spot.right) < 2 or spot.right[1].text in ",.;" or spot.right[1].lemma == "и"
    return ends and bool(spot.right) and spot.right[0].has("ADJF", "plur", "gent")


def _goes_on(spot: Spot, before: Before | None) -> bool:
    """The figure before counts the first thing of the list in which this one stands."""
    if before is None or not before.same_sentence or before.kind != "count" or before.reason is not None:
        return False
    between = spot.scene.text[before.start : spot.number.start]
    return _LIST_JOINT.search(between) is not None


_LIST_JOINT = Screened(r"(?:,|[ \u00a0](?:и|а[ \u00a0]также))[ \u00a0](?:ещё[ \u00a0])?$")


def _things_before(before: Before | None) -> Counted | None:
    return antecedent(before) if before is not None and not is_person(before.unit) else None


def _counts_on(before: Before) -> bool:
    """The figure before stands in the same sentence and counts something that it names itself."""
    named = before.counted is not None and before.counted.source == "right"
    return before.same_sentence and before.kind == "count" and before.reason is None and named


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


_ONE = Screened(r"(?:(?<!1)1|^одно(?:го|й))$")


def _after_base(spot: Spot) -> Counted | None:
    """«12 из 20 подростков»: the noun stands after the base."""
    if not spot.right or spot.right[0].text.lower() != "из":
        return None
    rest = list(spot.right[1:])
    numbers = 0
    while numbers < len(rest) and (rest[numbers].text[:1].isdigit() or is_number_word(rest[numbers].text)):
        numbers += 1
    head = right_head(spot, PLENTY, rest[numbers:]) if numbers else None
    if numbers and (head is None or head.source != "right") and _ONE.search(rest[numbers - 1].text.lower()):
        one = right_head(spot, Decimal(1), rest[numbers:])  # «в 5 из 21 района»; not «96 из 131 начавшего»
        head = one if one is not None and forms(one.lemma)[0].pos == "NOUN" else head
    if head is not None and in_territories(head.lemma) and inverted_head(spot) is not None:
        return None  # «Участников набралось 96 из одиннадцати районов»
    return head


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
    if before is None or before.kind == "money" or before.unit == "рубль":
        return None
    return named_in_sentence(spot, before.start if before.same_sentence else None) or antecedent(before)


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
