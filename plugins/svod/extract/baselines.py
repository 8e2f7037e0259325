"""Numbers that only say from where a change began, what was denied, or of how many a part was.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

from svod.extract.context import Spot
from svod.extract.counted import Counted
from svod.extract.screened import Screened, match, search


def base_of_share(spot: Spot, counted: Counted | None) -> bool:
    """The 20 of «6 из 20», «трое из девятнадцати», «один из 15»."""
    if _BASE_OF_NAMED.search(spot.left_text) and _BARE.match(spot.right_text):
        return True
    if not search(
        r"(?:^|[ \u00a0(])(?:\d[\d \u00a0]*|[а-яё]+)[ \u00a0]+из[ \u00a0]+(?:их[ \u00a0]|всех[ \u00a0]|"
        r"этих[ \u00a0])?$",
        spot.left_text,
    ):
        return False
    left = [t for t in spot.left if t.text.lower() not in ("из", "их", "всех", "этих")]
    if not left:
        return False
    before = left[0]
    return before.text[:1].isdigit() or any(
        f.pos == "NUMR" or "Anum" in f.grammemes or f.lemma == "один" for f in before.forms
    )


_BASE_OF_NAMED = Screened(  # «в 14 районах из 16»
    r"(?:^|[ \u00a0(])\d[\d \u00a0]*(?:[ \u00a0][а-яё]+){1,3}[ \u00a0]из[ \u00a0]+(?:всех[ \u00a0])?$"
)


_BARE = Screened(r"[ \u00a0]*(?:[,.;)!?—–]|и[ \u00a0]|а[ \u00a0]|$)")


def told_of_before(spot: Spot, counted: Counted | None) -> bool:
    """«было 30 волонтёров, стало 75», «70 % (было 55 %)»: an unnamed baseline."""
    if search(r"\d[^()]{0,25}\((?:ранее |раньше )?был[оаи]?[ \u00a0–—-]*$", spot.left_text) and match(
        r"[ \u00a0]?(?:%|процент[а-яё]*)?\)", spot.right_text
    ):
        return True
    if _before_the_course(spot) or _was_and_is(spot):
        return True
    if not search(
        r"(?<![а-яё])(?:было|был[аи]?|составлял[оаи]?)[ \u00a0](?:всего[ \u00a0]|лишь[ \u00a0]|"
        r"только[ \u00a0])?$",
        spot.left_text,
    ):
        return False
    if search(
        r"(?:19|20)\d\d|прошл\w+ год|январ|феврал|март|апрел|мае|июн|июл|август|сентябр|октябр|ноябр|декабр",
        spot.clause_text,
    ):
        return False
    return (
        match(
            r"[^.;\d]{0,60}(?:,|—|–|и|а)[ \u00a0](?:а[ \u00a0])?(?:стало|теперь|сейчас|сегодня|"
            r"уже)(?![а-яё])",
            spot.right_text,
        )
        is not None
    )


_WAS = Screened(
    r"(?<![а-яё])(?:было|был[аи]?|насчитывалось|числилось)[ \u00a0](?:всего[ \u00a0]|лишь[ \u00a0])?$"
)
_IS_LEFT = Screened(  # «было 96, к концу года осталось 58»
    r"[^.;\d]{0,60}(?:,|—|–|[ \u00a0]а)[ \u00a0][^.;\d]{0,40}(?:стало|осталось|остались|теперь|сейчас|выросло"
    r"|сократилось)(?![а-яё])[^.;\d]{0,30}\d"
)


_NOW_BEFORE = Screened(  # «теперь 412, было 390»
    r"(?<![а-яё])(?:теперь|стало|сейчас|сегодня)[ \u00a0][^.;]{0,20}\d[^.;\d]{0,25}, "
    r"(?:а )?был[оаи]?[ \u00a0]$"
)
_BARE_OR_END = Screened(r"[ \u00a0]*(?:[,.;)!]|$)")


_COURSE_BEFORE = Screened(
    r"(?<![а-яё])(?:до|перед)[ \u00a0](?:занят|курс|обучени|проект|тренинг|программ|начал|запуск|открыти)"
    r"[а-яё]*(?![а-яё])[^.;\d]{0,80}$"
)


_AFTERWARDS = Screened(
    r"[^.;]{0,60}(?:на[ \u00a0]выходе|после|по[ \u00a0]окончании|в[ \u00a0]конце|теперь|стало|уже)(?![а-яё])"
)


def _was_and_is(spot: Spot) -> bool:
    if _NOW_BEFORE.search(spot.left_text) and _BARE_OR_END.match(spot.right_text):
        return True
    return _WAS.search(spot.left_text) is not None and _IS_LEFT.match(spot.right_text) is not None


def _before_the_course(spot: Spot) -> bool:
    """«до занятий умел лишь каждый десятый, а на выходе – 27 человек»."""
    found = _COURSE_BEFORE.search(spot.left_text) is not None
    return found and _AFTERWARDS.match(spot.right_text) is not None


def negated(spot: Spot, counted: Counted | None) -> bool:
    """«не 40, а 60 школ»: the number that is denied."""
    if search(
        r"(?<![а-яё])не[ \u00a0](?:смогли|смог|удалось|успели|получилось|сумели)[ \u00a0][^,;.\d]{0,40}$",
        spot.left_text,
    ):
        return True
    return (
        search(r"(?<![а-яё])не[ \u00a0]$", spot.left_text) is not None
        and match(r"[^.;]{0,30}, а[ \u00a0]", spot.right_text) is not None
    )


def baseline(spot: Spot, counted: Counted | None) -> bool:
    """«поначалу восемь … возросло до 34»: a baseline without a period of its own."""
    if search(r"(?<![а-яё])вместо[ \u00a0]$", spot.left_text):  # «девять вместо семи»
        return True
    words = (
        r"(?<![а-яё])(?:поначалу|изначально|первоначально|вначале|на старте|(?<!годом )(?<!месяцем )"
        r"(?<!неделей )раньше|прежде)(?![а-яё])[^,;:]*$"
    )
    return search(words, spot.left_text) is not None
