"""Lengths and halves of time, weights, distances: measures, unless they are what was done.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted, in_list
from svod.extract.figures.signs import REACHING, clause_patterns, is_share, lexicon, verbs_of
from svod.extract.words.screened import Screened, match, search


def course(spot: Spot, counted: Counted | None) -> bool:
    """«за шесть занятий научились»: the length of a course."""
    units = ("занятие", "встреча", "урок", "сеанс", "сессия", "тренировка", "лекция", "смена", "заезд")
    return (
        counted is not None
        and counted.lemma in units
        and search(r"(?<![а-яё])(?:за|после)[ \u00a0]$", spot.left_text) is not None
    )


_HOURS_OF = Screened(  # «записать 60 часов устной речи»
    r"[ \u00a0]час[а-яё]{0,2}[ \u00a0](?:[а-яё]+(?:ой|ых|их|ого|ей)[ \u00a0])?"
    r"(?:речи|записей|записи|эфира|видео|аудио|хроники|интервью|консультаций|волонт[её]рск|работы|труда|ухода"
    r"|передышк|занятий|сопровождени|нян|сидел|помощи|дежурств|присмотр|репетитор|тренировок|реабилитаци|стрижк)"
)


_GIVEN_HOURS = ("волонтёрский", "волонтерский", "добровольческий")
_WEEKDAYS = frozenset("понедельник вторник среда четверг пятница суббота воскресенье".split())
_EVENT_DAYS = Screened(  # «48 дней рождения», «три дня открытых дверей»
    r"[ \u00a0](?:дней|дня|день)[ \u00a0](?:рождени[яй]|именинник|открытых[ \u00a0]дверей|здоровья"
    r"|донора|семьи|памяти)"
)
_ON_END = Screened(r"[ \u00a0](?:ноч|вечер|утр|смен)[а-яё]*[ \u00a0]подряд(?![а-яё])")  # «137 ночей подряд»
_MANY_HOURS = 500  # «наговорили полторы тысячи часов»: no course or shift lasts as long


def duration(spot: Spot, counted: Counted | None) -> bool:
    """«два года», «40 минут»: a length of time, unless hours were worked."""
    if counted is None or counted.source not in ("right", "left", "discourse", "label"):
        return False
    if spot.number.form == "every" and counted.lemma in _WEEKDAYS:
        return True
    if _ON_END.match(spot.right_text):
        return True
    if counted.lemma == "день" and _EVENT_DAYS.match(spot.right_text):
        return False
    if counted.lemma == "час" and (_PAPER.search(spot.left_text) or _LESSON.search(spot.left_text)):
        return True  # «удостоверения на 36 часов», «провели тренинг на 16 часов»
    if counted.lemma == "час":
        happened = any("past" in t.forms[0].grammemes for t in spot.predicates)
        return not (
            (happened and spot.number.value >= _MANY_HOURS)
            or _HOURS_OF.match(spot.right_text)
            or any(t.lemma in _GIVEN_HOURS for t in spot.scene.doc.tokens_in(spot.number.end, counted.start))
            or verbs_of(spot) & lexicon()["output_verbs"]
            or search(r"отработ|проведен|оказан|чел\.?-?час", spot.clause_text)
        )
    if counted.lemma == "день" and _days_of_work(spot, counted):
        return False
    if counted.source == "left" and _FULL_AGE.search(spot.left_text):
        return False
    return in_list("time_units", counted.lemma)


_PAPER = Screened(
    r"(?<![а-яё])(?:удостоверени|сертификат|диплом|свидетельств)[а-яё]*[ \u00a0]"
    r"(?:(?:[а-яё]+[ \u00a0])?на[ \u00a0]|(?:[а-яё]+[ \u00a0]){0,2}\()$"
)
_LESSON = Screened(
    r"(?<![а-яё])(?:тренинг|семинар|курс|интенсив|вебинар|практикум|мастер-класс|модул|заняти|программ)[а-яё]*"
    r"[ \u00a0](?:[а-яё]+[ \u00a0])?на[ \u00a0]$"
)
_FULL_AGE = Screened(r"\d[ \u00a0](?:лет|года)[ \u00a0][—–-][ \u00a0]$")  # «по достижении 23 лет – 17»


_KEPT = Screened(r"(?<![а-яё])(?:провед|провел|провёл|организов|состоял|прош)[а-яё]*(?![а-яё])")


def _days_of_work(spot: Spot, counted: Counted) -> bool:
    """«проведено 58 игровых дней»: events, each a day long."""
    named = [t for t in spot.scene.doc.tokens_in(spot.number.end, counted.start) if t.has("ADJF")]
    return (
        bool(named)
        and not named[0].lemma.startswith(_PLAIN_DAYS)
        and _KEPT.search(spot.clause_text) is not None
    )


_PLAIN_DAYS = ("рабоч", "календарн", "выходн", "ближайш", "последн", "следующ", "прошедш", "банковск", "полн")


def measure(spot: Spot, counted: Counted | None) -> bool:
    """«весом 15 килограммов», «за сорок километров»: a measure that is not an output."""
    if _FAR_FROM.search(spot.left_text):
        return True
    if (
        counted is None
        or counted.source not in ("right", "left", "discourse", "label")
        or not in_list("measure_units", counted.lemma)
    ):
        return False
    far = counted.lemma in _LONG and spot.left and spot.left[0].text.lower() in _AWAY
    if far or _ONE_WAY.match(spot.right_text):
        return True
    if counted.lemma in _STUFF and (_IN_ALL.search(spot.left_text) or _FILLED.search(spot.left_text)):
        return False
    if clause_patterns()["contents"].search(spot.clause_text):
        return True
    words = {
        f.lemma
        for t in spot.scene.words(spot.clause)
        for f in t.forms[:2]
        if f.pos in ("VERB", "PRTS", "INFN", "PRTF", "ADJF")
    }
    if words & _MEANT and not spot.left_text.endswith(_AS_FAR):
        return False  # «планировалось 2 тонны, передано 2,8»
    return not (words & lexicon()["output_verbs"] or _worked_on(spot, counted) or _covered(spot, counted))


_FAR_FROM = Screened(  # «до ближайшего города километров сто»
    r"(?<![а-яё])(?:до|от)[ \u00a0][^.;,]{3,60}[ \u00a0](?:километров|в[её]рст|метров)[ \u00a0]$"
)
_MEANT = frozenset("планировать планироваться заявить заявлять обещать наметить намечать".split())
_AS_FAR = ("за ", "на ", "в ")
_ONE_WAY = Screened(
    r"[ \u00a0][а-яё]+[ \u00a0]в[ \u00a0]одн(?:у[ \u00a0]сторону|им?[ \u00a0]конец|ин[ \u00a0]конец)"
)
_STUFF = frozenset("килограмм тонна литр куб кубометр центнер".split())
_WEIGHT = Screened(
    r"(?<![а-яё])(?:вес(?:а|у|ом|ит|ят|ил[аи]?|ить)?|масс[аы]|грузопод[а-яё]+|[её]мкост[а-яё]+"
    r"|объ[её]м(?:ом)?)(?![а-яё])"
)
_IN_ALL = Screened(  # «наборы общим весом более 5,8 т»: all that was given
    r"(?<![а-яё])общ(?:им|ий|ей|ая|ую)[ \u00a0](?:вес|масс|объ[её]м)[а-яё]*"
    r"(?:[ \u00a0][а-яё]+){0,5}[ \u00a0]$"
)
_FILLED = Screened(  # «пополнив запас крови на 64 литра»
    r"(?<![а-яё])(?:пополн|увелич|прирос)[а-яё]+[ \u00a0][^.;:]{0,70}на[ \u00a0]"
    r"(?:почти[ \u00a0]|более[ \u00a0])?$"
)
_SIZED = frozenset("на в по до от свыше после с за для под".split())


_LONG = frozenset({"километр", "верста"})
_AWAY = frozenset({"за", "в"})  # «привёз из Павловска, за шестьдесят километров»
_TRAVELLED = frozenset(
    "намотать наматывать проехать преодолеть накатать наездить объехать исколесить накрутить".split()
)
_CLOSED = frozenset(
    "закрыть утеплить застеклить застелить покрыть покрасить побелить сплести связать уйти".split()
)


_OVER_TIME = Screened(  # all ways of that time together, not one way
    r"(?<![а-яё])(?:за[ \u00a0](?:\d+[ \u00a0])?(?:эт[а-яё]+[ \u00a0])?(?:год|весну|лето|осень|зиму|месяц"
    r"|сезон|недел|квартал|полгода|полугоди)|в[ \u00a0](?:прошлом|этом)[ \u00a0](?:году|месяце)"
    r"|в общей сложности)"
)


def _covered(spot: Spot, counted: Counted) -> bool:
    """«намотали 90 тысяч километров», «закрыли 1 903 кв. метра проёмов», «ушло 900 метров бязи»: the length
    of a work, not of a thing or a way.
    """
    verbs = verbs_of(spot)
    if counted.lemma in _LONG:
        return bool(verbs & _TRAVELLED) and _OVER_TIME.search(spot.sentence_text) is not None
    if not verbs & _CLOSED:
        return False
    after = spot.scene.doc.tokens_in(counted.end, counted.end + 30)
    return bool(after) and any(f.pos == "NOUN" and "gent" in f.grammemes for f in after[0].forms[:2])


def _worked_on(spot: Spot, counted: Counted) -> bool:
    """«перекололи сорок кубов дров», «спасибо за две тонны корма»: so much of a stuff that people dealt
    with.
    """
    if counted.lemma in _STUFF and not _WEIGHT.search(spot.sentence_text):
        nearest = spot.left[0].text.lower() if spot.left else ""
        if nearest not in _SIZED or verbs_of(spot) & REACHING:
            return True
    after = spot.scene.doc.tokens_in(counted.end, counted.end + 30)
    of_stuff = bool(after) and any(f.pos == "NOUN" and "gent" in f.grammemes for f in after[0].forms[:2])
    done = [t.forms[0] for t in spot.predicates if t.forms[0].pos in ("PRTS", "VERB")]
    if any(f.pos == "PRTS" and "neut" in f.grammemes for f in done):
        return of_stuff or counted.lemma in _STUFF  # «покрашено 2,3 километра заборов»
    if counted.lemma not in _STUFF or not of_stuff:
        return False
    if not done:
        return not spot.left or spot.left[0].text.lower() not in ("на", "по")
    return any("past" in f.grammemes for f in done)


def day_number(spot: Spot, counted: Counted | None) -> bool:
    """«5, 12 и 19 числа»."""
    return (
        counted is not None
        and counted.lemma == "число"
        and counted.source == "right"
        and spot.number.form in ("plain", "range")
    )


def hour_of_day(spot: Spot, counted: Counted | None) -> bool:
    """«с пяти утра», «в 6 вечера»."""
    return (
        match(r"[ \u00a0](?:час\w*[ \u00a0])?(?:утра|вечера|дня|ночи|пополудни)(?![а-яё])", spot.right_text)
        is not None
    )


_OF_MONTH = Screened(
    r"[ \u00a0](?:января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)"
    r"(?![а-яё])"
)


def part_of_month(spot: Spot, counted: Counted | None) -> bool:
    """«в первой половине июня», «к концу второй половины 2021 года»: when, not how much."""
    if not spot.number.words or not is_share(spot):
        return False
    if _OF_MONTH.match(spot.right_text):
        return True
    return _OF_TIME.match(spot.right_text) is not None and _WHICH_HALF.search(spot.left_text) is not None


_OF_TIME = Screened(
    r"[ \u00a0](?:(?:19|20)\d\d(?!\d)|(?:[а-яё]+(?:ого|его)[ \u00a0])?(?:года|дня|месяца|недели|века|лета"
    r"|сезона|полугодия)(?![а-яё]))"
)
_WHICH_HALF = Screened(r"(?<![а-яё])(?:перв|втор)(?:ой|ая|ую)[ \u00a0]$")
