"""Ages and hours of the day, also where the word «лет» or «часов» is left out.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

from svod.extract.figures.changes import is_change_verb
from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.signs import is_share
from svod.extract.people.person_units import is_person
from svod.extract.words.screened import Screened, search

_OLDEST = 120
_HOURS = 24
_END = Screened(r"[ \u00a0]*(?:[,.;:)!?—–]|$)")
_AGED = Screened(
    r"(?:^|[^а-яё])(?:исполнил\w+|исполнится|стукнул\w*|(?:ей|ему|мне)(?:[ \u00a0](?:уже|сейчас|всего|"
    r"только|было|тогда))?)[ \u00a0]$"
)
_YEARS_BEFORE = Screened(r"(?:^|[,;—–(][ \u00a0]?|(?<![а-яё])[аи][ \u00a0])лет[ \u00a0][а-яё \u00a0]{2,40}$")
_AFTER_NAME = Screened(r"(?:[А-ЯЁ][а-яё]+[ \u00a0]|,[ \u00a0])[А-ЯЁ][а-яё]+,[ \u00a0]$")
_OF_WHOM = Screened(  # «Самой старшей участнице, тёте Нюре, 97», «которому в 1957-м было одиннадцать»
    r"(?<![а-яё])(?:котор(?:ому|ой|ым)|сам(?:ому|ой)[ \u00a0][а-яё]+(?:ому|ему|ой|ей)|"
    r"(?:большинству|многим|половине|всем)(?=[ \u00a0](?:уже[ \u00a0])?(?:больше|около|под|за|нет)))"
    r"(?:[ \u00a0]в[ \u00a0]\d{4}-м)?[^.;:\d—–-]{0,40}[ \u00a0]$"
)
_JUBILEE = Screened(r"-?лети(?:е|я|ю|ем|и|й)(?![а-яё])")
_IN_WORD = Screened(r"-?(?:летн|дневн|недельн|месячн|часов|минутн)[а-яё]+(?![а-яё])")
_BEING = frozenset({"быть", "исполниться", "стукнуть"})
_AT_HOUR = Screened(
    r"(?<![а-яё])(?:ложи|лож[аи]т|вста[её]|вставал|просыпа|засыпа|начина|начн|закрыва|открыва"
    r"|заканчива)[а-яё]*"
    r"[ \u00a0](?:спать[ \u00a0]|работу[ \u00a0])?(?:ровно[ \u00a0])?в[ \u00a0]$"
)
_ON_CALL = Screened(
    r"(?<![а-яё])(?:по)?звон(?:ить|ите|ок)[^.;]{0,30}$|(?<![а-яё])(?:работает|открыт[аоы]?|приходите|жд[её]м)"
    r"(?:[ \u00a0][а-яё]+){0,2}[ \u00a0]$"
)
_CLOCK_SPAN = Screened(
    r"(?<![а-яё])с[ \u00a0]\d{1,2}[ \u00a0](?:час[а-яё]*[ \u00a0])?до[ \u00a0]\d{1,2}[ \u00a0]час"
)
_GIVEN_AFTER_DASH = Screened(  # «Гости почтенного возраста – более 60 чел.»
    r"[ \u00a0][—–-][ \u00a0](?:[а-яё]+[ \u00a0])?$"
)
_YEARS_INSIDE = Screened(r"(?<![а-яё])(?:лет|год(?:а|ов)?)(?![а-яё])")


_OLDER = range(45, 95, 5)  # «горожан 60+»


def _is_age_mark(spot: Spot, counted: Counted | None) -> bool:
    """People before it, nothing behind it that it could count: «учили горожан 60+»."""
    number = spot.number
    behind = spot.scene.text[number.end - 1 : number.end + 1]
    if "+" not in behind or number.words or number.value not in _OLDER:
        return False
    before = spot.left[0] if spot.left else None
    if before is not None and before.has("NOUN", "plur") and is_person(before.lemma):
        return True  # «охват сельчан 65+»
    if counted is None or counted.source != "left" or not is_person(counted.lemma):
        return False
    return counted.end + 1 >= number.start  # «участников набралось 70+» counts them


_MARKED = Screened(r"\+[ \u00a0]?\)")  # «концерт (12+)», «подростки (14+)»
_MARK = 18
_OF_CHILDREN = Screened(  # «пособие на детей от трёх до семи»
    r"(?<![а-яё])(?:дет(?:ей|ям|ьми|и|ях)|ребят|ребятам|малыш[а-яё]+|подростк[а-яё]+"
    r"|школьник[а-яё]+)[ \u00a0]$"
)


def age(spot: Spot, counted: Counted | None) -> bool:
    """«старше 60», «от 4 до 18 лет», «в возрасте 14–17», «от 19 лет до 81 года»."""
    left = spot.left_text
    if search(
        r"(?:^|[^а-яё])(?:старшему|младшему|старшей|младшей)(?:,[ \u00a0][а-яё]{2,15},)?[ \u00a0]"
        r"(?:(?:уже|пока|сейчас|было|всего|исполнилось)[ \u00a0]){0,2}$|"
        r"(?:кому|многим|большинству|им|ему|ей|мне)[ \u00a0](?:уже[ \u00a0])?"
        r"(?:(?:хорошо|далеко)[ \u00a0])?(?:за|под)[ \u00a0]$|"
        r"сам(?:ому|ой|ым)[ \u00a0](?:младш|старш|юн|возрастн|пожил|маленьк)[а-яё]+[^,;.\d]{0,25}$",
        left,
    ):
        return True
    people = counted is not None and counted.source == "right" and is_person(counted.lemma)
    if not (people and _GIVEN_AFTER_DASH.search(left)) and search(
        r"(?:старше|младше|моложе|в возрасте|возраст\w*)[ \u00a0—–-]*(?:от |до |с |свыше |более |около )?$",
        left,
    ):
        return True
    number = spot.number
    if _is_age_mark(spot, counted):
        return True
    if number.form == "range" and (number.value_max or 0) <= _MARK and _OF_CHILDREN.search(left):
        return _END.match(spot.right_text) is not None or (bool(spot.right) and is_predicate(spot.right[0]))
    if spot.left_text.endswith("(") and _MARKED.match(spot.right_text) and number.value <= _MARK:
        return True
    if number.form == "range" and _YEARS_INSIDE.search(spot.scene.text[number.start : number.end].lower()):
        return True
    years = counted is not None and counted.source == "right" and counted.lemma in ("год", "лета")
    if years and number.form != "multiple":
        return (
            search(r"возраст|старше|младше|дет|подрост|девуш|юнош|мужчин|женщин|исполнил", spot.clause_text)
            is not None
        )
    return False


def aged(spot: Spot, counted: Counted | None) -> bool:
    """«Ей 46», «исполнилось 90», «Айна Хадко, 27, …», «лет городу и вовсе 874»: years without the word."""
    if is_share(spot) or spot.number.scaled or spot.number.form != "plain":
        return False
    if not _END.match(spot.right_text):
        return False
    if _YEARS_BEFORE.search(spot.left_text):
        return True
    if spot.number.value > _OLDEST:
        return False
    if _asked_how_old(spot):
        return True
    if _AGED.search(spot.left_text):
        return True
    if _is_of_whom(spot):
        return True
    start = spot.number.start
    return (
        not spot.number.words and _AFTER_NAME.search(spot.scene.text[max(0, start - 40) : start]) is not None
    )


_HOW_OLD = Screened(r"сколько[^.!?]{0,40}(?<![а-яё])лет(?![а-яё])[^.!]*\?$")


def _asked_how_old(spot: Spot) -> bool:
    """«Знаете, сколько лет самой старшей? Девяносто один!»."""
    at = spot.scene.sentence_number(spot.first)
    before = spot.scene.text_of(spot.scene.sentences[at - 1]).lower() if at else ""
    return not spot.left and _HOW_OLD.search(before) is not None


def _is_of_whom(spot: Spot) -> bool:
    found = _OF_WHOM.search(spot.left_text)
    if found is None:
        return False
    said = spot.scene.doc.tokens_in(
        spot.number.start - len(spot.left_text) + found.start(), spot.number.start
    )
    return all(t.forms[0].lemma in _BEING for t in said if is_predicate(t))


def at_hour(spot: Spot, counted: Counted | None) -> bool:
    """«ложатся в десять», «звоните с 10 до 18»: an hour of the day without the word."""
    number = spot.number
    if number.value > _HOURS:
        return False
    if number.form in ("change", "range") and _CLOCK_SPAN.search(
        spot.scene.text[number.start - 3 : number.end + 8]
    ):
        return True
    if _END.match(spot.right_text) is None:
        return False
    if _AT_HOUR.search(spot.left_text) is not None:
        return True
    if number.form == "change" and _ON_CALL.search(spot.left_text) is not None:
        return True  # «позвонить можно с девяти до шести»
    if number.form != "change" or number.base is None or not 0 <= number.base < number.value:
        return False
    of_quantity = counted is not None and counted.source in ("right", "quantity")
    return not of_quantity and not any(is_change_verb(t) for t in spot.predicates)


def jubilee(spot: Spot, counted: Counted | None) -> bool:
    """«к 30-летию центра»."""
    return _JUBILEE.match(spot.scene.low[spot.number.end : spot.number.end + 12]) is not None


def aged_in_word(spot: Spot, counted: Counted | None) -> bool:
    """«30-летним отцам»: years of persons."""
    word = _in_word(spot)
    after = spot.right[:2] if word is not None and word.startswith(("-летн", "летн")) else ()
    return any(t.forms and t.forms[0].pos == "NOUN" and is_person(t.lemma) for t in after)


def lasting_in_word(spot: Spot, counted: Counted | None) -> bool:
    """«36-часовой курс», «5-летняя программа»."""
    return _in_word(spot) is not None


def _in_word(spot: Spot) -> str | None:
    found = _IN_WORD.match(spot.scene.low[spot.number.end : spot.number.end + 24])
    return found.group() if found is not None else None
