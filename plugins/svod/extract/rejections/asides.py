"""Figures dropped in passing: page counters, parts of a price, a family's herd, money for one patient.

Each is a rule of rejection like those in `rejections`: it sees the number in its place and what it counts.
"""

from __future__ import annotations

import re

from svod.extract.figures.changes import difference
from svod.extract.figures.context import Spot
from svod.extract.figures.counted import Counted
from svod.extract.figures.readings import LEAST_SUM
from svod.extract.figures.signs import clause_patterns, is_share, verbs_of
from svod.extract.words.screened import Screened, search

_FOUNDED = Screened(r"[ \u00a0](?:год[ау]?|году|г\.)(?![а-яё])")
_OF_A_PRICE = Screened(
    r"[ \u00a0]?(?:%|процент[а-яё]*)"
    r"(?:(?:,|[ \u00a0]или|[ \u00a0]и|[ \u00a0]либо)[ \u00a0]\d+[ \u00a0]?%){0,3}"
    r"[ \u00a0](?:от[ \u00a0])?(?:[а-яё]+[ \u00a0]){0,2}(?:цены|стоимост[ьи]|разницы|тарифа|оклада|дохода|"
    r"заработка|(?:прожиточного[ \u00a0])?минимума)(?![а-яё])"
)
_WEAR = Screened(
    r"(?:(?:износ|скидк|ставк|надбавк|пен[яи]|налог)[а-яё]*[ \u00a0](?:в[ \u00a0])?(?:до[ \u00a0])?|"
    r"обеспечени[ея][ \u00a0](?:заявки|контракта)[ \u00a0](?:[—–-][ \u00a0])?|"
    r"вклад[а-яё]{0,2}[ \u00a0](?:[—–-][ \u00a0])?(?:от|не[ \u00a0]менее)[ \u00a0]|"
    r"софинансировани[еяю][ \u00a0](?:[—–-][ \u00a0])?(?:от|не[ \u00a0]менее)[ \u00a0])$"
)
_PAID = Screened(r"(?<![а-яё])(?:(?:до)?плат[ия]т|доплачива[ею]т|оплачива[ею]т|оклад)(?![а-яё])")
_PER_UNIT = Screened(
    r"[ \u00a0]?(?:руб(?:л\w+)?\.?|₽)(?:[ \u00a0]?/[ \u00a0]?[а-яё]|"
    r"[ \u00a0]за[ \u00a0](?:куб|тонну|кг|килограмм|литр|метр|кв\.|квадратн))"
)
_TREATMENT = Screened(
    r"(?:на|для)[ \u00a0](?:лечени|операци|протез|ортез|реабилитаци|лекарств)[а-яё]*"
    r"(?:[ \u00a0]для)?[ \u00a0][А-ЯЁ][а-яё]+"
)
_GOAL = re.compile(  # «Нужна коляска. Цель 90 000 ₽, собрано 40 000»
    r"(?:цель|необходимо|нужно|осталось)(?:[ \u00a0](?:сбора|собрать))?[ \u00a0:–—-]{1,3}\d[^;]*"
    r"(?<![а-яё])собран[оы]|(?<![а-яё])собран[оы][^.;]{0,40}из[ \u00a0]\d"
)
_IN_NEED = re.compile(  # «Мише К., 4 года», «Ане Сидоровой, 7 лет»
    r"[А-ЯЁ][а-яё]+[ \u00a0][А-ЯЁ](?:\.|[а-яё]+),?[ \u00a0]\(?\d{1,2}[ \u00a0](?:год|лет|мес)"
)
_COUNTER = Screened(
    r"(?:всего|количество|число)[ \u00a0](?:визитов|показов|просмотров|хитов)[ \u00a0]?:|"
    r"(?:^|[ \u00a0])(?:сегодня|вчера|онлайн"
    r"|за[ \u00a0]сутки)(?:[ \u00a0]на[ \u00a0]сайте)?[ \u00a0]?:[ \u00a0]*\d|"
    r"(?:посетителей|посещений)(?:[ \u00a0]сайта)?[ \u00a0]?:[ \u00a0]*\d[\d \u00a0]*(?:онлайн"
    r"|сегодня|вчера)|"
    r"^(?:фотоальбом|альбом|фотогалерея|галерея|фоторепортаж)[ \u00a0]?:[ \u00a0]*\d|"
    r"^за[ \u00a0]месяц[ \u00a0]?:[ \u00a0]*\d"
)
_PLAYED = Screened(  # «Просмотрено 540 раз», «Слушали 3,4 тыс. раз», «Прочитали: 88»
    r"(?:^|[ \u00a0]{2})[ \u00a0]*(?:просмотр|прочита|прослуша|слушал|скача|посмотре|прочл)[а-яё]*"
    r"(?:[ \u00a0:]+[\d \u00a0,.]+(?:тыс\.?|млн)?[ \u00a0]*раза?"
    r"|:[ \u00a0]?[\d \u00a0]+(?:человека?|коллега?|читател[а-яё]+|пользовател[а-яё]+)?)[ \u00a0.!]*$"
)
_HERD = Screened(r"(?<![а-яё])у[ \u00a0](?:нашей[ \u00a0]|этой[ \u00a0])?семьи[ \u00a0]")
_HELD_AGAIN = frozenset("пройти проходить провести проводиться состояться собраться стартовать".split())
_TIMES_AT_END = Screened(r"[ \u00a0]*(?:[,.;:)!?—–]|в[ \u00a0]|$)")
_TERM = Screened(r"[ \u00a0]основных[ \u00a0]мероприяти")


