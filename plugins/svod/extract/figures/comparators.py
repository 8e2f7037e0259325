"""The comparator of a figure, from the words around the number. Ordered: the first that fits wins."""

from __future__ import annotations

from svod.extract.figures.changes import changes_to_level
from svod.extract.figures.context import Spot
from svod.extract.words.screened import Screened, search
from svod.models import Comparator

_LINK = (
    r"(?:[ \u00a0]+чем(?:[ \u00a0]+на)?)?(?:[ \u00a0]+(?:в|во|для|из|у|с|со|по|к|за|о|об|при|до|уже|"
    r"ещё|еще|всех|его|её|их|этих|над|от))?"
    r"[ \u00a0]*[«\"(]?[ \u00a0]*$"
)
_BEFORE: tuple[tuple[Comparator, str], ...] = (
    (
        "ge",
        r"(?:не[ \u00a0](?:менее|меньше|ниже)|минимум|как[ \u00a0]минимум|хотя[ \u00a0]бы|"
        r"по[ \u00a0]меньшей[ \u00a0]мере|самое[ \u00a0]малое|по[ \u00a0]крайней[ \u00a0]мере|≥)",
    ),
    (
        "le",
        r"(?:не[ \u00a0]превы[а-яё]+|не[ \u00a0](?:более|больше|свыше|выше)|максимум|"
        r"в[ \u00a0]пределах|≤|самое[ \u00a0]большее)",
    ),
    (
        "approx",
        r"(?:почти|без[ \u00a0]малого|едва[ \u00a0]ли[ \u00a0]не|чуть[ \u00a0]ли[ \u00a0]не|"
        r"практически|где-то|приблизительно|ориентировочно|примерно|около|порядка|в[ \u00a0]среднем|"
        r"приблизительно|круглым[ \u00a0]счётом|~|≈|что-то[ \u00a0]около)",
    ),
    (
        "gt",
        r"(?:более|больше|свыше|выше|превысил[аио]?|превыс[ия]т|превышает|превышают|превзош\w+|перевалил[аио]?|"
        r"за[ \u00a0]отметку|>|сверх|с[ \u00a0]лихвой)",
    ),
    ("lt", r"(?:менее|меньше|ниже|неполны[ехм]+|не[ \u00a0]достиг\w*|не[ \u00a0]дотя[а-яё]+|<)"),
    ("approx", r"(?:под)"),
)
_LINK_BY = _LINK.replace("(?:в|во|", "(?:в|во|на|")  # «почти на 40 %»; but «больше на 5» is a difference
_COMPILED = tuple(
    (c, Screened(rf"(?<![а-яё]){p}{_LINK if c in ('gt', 'lt') else _LINK_BY}")) for c, p in _BEFORE
)
_AFTER_GT = Screened(r"^[ \u00a0]*(?:с[ \u00a0](?:лишним|небольшим|хвостиком|лишком)|\+)")
_AFTER_GE = Screened(
    r"^[ \u00a0]*(?:[а-яё]+[ \u00a0]){0,2}и[ \u00a0](?:более|больше|выше)(?![ \u00a0](?:чем|\d))"
)
_AFTER_APPROX = Screened(
    r"^[ \u00a0]*(?:[а-яё]+[ \u00a0])?(?:примерно|приблизительно|или[ \u00a0]около[ \u00a0]того)(?=[ ,.)]|$)"
)
_CEILING = Screened(r"(?<![а-яё])до(?:[ \u00a0](?:целых|почти))?[ \u00a0]*$")


def _too_exact(spot: Spot) -> bool:
    """«дозвонились до 305»: no ceiling is as exact."""
    value = spot.number.value
    return spot.number.form == "plain" and value > _EXACT and value % 5 != 0


_EXACT = 100


def comparator_of(spot: Spot, inverted: bool = False) -> tuple[Comparator, int]:
    """The comparator, and where its words begin (the number's start if there are none).

    `inverted`: the noun stands before the number («человек тридцать»), which makes it approximate.
    """
    number, left = spot.number, spot.left_text
    if number.over or _AFTER_GT.match(spot.right_text):
        return "gt", number.start
    if search(r"(?<![а-яё])с[ \u00a0]$", left) and number.words and number.scaled and number.form == "plain":
        return "approx", number.start - 2  # «с десяток»
    for comparator, pattern in _COMPILED:
        found = pattern.search(left)
        if found:
            return comparator, number.start - (len(left) - found.start())
    ceiling = _CEILING.search(left)
    if ceiling and number.form != "change":
        start = number.start - (len(left) - ceiling.start())
        return ("eq" if changes_to_level(spot) or _too_exact(spot) else "le"), start
    if _AFTER_GE.match(spot.right_text):
        return "ge", number.start
    if inverted or _AFTER_APPROX.match(spot.right_text):
        return "approx", number.start
    return "eq", number.start
