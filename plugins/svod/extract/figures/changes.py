"""Whether a quantity changed, which way, and whether a number is its difference or its level."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from svod.extract.figures.context import Spot, Stretch, is_predicate
from svod.extract.lexicon import load
from svod.extract.words.screened import Screened, search
from svod.language.by_word import by_word
from svod.language.document import Token
from svod.models import Direction

_BY = Screened(
    r"(?<![а-яё])на[ \u00a0](?:(?:целых|почти|более|более[ \u00a0]чем|свыше|около|порядка|примерно|"
    r"целую|ещё|еще|не[ \u00a0]менее[ \u00a0]чем)[ \u00a0])*$"
)
_INDEX = Screened(
    r"^[ \u00a0]*(?:%|процент\w*)?[ \u00a0]*(?:к|от|по отношению к|относительно)[ \u00a0](?:уровн|"
    r"показател|аналогичн|прошл|соответств)"
)
_WAS = Screened(  # «70 % (было 55 %)»
    r"[ \u00a0]?(?:%|процент[а-яё]*)?[^(),.;\d]{0,30}"
    r"\((?:ранее |раньше )?был[оаи]?[ \u00a0–—-]+(\d+(?:,\d+)?)"
    r"[ \u00a0]?(?:%|процент[а-яё]*)?\)"
)
_BECAME = Screened(  # «возвратов стало меньше – 9», «станет вдвое больше: восемь»
    r"(?<![а-яё])(?:стал[оаи]?|станет|оказалось)[ \u00a0](?:[а-яё]+[ \u00a0])?(больше|меньше)"
    r"[ \u00a0]*[–—:,-][ \u00a0]*"
    r"(?:всего[ \u00a0]|уже[ \u00a0])?$"
)
_GREW_BY = Screened(  # «1 204 жертвователя, прибавилось 310»
    r"(?:[ \u00a0][а-яё]+){0,3}[,(][ \u00a0]?"
    r"(прибав|добав|убав|убыл)(?:ил[аио]сь|ыл[аои]|[аои])[ \u00a0]"
)
_NAMED_AFTER = Screened(  # «Обратились 97 женщин – спад, как каждое лето»
    r"(?:[ \u00a0][а-яё]+){0,2}[ \u00a0][–—-][ \u00a0](?:это[ \u00a0])?(спад|рост|падение|прирост)[,.;)!]"
)
_PLUS_ASIDE = Screened(  # «54,6 процента (плюс 4,1 п. п.)»
    r"[ \u00a0]?(?:%|процент[а-яё]*)?[ \u00a0]?\((плюс|минус|\+)[ \u00a0]?\d"
)
_LEVEL = Screened(
    r"(?:состав\w+|достиг\w*|дош[её]?л\w*[ \u00a0]до|до|ниже|выше|стал[оаи]?|равн\w+|теперь|уже|"
    r"—|–|-|:)[ \u00a0]*(?:почти[ \u00a0]|около[ \u00a0]|уже[ \u00a0]|более(?:[ \u00a0]чем)?[ \u00a0])?$"
)


@cache
def _words() -> dict[str, Direction]:
    lexicon = load("change")
    table: dict[str, Direction] = {}
    for direction in ("up", "down"):
        for group in ("verbs", "nouns", "comparatives"):
            table.update(dict.fromkeys(lexicon[direction][group], direction))
    return table


@cache
def _group(name: str) -> frozenset[str]:
    lexicon = load("change")
    return frozenset(lexicon["up"][name]) | frozenset(lexicon["down"][name])


@cache
def _level_verbs() -> frozenset[str]:
    return frozenset(load("change")["level"])


@by_word
def change_of(token: Token) -> Direction | None:
    """The direction that a word tells («выросло» up, «снижение» down); comparatives count too."""
    table = _words()
    for form in token.forms[:3]:
        if form.lemma in table:
            return table[form.lemma]
    return table.get(token.text.lower())


@by_word
def is_change_verb(token: Token) -> bool:
    return any(f.lemma in _group("verbs") for f in token.forms[:3]) and bool(
        {f.pos for f in token.forms[:3]} & {"VERB", "INFN", "PRTS", "PRTF", "GRND"}
    )


@by_word
def is_change_noun(token: Token) -> bool:
    return any(f.lemma in _group("nouns") and f.pos == "NOUN" for f in token.forms[:3])


def is_change(lemma: str) -> bool:
    """«рост», «снижение»: a noun of change."""
    return lemma in _group("nouns")


@by_word
def is_comparative(token: Token) -> bool:
    low = token.text.lower()
    return low in _group("comparatives")


def before_is_by(spot: Spot) -> bool:
    """«на 17,3 %», «на треть»: the number is a difference, if a word of change stands by."""
    return _BY.search(spot.left_text) is not None


AFTER = 6  # «снижение … на 30 % и увеличение …»: what stands before the number is nearer than what follows


def _neighbours(spot: Spot, reach: Stretch) -> list[tuple[int, Token]]:
    """Tokens of the stretch with their distance to the number, nearest first; what follows counts as
    farther.
    """
    found = []
    for i in range(reach.first, reach.last):
        if i < spot.first:
            found.append((spot.first - i, spot.scene.tokens[i]))
        elif i >= spot.last:
            found.append((i - spot.last + 1 + AFTER, spot.scene.tokens[i]))
    found.sort(key=lambda pair: pair[0])
    return found


def difference(spot: Spot) -> Direction | None:
    """The direction of a difference («на 94 больше», «вдвое меньше», «снижение на 40 %»); None if it is
    none.
    """
    comparative = _adjacent_comparative(spot)
    if comparative:
        return comparative
    by = before_is_by(spot)
    for reach in (spot.clause, spot.sentence):
        for distance, token in _neighbours(spot, reach):
            if distance > 25:
                break
            if by and token.lemma in _EXCEEDING:
                return "up"
            if (
                spot.number.form not in ("share", "multiple")
                and token.start > spot.number.end
                and not _is_share_text(spot)
            ):
                continue
            if is_change_verb(token) or is_change_noun(token):
                return change_of(token) if not _other_verb_between(spot, token) else None
            if is_comparative(token) and token.text.lower() not in ("более", "менее") and distance <= 8:
                return change_of(token)
    return None


_EXCEEDING = frozenset({"превысить", "превышать"})  # «на треть превысило прошлогоднее», not «превысило 300»


def _other_verb_between(spot: Spot, change: Token) -> bool:
    """«увеличить число отрядов и провести слёт на 300 участников»: the nearest verb is another one."""
    between = spot.scene.doc.tokens_in(change.stop, spot.number.start)
    return any(
        is_predicate(t)
        and not is_change_verb(t)
        and t.forms[0].lemma not in _LINKING
        and t.text != "есть"  # «со 150 до 120, то есть на 20 %»
        for t in between
    )


_LINKING = frozenset(
    "составить составлять достичь достигнуть планироваться планировать запланировать ожидаться быть стать "
    "оказаться наметить предстоять мочь удаться составлявший".split()
)


def _is_share_text(spot: Spot) -> bool:
    """«на 17 % вырос»: in shares the word of change may follow."""
    return "%" in spot.right_text[:3] or spot.right_text.lstrip().startswith(("процент", "п.п", "п. п"))


def _adjacent_comparative(spot: Spot) -> Direction | None:
    """«на 11,4% больше», «вдвое меньше», «в 1,5 раза чаще»."""
    skip = {"%", "процент", "процентный", "пункт", "п", ".", "с", "лишним", "небольшим", "хвостиком"}
    steps = 0
    for token in spot.right:
        if token.text in skip or token.lemma in skip:
            continue
        steps += 1
        if token.text.lower() in _group("comparatives"):
            return change_of(token)
        if steps >= 2:
            break
    return None


def changes_to_level(spot: Spot) -> bool:
    """True if «до N» here is the level that a change leads to («вырос до 34»), not a ceiling."""
    if risen_from(spot) is not None or _BY_SO_MUCH.search(spot.left_text):
        return True
    for i in range(spot.first - 1, max(spot.sentence.first, spot.first - 12) - 1, -1):
        token = spot.scene.tokens[i]
        if token.text in (";", ":"):
            return False
        if is_change_verb(token) or is_change_noun(token):
            return True
        if any(f.lemma in _level_verbs() for f in token.forms[:2]):
            return True
    return False


_BY_SO_MUCH = Screened(  # «число жертвователей – вдвое, до 640 человек»
    r"(?:вдвое|втрое|вчетверо|впятеро|(?<=\d[ \u00a0])раза?|(?<=\d)[ \u00a0]?%),[ \u00a0]"
    r"(?:[—–-][ \u00a0])?до[ \u00a0]$"
)
_FROM_LEVEL = Screened(  # «с 19,1 тысячи обращений в 2010 году до »
    r"(?<![а-яё])(?:с|со)[ \u00a0](?P<n>\d[\d \u00a0]*(?:[.,]\d+)?)(?:[ \u00a0](?P<s>тыс|млн|млрд)[а-яё.]*)?"
    r"(?P<noun>[ \u00a0][а-яё]{3,})(?:[ \u00a0]в[ \u00a0](?:(?:19|20)\d\d(?:-м)?(?:[ \u00a0]году)?|[а-яё]+))?"
    r"[ \u00a0]до[ \u00a0]$"
)
_SCALES = {"тыс": 1_000, "млн": 1_000_000, "млрд": 1_000_000_000}


def risen_from(spot: Spot) -> Decimal | None:
    """The level before, where «с 40 семей в 2019 году» stands right before «до N»."""
    found = _FROM_LEVEL.search(spot.left_text)
    if found is None or found["noun"].strip() in _NO_LEVELS:
        return None
    digits = "".join(found["n"].split()).replace(",", ".")
    return Decimal(digits) * _SCALES.get(found["s"] or "", 1)


_NO_LEVELS = frozenset("часов лет года утра вечера дня мая июня июля августа этажа".split())


def level_direction(spot: Spot) -> Direction | None:
    """The direction of a level: «вырос до 34», «выросла на 2,5 п.п. и составила 98,7 %», «114 % к уровню
    …».
    """
    number = spot.number
    if number.form == "change" and number.base is not None:
        return "up" if number.value > number.base else "down"
    before = risen_from(spot)
    if before is not None and before != number.value:
        return "up" if number.value > before else "down"
    if _INDEX.match(spot.right_text) and number.value != 100:
        return "up" if number.value > 100 else "down"
    earlier = _WAS.match(spot.right_text)
    if earlier is not None and number.value != (base := Decimal(earlier[1].replace(",", "."))):
        return "up" if number.value > base else "down"
    compared = _BECAME.search(spot.left_text)
    if compared is not None:
        return "up" if compared[1] == "больше" else "down"
    aside = _PLUS_ASIDE.match(spot.right_text)
    if aside is not None:
        return "down" if aside[1] == "минус" else "up"
    named = _NAMED_AFTER.match(spot.right_text)
    if named is not None:
        return "up" if named[1].endswith("рост") else "down"
    grew = _GREW_BY.match(spot.right_text)
    if grew is not None and not spot.left_text.endswith(("было ", "был ", "была ", "были ")):
        return "up" if grew[1] in ("прибав", "добав") else "down"
    if not _LEVEL.search(spot.left_text):
        return None
    if search(
        r"(?<![а-яё])(?:до|ниже|выше)[ \u00a0]"
        r"(?:почти[ \u00a0]|около[ \u00a0]|более(?:[ \u00a0]чем)?[ \u00a0])?$",
        spot.left_text,
    ) or changes_here(spot):
        return _verb_direction(spot)
    return None


def changes_here(spot: Spot) -> bool:
    """«выросла … и составила N»: change and level share the subject."""
    return bool(
        search(
            r"(?:,|и)[ \u00a0]+(?:сейчас[ \u00a0]|теперь[ \u00a0])?(?:составил|составля|"
            r"достиг)\w*[ \u00a0]+(?:уже[ \u00a0]|почти[ \u00a0])?$",
            spot.left_text,
        )
    )


def _verb_direction(spot: Spot) -> Direction | None:
    for i in range(spot.first - 1, max(spot.sentence.first, spot.first - 18) - 1, -1):
        token = spot.scene.tokens[i]
        if token.text == ";":
            return None
        if is_change_verb(token) or is_change_noun(token):
            return change_of(token)
    return None