_OF_YEAR = frozenset({"м", "го", "му", "ом", "й", "х"})


def old_year(spot: Spot, counted: Counted | None) -> bool:
    """«основан в 1552 году»: a year of any century."""
    number = spot.number
    if number.ending in _OF_YEAR and 1500 <= number.value <= 2100 and not number.scaled:
        return True  # «в 1941-м дом эвакуировали»
    return (
        not number.words
        and 800 <= number.value <= 2100
        and number.end - number.start <= 4
        and search(r"(?<![а-яё])(?:в|с|до|к|около)[ \u00a0]$", spot.left_text) is not None
        and _FOUNDED.match(spot.right_text) is not None
    )


def part_of_price(spot: Spot, counted: Counted | None) -> bool:
    """«до 60 % стоимости путёвки», «с учётом износа 15 %»: a rule of payment, not a result."""
    if _OF_A_PRICE.match(spot.right_text):
        return True
    of_persons = spot.number.form in ("of", "every")  # «8 из 10 платят через телефон»
    return is_share(spot) and (
        _WEAR.search(spot.left_text) is not None
        or (not of_persons and _PAID.search(spot.clause_text) is not None)
    )


def by_tariff(spot: Spot, counted: Counted | None) -> bool:
    """A sum in a sentence on tariffs or largest payments; «650 руб./кв. м»."""
    if counted is None or counted.lemma != "рубль":
        return False
    after = spot.scene.text[spot.number.end : spot.number.end + 24].lower()
    return (
        _PER_UNIT.match(after) is not None
        or clause_patterns()["tariff"].search(spot.sentence_text) is not None
    )


_OF_IT = Screened(r"(?<![а-яё])(?:из[ \u00a0](?:них|которых)|в[ \u00a0]том[ \u00a0]числе)(?![а-яё])")


def _for_a_part(spot: Spot, at: int) -> bool:
    """«собрали 412 тысяч, из них на операцию Мише ушло 95»: what is told `at` that place of a part only."""
    first = spot.scene.tokens[spot.sentence.first].start
    between = spot.scene.low[spot.number.end : first + at]
    return first + at > spot.number.end and _OF_IT.search(between) is not None


def for_one_patient(spot: Spot, counted: Counted | None) -> bool:
    """«Собрано на лечение Артёма: …»: fund-raising for one person."""
    if is_share(spot) or spot.number.value < LEAST_SUM:
        return False
    if _GOAL.search(spot.scene.text[spot.block.start : spot.block.end].lower()) and _IN_NEED.search(
        spot.scene.text[spot.block.start : spot.block.end]
    ):
        return True
    if _raised_for_child(spot):
        return True
    treated = _TREATMENT.search(spot.scene.text_of(spot.sentence))
    if treated is not None and not _for_a_part(spot, treated.start()):
        return True
    before = spot.scene.text[max(spot.block.start, spot.number.start - _SEEN) : spot.number.start]
    one = _BY_INITIAL.search(before) or _BY_PATRONYMIC.search(before)
    return counted is not None and counted.lemma == "рубль" and one is not None


_OF_CHILD = re.compile(  # «Мальчику 5 лет», «ему всего 7 лет»
    r"(?<![а-яё])(?:мальчику|девочке|малышу|малышке|ему|ей)[ \u00a0](?:всего[ \u00a0])?"
    r"\d{1,2}[ \u00a0](?:год|лет|мес)"
)
ABOVE = 4  # blocks: «собрано – …» stands in lines below the story
_IS_SO_OLD = re.compile(  # «Тимоше Гречко из Прасковеи 6 лет»
    r"(?<![а-яё])[А-ЯЁ][а-яё]{2,}(?:[ \u00a0][А-ЯЁ][а-яё]+)?(?:[ \u00a0]из[ \u00a0][А-ЯЁ][а-яё-]+)?"
    r"(?:[ \u00a0]всего)?[ \u00a0]\d{1,2}[ \u00a0](?:год|лет|мес)"
)
_IN_NEED_OF = Screened(r"(?<![а-яё])(?:нуж(?:ен|на|но|ны)|необходим|требуется|диагноз|сч[её]т)(?![а-яё])")
_COLLECTING = Screened(r"(?<![а-яё])(?:собран[оы]|собрали|собрать|осталось|сбор(?:а|у|е)?(?![а-яё]))")


