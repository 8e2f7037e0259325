"""What stands around an activity and is none of it: the weather, an address, the readers, the board, what a
place is made of, what each one has.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

import re

from svod.extract.figures.context import Spot, is_predicate, piece_of
from svod.extract.figures.counted import Counted
from svod.extract.figures.signs import is_share
from svod.extract.words.screened import Screened
from svod.language.document import Token

_END = Screened(r"[ \u00a0]*(?:[,.;)!?…—–]|$)")
_MINUS = Screened(r"(?<![а-яё])минус[ \u00a0]$")
_HOUSE = Screened(  # «до встречи на Траловой, 38»
    r"(?<![а-яё])(?:на|по)[ \u00a0][а-яё]{3,}(?:ой|ей|ого|его|[ео]ва|ина|ская|ской),[ \u00a0]$"
)
_READERS = Screened(
    r"(?<![а-яё])(?:нас[ \u00a0](?:уже[ \u00a0])?(?:чита|смотр|слуша)[а-яё]+"
    r"|на[ \u00a0]нас[ \u00a0]подписал[а-яё]+)"
)
_BOARD = Screened(
    r"^[^а-яё]*(?:правление|президиум|жюри"
    r"|(?:попечительский|наблюдательный|экспертный|общественный)[ \u00a0]совет"
    r"|ревизионная[ \u00a0]комиссия|учредители)[ \u00a0]*[:–—-][ \u00a0]*$"
)
_EACH = Screened(  # «каждую заявку читали трое», «в каждой квартире живут не более четырёх человек»
    r"(?<![а-яё])кажд(?:ый|ая|ое|ую|ого|ой|ому|ом|ым)[ \u00a0]"
    r"(?!из[ \u00a0]|год|месяц|ден?[ьн]|недел|лет|зим|весн|осен|сезон|смен|раз|кварта|утр|вечер|суббот"
    r"|воскрес|сред|четверг|понедельн|вторник|пятниц|полугод|выходн|будн)[^,.;:()\d—–]{0,50}$"
    r"|(?<![а-яё])(?:в|на)[ \u00a0]одной[ \u00a0](?:смене|группе|комнате|квартире|палате)[ \u00a0]"
    r"[^,.;:()\d—–]{0,40}$"
)
_TERRITORY = frozenset(
    "пункт образование село деревня посёлок город район улус наслег аул станица хутор".split()
)
_IN_PLACE = Screened(
    r"(?:^|[.!?…][ \u00a0\n])(?:всего[ \u00a0])?(?:в|во)[ \u00a0]"
    r"(?:наш[а-яё]+[ \u00a0]|эт[а-яё]+[ \u00a0])?[а-яё-]+"
    r"(?:[ \u00a0](?:район|област|кра|республик|регион|округ)[а-яё]*)?[ \u00a0](?:всего[ \u00a0])?$"
)
_ODOMETER = Screened(r"(?<![а-яё])пробег[а-яё]*[^.;\d]{0,40}$")
_AT_A_TIME = Screened(r"(?<![а-яё])за[ \u00a0](?:один[ \u00a0])?(?:раз|при[её]м)[ \u00a0]")
_PER_SHIFT = Screened(r"(?<![а-яё])за[ \u00a0](?:одну[ \u00a0])?(?:смену|час|сутки|день|ночь)[ \u00a0]")
_PER_EVENING = Screened(  # «наливает порций семьдесят за вечер»
    r"[ \u00a0](?:[а-яё]+[ \u00a0])?за[ \u00a0](?:один[ \u00a0])?(?:вечер|смену|ночь|сутки|раз)(?![а-яё])"
)
_SCHOOL_TERM = Screened(
    r"(?<![а-яё])(?:по итогам|в|во|за|в конце|начале|итоги)[ \u00a0](?:[а-яё]+(?:ой|ую)[ \u00a0])?$"
)
_LAST_FEW = Screened(r"(?<![а-яё])(?:последн|перв|ближайш)[а-яё]+[ \u00a0]$")
_TENS = 10
_OLDEST = 120


def weather(spot: Spot, counted: Counted | None) -> bool:
    """«ударило под минус тридцать», «актировка, минус 52»: degrees without the word."""
    if is_share(spot) or spot.number.form != "plain" or _MINUS.search(spot.left_text) is None:
        return False
    return counted is None or counted.source != "right"


def house_number(spot: Spot, counted: Counted | None) -> bool:
    """«ждём вас на Траловой, 38»: a street by its adjective and the number of the house."""
    number = spot.number
    if number.words or number.form != "plain" or _HOUSE.search(spot.left_text) is None:
        return False
    street = spot.left[1].text if len(spot.left) > 1 else ""
    return street[:1].isupper() and _END.match(spot.right_text) is not None


_WISH = Screened(  # «Желаем вам 52 воскресенья без кастрюль», «Пусть вам всегда будет восемнадцать»
    r"(?<![а-яё])(?:желаем[ \u00a0](?:вам|всем|каждому|им|тебе)"
    r"|пусть[ \u00a0](?:[а-яё]+[ \u00a0]){0,4}буд[еу]т)(?![а-яё])"
)
_EXAMPLE = re.compile(r"\s*пример(?:[ \u00a0]расч[её]та|[ \u00a0]\d{1,2})?[.:][ \u00a0\n]", re.IGNORECASE)


def wished(spot: Spot, counted: Counted | None) -> bool:
    """What a greeting wishes its readers."""
    return _WISH.search(spot.left_text) is not None


def example(spot: Spot, counted: Counted | None) -> bool:
    """«Пример. Анне 81 год, она купила 9 кубов за 11 700 руб.»: a case made up to explain a rule."""
    return _EXAMPLE.match(spot.scene.text, spot.block.start) is not None


_VERSE = re.compile(r"«[^«»\n]*[,.!?…—–]?[ \u00a0]/[ \u00a0][А-ЯЁ][^«»\n]*»")


def verse(spot: Spot, counted: Counted | None) -> bool:
    """«Мне семьдесят семь, и в груди соловей, / Две палки, две грядки»: lines of a poem."""
    number = spot.number
    quoted = _VERSE.finditer(spot.scene.text, spot.block.start, spot.block.end)
    return any(found.start() < number.start < found.end() for found in quoted)


_COUNTRYWIDE = Screened(r"(?<![а-яё])по[ \u00a0](?:стране|россии)(?:[ \u00a0][а-яё]+){0,3}[ \u00a0]$")
_BUT_HERE = Screened(r"[^.;\d]{0,40},[ \u00a0]а[ \u00a0](?:из|в|во|у|на|по|от)[ \u00a0]")


def countrywide(spot: Spot, counted: Counted | None) -> bool:
    """«По стране заявились 15 тысяч команд, а из области – 164»: what the region is held against."""
    return _COUNTRYWIDE.search(spot.left_text) is not None and _BUT_HERE.match(spot.right_text) is not None


def readers(spot: Spot, counted: Counted | None) -> bool:
    """«Нас читают 412 000 человек», «На нас подписались 102 тысячи»."""
    return _READERS.search(spot.left_text) is not None


def board(spot: Spot, counted: Counted | None) -> bool:
    """«Правление: 5 человек»: who rules the organisation."""
    return _BOARD.search(spot.left_text) is not None


def each_has(spot: Spot, counted: Counted | None) -> bool:
    """«каждый ведёт три-четыре семьи», «в каждой квартире живут не более четырёх человек»."""
    if is_share(spot) or spot.number.form in ("multiple", "change"):
        return False
    if _ON_AVERAGE.search(spot.left_text):
        return False  # «на каждую встречу приходило в среднем по двадцать»
    return _EACH.search(spot.left_text) is not None


def made_of(spot: Spot, counted: Counted | None) -> bool:
    """«В районе 63 населённых пункта»: what a territory consists of."""
    if counted is None or counted.source != "right" or counted.lemma not in _TERRITORY:
        return False
    if any(is_predicate(t) for t in piece_of(spot)):
        return False
    return _IN_PLACE.search(spot.left_text) is not None


def rate(spot: Spot, counted: Counted | None) -> bool:
    """«за раз мастерская принимает не больше двенадцати пар», «за смену чинит до четырёх», an odometer."""
    if is_share(spot):
        return False
    if _ODOMETER.search(spot.left_text):
        return True
    told = _AT_A_TIME.search(spot.left_text) or _PER_SHIFT.search(spot.left_text)
    if not (told or _PER_EVENING.match(spot.right_text)):
        return False
    verbs = [t.forms[0] for t in spot.predicates]
    return bool(verbs) and all(v.pos == "VERB" and "pres" in v.grammemes for v in verbs)


def counts_in_order(spot: Spot, counted: Counted | None) -> bool:
    """«двадцать первая школа», «третью зиму», «третья сотня пар», «по итогам четверти», «последними двумя
    уроками»: a word of order or of time, no amount.
    """
    number = spot.number
    if not number.words:
        return False
    said = spot.scene.text[number.start : number.end].lower()
    after, before = (spot.right[0] if spot.right else None), (spot.left[0] if spot.left else None)
    if said == "третью":  # «третью зиму», «третью передала администрация»
        return before is None or before.lemma != "один"
    if said.startswith("четверт"):
        return _SCHOOL_TERM.search(spot.left_text) is not None and _is_lent(counted)
    if number.value % _TENS == 0 and not number.scaled and after is not None and _is_order(after):
        return True
    if said.startswith(("сотн", "тысяч", "десят")) and before is not None:
        return _is_order(before)
    if _LAST_FEW.search(spot.left_text) and before is not None and before.has("ADJF", "plur", "ablt"):
        return not before.has("ADJF", "plur", "nomn") and spot.scene.tokens[spot.first].has("ablt")
    return False


def _is_order(token: Token) -> bool:
    return any("Anum" in f.grammemes and "sing" in f.grammemes for f in token.forms[:2])


def _is_lent(counted: Counted | None) -> bool:
    """The number has no noun of its own beside it."""
    return counted is None or counted.source != "right"


_AT_DOORS = Screened(
    r"(?<![а-яё])по[ \u00a0](?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|будн)[а-яё]+"
    r"[ \u00a0](?:с[ \u00a0]\d{1,2}[ \u00a0])?(?:до|с)[ \u00a0]$"
)
_ON_AVERAGE = Screened(r"(?<![а-яё])в среднем[ \u00a0](?:по[ \u00a0])?$")
_HOURS = 24
_PERIOD = Screened(r"[ \u00a0]*(?:[,.;)!?]|$)")


def closing_hour(spot: Spot, counted: Counted | None) -> bool:
    """«по пятницам до 15»."""
    number = spot.number
    if number.form != "plain" or number.value > _HOURS or _AT_DOORS.search(spot.left_text) is None:
        return False
    return _END.match(spot.right_text) is not None


def age_of_one(spot: Spot, counted: Counted | None) -> bool:
    """«самой командирше 67, и она …»: the years of one person in the dative."""
    before = spot.left[0] if spot.left else None
    if spot.number.form != "plain" or before is None or spot.number.value > _OLDEST:
        return False
    if len(spot.left) > 1 and spot.left[1].has("PREP"):
        return False  # «вернулись к обидчику 22»
    named = before.has("NOUN", "anim", "sing", "datv") and not before.has("nomn")
    return named and _is_lent(counted) and _PERIOD.match(spot.right_text) is not None
