"""Who lives in a place, whatever was done for them: «в республике проживает свыше 300 тысяч пенсионеров».

Houses, shelters and lists of members are no places: who lives there is served or belongs.
"""

from __future__ import annotations

import re

from svod.extract.figures.context import Spot, is_predicate, piece_of
from svod.extract.figures.counted import Counted
from svod.extract.figures.signs import clause_patterns, extent, is_share, lexicon, verbs_of
from svod.extract.people.person_units import group_of_unit, is_person
from svod.extract.words.screened import Screened, search

_TOWN = 1000  # inhabitants


_REMINDED = Screened(  # «В регионе, напомним, 172 тысячи пенсионеров»
    r"^[^а-яё]{0,3}(?:всего[ \u00a0])?в[ \u00a0](?:нашем[ \u00a0]|нашей[ \u00a0])?"
    r"(?:регион|област|республик|кра|район|город|стран|округ)[а-яё]*,[ \u00a0]напомн[а-яё]+,[ \u00a0]"
    r"(?:около[ \u00a0]|более[ \u00a0]|почти[ \u00a0]|свыше[ \u00a0])?$"
)


def population(spot: Spot, counted: Counted | None) -> bool:
    """«в республике проживает свыше 300 тысяч …»."""
    if counted is not None and counted.lemma == "рубль":
        return False
    if clause_patterns()["population"].search(spot.own_text):
        return True
    if counted is None:
        return False
    if spot.number.value >= _TOWN and is_person(counted.lemma) and _REMINDED.search(spot.left_text):
        return True
    if counted.lemma == "население" and counted.source != "right" and not spot.is_share:
        return True  # «количество населения района – 19 368 чел., в 2022 году – 19 083»
    if _inhabitants(spot, counted) or _ages_of_town(spot, counted) or _only_are_there(spot, counted):
        return True
    if (
        _own_words_are_bare(spot)
        and counted.source == "right"
        and counted.lemma in _TOWNSMEN
        and _in_territory(spot)
    ):
        return True
    quiet = not spot.predicates or (_own_words_are_bare(spot) and spot.number.value >= 10 * _TOWN)
    if quiet and is_person(counted.lemma) and counted.source == "right" and _in_territory(spot):
        return True
    if _at_school(spot, counted):
        return True
    if _NUMBER_OF.search(spot.left_text) or _LEFT_OF.search(spot.left_text):
        return True
    if _STAFF.search(spot.sentence_text):
        return False
    if not verbs_of(spot) & lexicon()["residence"] or _of_them(spot):
        return False
    if verbs_of(spot) & {"насчитывать", "насчитываться"} and not is_person(counted.lemma):
        return False  # «сеть насчитывает 46 клубов»
    lemmas = spot.clause_lemmas
    verbs = verbs_of(spot)
    if _lives_later(spot):
        return False
    if _where_live(spot):
        return True
    if "зарегистрировать" in verbs and group_of_unit(counted.lemma) not in (
        "families",
        "general",
        "children",
    ):
        return False
    if not verbs & {
        "проживать",
        "жить",
        "кочевать",
        "насчитываться",
        "насчитывать",
        "обитать",
        "зарегистрировать",
    }:
        return False
    if (
        (counted.lemma in _LODGERS and not _OF_WAR.match(spot.right_text))
        or _stayed(spot)
        or _housed(spot)
        or _VOLUNTEERS_LISTED.search(spot.sentence_text)
    ):
        return False
    return any(t in lemmas for t in lexicon()["territory"]) or any(
        n.type == "LOC" for n in spot.scene.doc.names_in(*extent(spot))
    )


_NUMBER_OF = Screened(  # «численность граждан пенсионного возраста в районах составляет 9 842»
    r"(?<![а-яё])численность[ \u00a0](?:граждан|населения|жителей|пенсионеров)[^.;]{0,70}составляет[ \u00a0]"
    r"(?:\d[^.;]{0,20}или[ \u00a0])?$"
)
_LEFT_OF = Screened(  # «ветеранов войны, которых в городе осталось 58»
    r"котор(?:ых|ые)[ \u00a0]в[ \u00a0](?:городе|районе|селе|области|крае|пос[её]лке|республике|округе)"
    r"[ \u00a0](?:осталось|остались|жив[её]т|живут)[ \u00a0](?:всего[ \u00a0])?$"
)
_STAFF = Screened(  # «Штат филиала в Югре насчитывает 60 специалистов»
    r"(?<![а-яё])(?:штат|команда|коллектив|отряд|клуб|корпус)(?![а-яё])[^.;]{0,120}[ \u00a0]насчитыва[ею]т"
)
_WHERE_LIVE = Screened(  # as it is written: a place's own name is in capitals
    r"(?:^|[ \u00a0])(?:[А-ЯЁ][а-яё-]+|(?:сел|дерев|хутор|пос[её]л|аул|станиц|город)[а-яё]*),[ \u00a0]"
    r"(?:где|в[ \u00a0]котор(?:ом|ой))[ \u00a0]"
    r"(?:[а-яё]+[ \u00a0]){0,2}(?:жив[её]т|живут|прожива[ею]т)(?:[ \u00a0][а-яё]+){0,2}[ \u00a0]$"
)