def _raised_for_child(spot: Spot) -> bool:
    """«Мальчику 5 лет, курс стоит 348 000. Уже собрано 112 500, осталось 235 500»."""
    scene, index = spot.scene, spot.block_index
    before = scene.low[scene.block(max(0, index - 1)).start : spot.number.start]
    if _COLLECTING.search(spot.sentence_text) is None:
        return False
    above = scene.text[scene.block(max(0, index - ABOVE)).start : spot.number.start]
    if _IS_SO_OLD.search(above) and _IN_NEED_OF.search(above.lower()):
        return True
    return _OF_CHILD.search(before) is not None or _named_with_age(spot)


def _named_with_age(spot: Spot) -> bool:
    """«Собираем на ходунки для Вовы! Вове 6 лет»."""
    tokens = spot.scene.doc.tokens_in(spot.block.start, spot.number.start)
    return any(
        name.has("Name") and count.text.isdigit() and unit.lemma in _YEARS
        for name, count, unit in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


_YEARS = frozenset({"год", "лето", "месяц"})


_SEEN = 70  # characters
# «Сбор для Миши К. (ДЦП, 6 лет) закрыт, собрали 212 тысяч», «коляска для Тимура Б.»
_BY_INITIAL = re.compile(
    r"(?<![а-яё])(?:для|на|в поддержку|помощь|помочь)[ \u00a0][А-ЯЁ][а-яё]+[ \u00a0][А-ЯЁ]\."
)
_BY_PATRONYMIC = re.compile(  # «Сбор для Валерия Петровича на коляску»
    r"(?<![А-Яа-яё])[Сс]бор[ \u00a0](?:для|в пользу)[ \u00a0][А-ЯЁ][а-яё]+[ \u00a0]"
    r"[А-ЯЁ][а-яё]+(?:ича|ны)(?![а-яё])"
)


def page_counter(spot: Spot, counted: Counted | None) -> bool:
    """«Всего визитов: 90 451. Сегодня: 37»: the site's own counters."""
    return _COUNTER.search(spot.sentence_text) is not None or _PLAYED.search(spot.sentence_text) is not None


def herd(spot: Spot, counted: Counted | None) -> bool:
    """«У семьи 311 оленей»: what one family owns."""
    return _HERD.search(spot.left_text) is not None


def term_of_programme(spot: Spot, counted: Counted | None) -> bool:
    """«27 основных мероприятий»: the make-up of a state programme, a term of its passport."""
    return _TERM.match(spot.right_text) is not None


def nth_time(spot: Spot, counted: Counted | None) -> bool:
    """«акция пройдёт уже в 11 раз»: how often it was held, not how much something grew."""
    return (
        spot.number.form == "multiple"
        and bool(verbs_of(spot) & _HELD_AGAIN)
        and difference(spot) is None
        and _TIMES_AT_END.match(spot.right_text) is not None
    )


_IMPRINT = Screened(
    r"(?:^|[.,;|][ \u00a0])тираж(?:[ \u00a0](?:номера|газеты|издания|выпуска))?[ \u00a0]*[:–—-]?[ \u00a0]*$"
)


def imprint(spot: Spot, counted: Counted | None) -> bool:
    """«Тираж 900 экз.» in the imprint of a journal; a sentence with a verb speaks of what was printed."""
    block = spot.block
    if block.end - block.start <= _LINE and _FOOTER.search(spot.scene.text[block.start : block.end]):
        return True
    if _IMPRINT.search(spot.left_text) is None:
        return False
    return not spot.predicates or _ISSUE.search(spot.sentence_text) is not None


_LINE = 300  # characters
_FOOTER = Screened(r"[ \u00a0]·[ \u00a0][^·\n]*[ \u00a0]·[ \u00a0]")
_ISSUE = Screened(r"№[ \u00a0]?\d|подписан[оа]|заказ[ \u00a0]\d|печат[аи]")


def surname(spot: Spot, counted: Counted | None) -> bool:
    """«с тремя Хлестаковыми»: the number tells namesakes or characters, not people served."""
    after = spot.right[0] if spot.right else None
    return (
        spot.number.words
        and after is not None
        and after.text[:1].isupper()
        and after.text[1:].islower()
        and any("Surn" in f.grammemes for f in after.forms[:2])
    )


def quota(spot: Spot, counted: Counted | None) -> bool:
    """«принимать инвалидов в количестве 3 % от численности работников»: what the law asks of employers."""
    return is_share(spot) and _OF_STAFF.match(spot.right_text) is not None and bool(spot.verbs & _HAS_TO)


_OF_STAFF = Screened(
    r"[ \u00a0]?(?:%|процент[а-яё]*)?[ \u00a0]от[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"(?:численност|штат|числа[ \u00a0](?:работник|сотрудник))"
)
_HAS_TO = frozenset("должен обязать обязан принять принимать составлять".split())


def regulated(spot: Spot, counted: Counted | None) -> bool:
    """«Размер премии, 90 тысяч рублей, установлен приказом»: what a rule grants."""
    return clause_patterns()["regulated"].search(spot.sentence_text) is not None


def habit(spot: Spot, counted: Counted | None) -> bool:
    """«нередко одна беседа заменяет пять писем»: how things tend to be."""
    if is_share(spot) or any("past" in t.forms[0].grammemes for t in spot.predicates):
        return False
    return clause_patterns()["habit"].search(spot.own_text) is not None


_JURY = Screened(
    r"(?:жюри|комисси[а-яё]+|оргкомитет[а-яё]*|совет[а-яё]*),[ \u00a0]в[ \u00a0](?:состав[ \u00a0])?"
    r"котор[а-яё]+[ \u00a0](?:вош|вой|вход)[а-яё]+[ \u00a0](?:более[ \u00a0]|около[ \u00a0])?$|"
    r"(?<![а-яё])в[ \u00a0](?:состав[ \u00a0])?(?:жюри|оргкомитет[а-яё]*)[ \u00a0]"
    r"(?:вош|вход|работа|был)[а-яё]+[ \u00a0](?:более[ \u00a0]|около[ \u00a0])?$|"
    r"(?<![а-яё])в[ \u00a0](?:состав[ \u00a0])?(?:[а-яё]+(?:ой|ого|ый|ую)[ \u00a0]){0,2}"
    r"(?:комисси[июя]|коллеги[июя]|совета?)[ \u00a0](?:вош|вход)[а-яё]+[ \u00a0]"
    r"(?:более[ \u00a0]|около[ \u00a0])?$"
)


_JUDGES = Screened(  # «Заявку оценивают пять экспертов», «за проект высказались девять архитекторов»
    r"(?<![а-яё])(?:заявк|проект|работ|конкурсант)[а-яё]{1,3}[ \u00a0]"
    r"(?:оценива[ею]т|суд[ия]т|рассматрива[ею]т)[ \u00a0]$"
    r"|«?(?:за|против)»?[ \u00a0](?:[а-яё]+[ \u00a0]){1,3}высказал(?:ись|ось)"
    r"(?:[ \u00a0]\d+[ \u00a0]?%,[ \u00a0]«?против»?)?[ \u00a0]$"
)
_SAT_IN = Screened(  # «комиссия в составе девяти человек», «председатель комиссии, в составе которой 12 …»
    r"(?<![а-яё])(?:жюри|комисси[а-яё]{1,2}|оргкомитет[а-яё]{0,2}|коллеги[а-яё]{1,2}|(?:экспертн|попечительск"
    r"|наблюдательн|общественн|конкурсн)[а-яё]{2,3}[ \u00a0](?:совет|групп)[а-яё]{0,2})"
    r"(?:,[ \u00a0]|[ \u00a0][^.;\d]{0,30})?"
    r"в[ \u00a0]состав[а-яё]*[ \u00a0](?:котор[а-яё]+[ \u00a0])?(?:[а-яё]+[ \u00a0]){0,2}$"
)
_BODY_OF = Screened(  # «экспертный совет из девяти человек отобрал 24 проекта»
    r"(?:жюри|комитет[а-яё]{0,2}|(?:экспертн|конкурсн|попечительск|наблюдательн)[а-яё]{2,3}[ \u00a0]"
    r"(?:совет|комисси|групп)[а-яё]{0,2})"
    r"[ \u00a0](?:из|в[ \u00a0]составе)[ \u00a0]$"
)


def on_jury(spot: Spot, counted: Counted | None) -> bool:
    """«жюри, в состав которого вошли шесть человек»: those who judge are not those served."""
    return any(pattern.search(spot.left_text) is not None for pattern in (_JURY, _BODY_OF, _SAT_IN, _JUDGES))
