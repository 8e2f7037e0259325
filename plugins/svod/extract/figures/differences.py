"""By how much something changed («на 17,3 %», «на треть больше», «вдвое меньше»), and what changed."""

from __future__ import annotations

from svod.extract.figures import of_what
from svod.extract.figures.changes import (
    before_is_by,
    difference,
    is_change,
    is_change_noun,
    is_change_verb,
    is_comparative,
)
from svod.extract.figures.context import Spot, is_predicate, percent_follows
from svod.extract.figures.counted import Counted, in_list, noun_reading, right_head, unit_lemma
from svod.extract.figures.elided import topic
from svod.extract.figures.heads import inverted_head
from svod.extract.figures.quantities import genitive_after, quantity_head
from svod.extract.figures.readings import NO_THING, PLENTY, Before, Reading, antecedent
from svod.extract.figures.subject_heads import subject_after, subject_head
from svod.extract.words.screened import Screened, search
from svod.models import Direction


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
    behind = spot.scene.text[spot.number.end : spot.number.end + 60].lower()
    rated = _RATED.match(behind) if _of_a_share(before) else None
    points = rated is not None or _POINTS.match(behind) is not None
    if not (share or percent or points):
        return None
    by = before_is_by(spot) or spot.scene.text[spot.number.start : spot.number.end].lower() in (
        "наполовину",
        "вполовину",
    )
    signed = sign(spot) if percent or points else None
    if signed is not None:
        counted = _changed(spot, before)
        return (
            Reading("percent_change", counted.lemma, counted, signed, "percent_change/sign")
            if counted
            else None
        )
    direction = difference(spot) if by or points or change_is_subject(spot) else None
    direction = direction or _grown(spot)
    if rated is not None:
        direction = "up" if rated[1] in _BETTER else "down"
    if direction is None:
        return None
    counted = _changed(spot, before)
    if counted is None:
        return None
    unit = "рубль" if of_what.is_money(spot, counted) else counted.lemma
    return Reading("percent_change", unit, counted, direction, f"percent_change/{counted.source}")


def sign(spot: Spot) -> Direction | None:
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


def change_is_subject(spot: Spot) -> bool:
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


def _quantity_after(spot: Spot) -> Counted | None:
    """«снизить в полтора раза число жалоб»: the noun of quantity right after the number."""
    after = spot.right[0] if spot.right else None
    if after is None or not after.has("NOUN", "accs") or not in_list("quantity", after.lemma):
        return None
    return genitive_after(spot.right[1:7])


def _object_changed(spot: Spot) -> Counted | None:
    """«снизить очередь в интернаты вдвое»: the object of an infinitive of change."""
    words = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start]
    verb = next((k for k, t in enumerate(words) if t.has("INFN", "tran") and is_change_verb(t)), None)
    if verb is None or verb + 1 >= len(words):
        return None
    noun = words[verb + 1]
    reading = noun_reading(noun.text, "accs")
    if reading is None or in_list("quantity", reading.lemma):
        return None
    return Counted(unit_lemma(noun.text, reading), "subject", noun.start, noun.stop)


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
        return adjacent or antecedent(before)
    if before is not None and before.kind == "count" and _THAT_IS.match(spot.left_text):
        return antecedent(before)
    found = _named_change(spot)
    if found is None or found.lemma in NO_THING or in_list("quantity", found.lemma) or is_change(found.lemma):
        told = antecedent(before) if before and before.reason in (None, "population") else None
        return told or found
    return found


_THAT_IS = Screened(r"это[  ](?:почти[  ]|примерно[  ]|более[  ]чем[  ])?(?:на[  ]|в[  ])?$")


def _named_change(spot: Spot) -> Counted | None:
    """What the clause itself says has changed."""
    return (
        _compared(spot)
        or _quantity_after(spot)
        or _object_changed(spot)
        or _growth_of(spot)
        or quantity_head(spot)
        or inverted_head(spot)
        or subject_head(spot)
        or subject_after(spot)
        or topic(spot)
    )


def _growth_of(spot: Spot) -> Counted | None:
    """«рост доходов семей – в полтора раза», «благодаря увеличению на 40 процентов финансирования»."""
    words = [t for t in spot.scene.words(spot.clause) if t.start < spot.number.start]
    at = next((k for k in range(len(words) - 1, -1, -1) if is_change_noun(words[k])), None)
    if at is None or any(is_predicate(t) for t in words[at + 1 :]):
        return None
    if at + 1 < len(words) and words[at + 1].lemma not in ("на", "в"):
        return genitive_after(words[at + 1 : at + 8])
    percent = percent_follows(spot.scene.text, spot.number.end)
    after = spot.number.end if percent is None else percent.end()
    return genitive_after([t for t in spot.right if t.start >= after][:7])


def _of_a_share(before: Before | None) -> bool:
    return before is not None and before.same_sentence and before.kind == "percent" and before.reason is None


_RATED = Screened(r"^[ \u00a0]пункт(?:а|ов)?[ \u00a0](хуже|лучше|выше|ниже|больше|меньше)(?![а-яё])")
_BETTER = frozenset({"лучше", "выше", "больше"})
_POINTS = Screened(
    r"^[ \u00a0]*(?:процентн\w+[ \u00a0]пункт|п\.[ \u00a0]?п|пп\b|%-н|"
    r"пункт(?:а|ов)?(?![а-яё])[^,;.]{0,30}(?:и|до)[ \u00a0][^,;.\d]{0,20}\d[\d,]*[ \u00a0]?(?:%|процент))"
)