def _where_live(spot: Spot) -> bool:
    """«До Малиновки, где живут 46 человек, …»: a village's inhabitants, not those of a house."""
    number = spot.number.start
    found = _WHERE_LIVE.search(spot.scene.text[number - len(spot.left_text) : number])
    return found is not None and _LAST_HOUSE.search(found.group()) is None


def _lives_later(spot: Spot) -> bool:
    """«Надомников в центре 61, большинство живёт в сёлах»: the verb has a subject of its own."""
    lives = [t for t in spot.predicates if t.forms[0].lemma in lexicon()["residence"]]
    if not lives or lives[0].start < spot.number.start:
        return False
    between = spot.scene.doc.tokens_in(spot.number.end, lives[0].start)
    return any(t.text in ",;(" for t in between)


def _own_words_are_bare(spot: Spot) -> bool:
    """«В городе 40 тысяч жителей, каждый восьмой приехал»: nothing is done to those counted."""
    return not any(is_predicate(t) for t in piece_of(spot))


def _stayed(spot: Spot) -> bool:
    """«Три дня на берегу жили 400 ребят»: guests, not inhabitants."""
    living = [t.forms[0] for t in spot.predicates if t.forms[0].lemma == "жить"]
    if bool(living) and all("past" in f.grammemes for f in living):
        return True
    return _SHELTERED.search(spot.sentence_text) is not None


_HOUSE = (
    r"(?:приют|квартир|дом(?:е|ах|у|а|ик)?(?![а-яё])|центр|общежити|лагер|интернат|пансионат|гостиниц|хостел|ночлежк"
    r"|отделени|учреждени|санатори|коммун|станици|монастыр|подворь|коттедж|избе|корпус|блок|комнат|хоспис)"
)
_THERE = Screened(r"(?<![а-яё])(?:там|здесь|тут|где|в (?:нём|нем|ней|них|котор[а-яё]+))(?![а-яё])")
_LAST_HOUSE = re.compile(rf"(?<![а-яё]){_HOUSE}[а-яё]*", re.I)
_LAST_PLACE = re.compile(
    r"(?<![а-яё])(?:регион|област|кра[йяею](?![а-яё])|республик|район|город|сел[оае](?![а-яё])|деревн|посёлк|округ"
    r"|стран)[а-яё]*",
    re.I,
)
_VOLUNTEERS_LISTED = Screened(  # «11 300 человек зарегистрировано на портале»
    r"зарегистрирован[а-яё]*[ \u00a0](?:в|на)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"(?:добро|портал|сайт|платформ|систем|реестр|баз|приложени|госуслуг|сервис)|"
    r"(?:на|в)[ \u00a0](?:добро|портал|сайт|платформ|реестр|приложени|сервис)[^.;]{0,40}зарегистрирован"
)
_SEEN_BACK = 250  # characters


def _housed(spot: Spot) -> bool:
    """«приют, где живут 18 мам», «Открыли квартиру. Сейчас там живут пять женщин»: a house, not a place."""
    if not _THERE.search(spot.left_text[-80:]):
        return False
    before = spot.scene.text[max(0, spot.number.start - _SEEN_BACK) : spot.number.start]
    house = max((m.start() for m in _LAST_HOUSE.finditer(before)), default=-1)
    place = max((m.start() for m in _LAST_PLACE.finditer(before)), default=-1)
    return house > place


_SHELTERED = Screened(  # «В кризисных квартирах временно проживали 60 женщин»
    r"(?<![а-яё])(?:в|во)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"(?:гостиниц|приют|квартир|хостел|лагер)(?:е|ах|ях)(?![а-яё])"
    r"[^.;]*(?:жил|живал|находил)(?:и|о|ись|ось)(?![а-яё])"
)


_OF_WAR = Screened(r"[ \u00a0]участник[а-яё]*[^.;\d]{0,25}(?:вов|войны|отечественн)")
_LODGERS = frozenset(
    "постоялец участник слушатель студент ученик подопечный воспитанник волонтёр доброволец "
    "отдыхающий".split()
)


def _inhabitants(spot: Spot, counted: Counted) -> bool:
    """«город с населением 36 тысяч», «Население района – 66,5 тысячи человек»."""
    if counted.lemma in _LODGERS:
        return False
    if _PEOPLED.search(spot.left_text):
        return True  # «сёла с населением менее 500 человек»
    many = is_person(counted.lemma) and not is_share(spot) and spot.number.value >= _TOWN
    return many and clause_patterns()["inhabitants"].search(spot.left_text) is not None


_OF_THEM = Screened(r"[ \u00a0]*из[ \u00a0](?:них|которых)(?![а-яё])")
_AMONG_THEM = Screened(r"(?<![а-яё])из[ \u00a0](?:них|которых)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}$")


def _of_them(spot: Spot) -> bool:
    """«слушали 310 человек, треть из них живёт в сёлах»: where those live who are counted already."""
    return _OF_THEM.match(spot.right_text) is not None or _AMONG_THEM.search(spot.left_text) is not None


_AGES = Screened(r"(?<![а-яё])(?:моложе|старше|младше)[ \u00a0]")
_TOWNSMEN = frozenset({"житель", "население", "горожанин", "сельчанин", "селянин"})


_HERE = Screened(r"(?<![а-яё])(?:здесь|тут|у нас)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}$")
_GUESSED = Screened(
    r"(?<![а-яё])по[ \u00a0](?:нашим|разным|самым|скромным|грубым)[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"(?:прикидкам|оценкам|подсч[её]там)"
)
_IN_ALL_TOWN = Screened(
    r"(?<![а-яё])в[ \u00a0](?:город|област|кра|регион|республик|стран)[а-яё]{1,3}(?![а-яё])"
)


def _only_are_there(spot: Spot, counted: Counted) -> bool:
    """«ежегодно рождается 40 тысяч детей», «здесь всего 2 800 жителей», «бездомных в городе, по нашим
    прикидкам, …»: how many there are, not how many were served.
    """
    if "рождаться" in verbs_of(spot) and counted.source == "right":
        return True
    if verbs_of(spot) & _BORN_AND_DIED and counted.source == "right" and spot.number.value >= _TOWN / 2:
        return True  # a few of those looked after are born or die as well
    if spot.number.value >= _TOWN / 2 and _ITS_SIZE.search(spot.left_text):
        return True
    if counted.lemma in _TOWNSMEN and counted.source == "right" and not spot.predicates:
        return _HERE.search(spot.left_text) is not None
    guessed = is_person(counted.lemma) and not spot.predicates and _GUESSED.search(spot.sentence_text)
    return bool(guessed) and _IN_ALL_TOWN.search(spot.sentence_text) is not None


_ITS_SIZE = Screened(  # «За год численность сократилась на 6 тысяч»: of what else, is not said
    r"(?<![а-яё])численность[ \u00a0](?:сократ|уменьш|сниз|вырос|увелич)[а-яё]+[ \u00a0]"
    r"(?:[а-яё]+[ \u00a0]){0,2}$"
)
_BORN_AND_DIED = frozenset({"родиться", "умереть"})
_AT_SCHOOL = Screened(  # «в школах города учится больше 13 тысяч детей»
    r"(?<![а-яё])в[ \u00a0](?:школах|детских садах|вузах|колледжах)[ \u00a0][^.;]*"
    r"(?:учатся|учится|обуча[её]тся|обучаются)(?![а-яё])"
)


def _at_school(spot: Spot, counted: Counted) -> bool:
    many = spot.number.value >= _TOWN and is_person(counted.lemma)
    return many and not is_share(spot) and _AT_SCHOOL.search(spot.clause_text) is not None


def _ages_of_town(spot: Spot, counted: Counted) -> bool:
    """«Из 9 400 жителей каждый пятый старше 65 лет»: how old a place is, nothing done for it."""
    return counted.lemma in _TOWNSMEN and not spot.predicates and _AGES.search(spot.own_text) is not None


_PEOPLED = Screened(
    r"(?<![а-яё])с населением(?:[ \u00a0](?:до|от|около|почти|не|менее|более|свыше|чуть|едва))*[ \u00a0]$"
)


def _in_territory(spot: Spot) -> bool:
    """«в районе 412 многодетных семей»: so many live there; nothing is said to be done."""
    return (
        search(
            r"(?<![а-яё])(?:в|по)[ \u00a0](?:наш[а-яё]+[ \u00a0])?(?:район|област|кра|республик|регион|"
            r"город|сел|округ|стран)[а-яё]{0,3}[ \u00a0](?:сейчас[ \u00a0]|"
            r"всего[ \u00a0])?(?:около[ \u00a0]|более[ \u00a0]|свыше[ \u00a0]|почти[ \u00a0])?$",
            spot.left_text,
        )
        is not None
    )
