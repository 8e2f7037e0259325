"""Numbers that limit or measure out: norms, rates, capacities, conditions, waiting lists, populations."""

from __future__ import annotations

from svod.extract.figures.changes import before_is_by, changes_to_level
from svod.extract.figures.context import Spot, is_predicate
from svod.extract.figures.counted import Counted
from svod.extract.figures.number_atoms import is_number_word
from svod.extract.figures.plan_words import is_plan_word
from svod.extract.figures.signs import (
    REACHING,
    clause_patterns,
    clause_says,
    is_share,
    of_other_figure,
    ours_to_do,
    result_words,
    sought,
    verbs_of,
)
from svod.extract.figures.sum_lists import heads_over, is_spent, lines_above
from svod.extract.people.person_units import group_of_unit, is_person
from svod.extract.words.screened import Screened, match, search

_PLACE_TAKEN = Screened(r"(?:-?[оеиы][ей])?[ \u00a0]место(?![а-яё])")
_OUT_OF_LEAGUE = Screened(
    r"(?<![а-яё])место[ \u00a0][^.;]{0,40}[ \u00a0]из[ \u00a0]$"
)  # «пятое место из шести»


_PLACE = Screened(r"(?:-[ея])?[ \u00a0]мест[оа](?![а-яё])")


def rank(spot: Spot, counted: Counted | None) -> bool:
    """«заняла 3 место», «в десятке лучших»."""
    if (
        counted is not None
        and counted.lemma == "место"
        and search(r"занял|занима|вышл|поднял", spot.clause_text)
    ):
        return True
    if _PLACE_TAKEN.match(spot.right_text) and search(r"занял|занима|вышл|поднял", spot.clause_text):
        return True
    if _OUT_OF_LEAGUE.search(spot.left_text):
        return True
    if _PLACE.match(spot.right_text) and "рейтинг" in spot.sentence_text:
        return True
    return clause_patterns()["rank"].search(spot.own_text) is not None and not is_share(spot)


_FALLS_TO_ONE = Screened(  # «на одну вакансию приходится четыре резюме»
    r"(?<![а-яё])на[ \u00a0](?:одн[а-яё]+|кажд[а-яё]+)[ \u00a0][а-яё]+[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"приход(?:ится|ятся|илось|ились)[ \u00a0][^.;\d]{0,25}$"
)


def distributive(spot: Spot, counted: Counted | None) -> bool:
    """«по десять человек», «по 3 занятия на семью»: so many to each; yearly numbers («по сто детей в год»)
    stay.
    """
    each = search(
        r"(?<![а-яё])по[ \u00a0]([а-яё\d]+)[ \u00a0](?:[а-яё]+[ \u00a0])?на[ \u00a0]$", spot.left_text
    )
    if each and (each[1][0].isdigit() or is_number_word(each[1])):
        return True
    if _FALLS_TO_ONE.search(spot.left_text):
        return True
    if _EACH_SO_LONG.match(spot.right_text):
        return not (is_share(spot) or _held(spot, counted))
    if _IN_EACH.search(spot.clause_text):
        return not is_share(spot)
    if not search(r"(?<![а-яё])по[ \u00a0]$", spot.left_text):
        return False
    if _ON_AVERAGE.search(spot.left_text) and counted is not None and is_person(counted.lemma):
        return False  # «на встречу приходило в среднем по двадцать детей»: an average of an event
    times = spot.left_text.endswith(("раз по ", "раза по "))
    if (
        not times
        and _COMES.search(spot.clause_text)
        and not match(r"[ \u00a0](?:раза?|час|минут|дн)", spot.right_text)
    ):
        return False  # «каждую среду приходило по трое-четверо»: an average of an event
    if _in_dative(spot):
        return False  # «по одиннадцати идёт переписка»
    if spot.number.value >= _MANY_MATTERS and (counted is None or counted.source not in ("right", "verb")):
        return False  # «принято 9 315 обращений, по 9 140 вопрос закрыт»
    if spot.right and spot.right[0].has("NOUN", "plur", "datv") and not spot.right[0].has("NOUN", "gent"):
        return False  # «по 312 обращениям вопросы решены»
    if match(
        r"[^,;.]{0,40}[ \u00a0]в[ \u00a0]год(?![а-яё])|[ \u00a0]из[ \u00a0](?:них|которых)", spot.right_text
    ):
        return False
    return not is_share(spot)


_COMES = Screened(
    r"(?<![а-яё])(?:приход(?:ит|ят|ил[аои]?)|собира(?:ет|ют|л)[а-яё]*|посеща[а-яё]+|ход(?:ит|ят|ил[аои]?)"
    r"|быва(?:ет|ют|л[аои]?)|приезжа[а-яё]+|наведыва[а-яё]+|набира(?:ет|л)[а-яё]+)(?![а-яё])"
)
_KEPT = frozenset("занятие встреча урок сеанс сессия тренировка лекция консультация".split())


def _held(spot: Spot, counted: Counted | None) -> bool:
    """«проведено 11 курсов по 36 часов», «три смены по две недели»: courses held, not the make-up of one."""
    return counted is not None and (
        counted.lemma not in _KEPT or any("past" in t.forms[0].grammemes for t in spot.predicates)
    )


def _in_dative(spot: Spot) -> bool:
    """«по одиннадцати», «по трём»: a case, in which «по» is «about»; «по одиннадцать» is so many to each."""
    tops = [t.forms for t in spot.scene.tokens[spot.first : spot.last] if t.forms]
    return (
        bool(tops)
        and any(f.pos == "NUMR" and "datv" in f.grammemes for f in tops[0])
        and not any("accs" in f.grammemes or "nomn" in f.grammemes for f in tops[0])
    )


_EACH_SO_LONG = Screened(  # «три встречи по два часа»
    r"[ \u00a0][а-яё]+[ \u00a0]по[ \u00a0][а-яё\d,]+[ \u00a0](?:час|минут|дн|недел)"
)
_IN_EACH = Screened(  # «3–4 человека в каждой из групп», «один специалист ведёт 10 семей»
    r"\d[^,;.]{0,30}[ \u00a0]в[ \u00a0]кажд(?:ой|ом)(?![а-яё])|"
    r"(?<![а-яё])у[ \u00a0](?:одного|каждого)[ \u00a0](?:специалист|работник|соцработник|куратор|сотрудник"
    r"|врач|педагог|наставник|психолог)а(?![а-яё])|"
    r"(?<![а-яё])один[ \u00a0](?:специалист|работник|соцработник|координатор|помощник)[^.;]{0,30}"
    r"(?:курир|обслуж|вед[её]т|сопровожда)"
)
_ON_AVERAGE = Screened(r"в среднем[ \u00a0]по[ \u00a0]$")
_MANY_MATTERS = 20
_PER_HEAD = Screened(
    r"[^,;.()]{0,40}[ \u00a0]на[ \u00a0](?:одн(?:ого|у)|кажд[а-яё]+|человека|семью|реб[её]нка"
    r"|работника|соцработника|специалиста|педагога|куратора|участника|сотрудника|квартиру|группу|место)(?![а-яё])"
)


_RATE = Screened(
    r"[^,;.()—–]{0,45}[ \u00a0](?P<per>(?:в|за)[ \u00a0](?:неделю|день|сутки|час|смену|минуту|"
    r"месяц)(?![а-яё])|еже(?:дневно|недельно|месячно)(?![а-яё]))"
)


def per_time(spot: Spot, counted: Counted | None) -> bool:
    """«28 часов в неделю», «до 20 визитов в месяц»: a rate."""
    if is_share(spot) or spot.number.form in ("multiple", "change"):
        return False  # «вызовов стало меньше, с 18 до 11 в месяц» is a change
    per_head = _PER_HEAD.match(spot.right_text)
    within = spot.scene.doc.tokens_in(spot.number.end, spot.number.end + (per_head.end() if per_head else 0))
    if (per_head and not any(is_predicate(t) for t in within)) or _SO_OFTEN.match(spot.right_text):
        return True
    rate = _RATE.match(spot.right_text)
    if rate is None or search(r"вс[её]го|итог", spot.clause_text):
        return False
    if counted is not None and group_of_unit(counted.lemma) in ("specialists", "volunteers"):
        return False  # «около 400 волонтёров ежедневно плетут сети»
    words = spot.scene.doc.tokens_in(spot.number.end, spot.number.end + rate.start("per"))
    return not any(is_predicate(t) for t in words)


_SO_OFTEN = Screened(r"[ \u00a0]раза?[ \u00a0]в[ \u00a0](?:год|полгода|квартал|месяц|неделю|день)(?![а-яё])")


def monthly(spot: Spot, counted: Counted | None) -> bool:
    """«ежемесячная выплата – 9 000 рублей» is due to each; «выплату получили 900 семей» is its reach."""
    if counted is not None and is_person(counted.lemma):
        return False
    if counted is not None and counted.lemma == "рубль" and spot.number.value >= _ALL_TOGETHER:
        return False
    if counted is not None and counted.source == "right" and counted.lemma in result_words()[1]:
        return False  # «помогли оформить 51 заявление на ежемесячное пособие»
    return clause_says("monthly")(spot, counted)


_ALL_TOGETHER = 1_000_000  # roubles: nobody's month


_IN_SIZE = Screened(r"(?<![а-яё])в размере[ \u00a0](?:[\d, \u00a0%]|или[ \u00a0]|и[ \u00a0]|до[ \u00a0])*$")
_FOR_WHOM_IT_HOLDS = Screened(  # «каждому, кто посетит не менее 80 процентов занятий»
    r"(?<![а-яё])(?:кто|если)[ \u00a0][^.;]{0,40}(?:не менее|не меньше|минимум|более|свыше|хотя бы)[ \u00a0]$"
)
_ALLOWED = Screened(r"(?<![а-яё])(?:можно|мо[гж][ауеё]т|вправе|разрешается|допускается)(?![а-яё])")
_AT_MOST = Screened(r"(?:не более|не больше|не чаще|до|максимум)(?:[ \u00a0]чем)?[ \u00a0]$")


def in_size_of(spot: Spot, counted: Counted | None) -> bool:
    """«выплачивают в размере 50, 75 или 100 %», «кто посетит не менее 80 %», «продлить можно не более 2 раз»:
    what the rules allow.
    """
    if is_share(spot) and _IN_SIZE.search(spot.left_text):
        return not any("past" in t.forms[0].grammemes for t in spot.predicates)
    if _FOR_WHOM_IT_HOLDS.search(spot.left_text):
        return True
    times = counted is not None and counted.source == "verb"
    return (
        times
        and _AT_MOST.search(spot.left_text) is not None
        and _ALLOWED.search(spot.clause_text) is not None
    )


def capacity(spot: Spot, counted: Counted | None) -> bool:
    """«вмещает 25 человек», «рассчитан на 60 мест»; a project that is «рассчитан на 120 семей» states a
    target.
    """
    found = clause_patterns()["capacity"].search(spot.own_text)
    money = counted is not None and counted.lemma == "рубль"  # «на закупку коек направили …»
    if found is None or money or is_share(spot) or of_other_figure(spot, found):
        return False
    target = search(
        r"(?:проект|программ|акци|инициатив|грант|кампани)[а-яё]*[^,;]{0,60}рассчитан", spot.clause_text
    )
    return target is None


def waiting(spot: Spot, counted: Counted | None) -> bool:
    """A waiting list; that it became shorter is an outcome."""
    if spot.number.form in ("change", "multiple") or not _waits(spot):
        return False
    return not (before_is_by(spot) or changes_to_level(spot))


def _waits(spot: Spot) -> bool:
    if not is_share(spot) and clause_patterns()["lack"].search(spot.own_text):
        return True
    if _queue_before(spot):
        return True
    found = clause_patterns()["waiting"].search(spot.own_text)
    return found is not None and not of_other_figure(spot, found)


_QUEUE = Screened(  # «Очередь, увы, пока 1 020 человек», «очередь в интернаты (214 человек)»
    r"(?<![а-яё])(?:очередь|лист[а-яё]*[ \u00a0]ожидания)(?![а-яё])(?P<between>[^.;:\d]{0,60}):?[ \u00a0]?$"
)
_SHRUNK = Screened(r"сокра|уменьш|умень|снизил|снижен|ликвидир|выросл|увелич")


def _queue_before(spot: Spot) -> bool:
    """The queue is the subject, the number how long it is."""
    found = _QUEUE.search(spot.left_text)
    return found is not None and _SHRUNK.search(found["between"]) is None


_OWN_SUM = 1_500_000  # roubles: what one family may be entitled to stays below
_ENTITLED = Screened(
    r"(?:пособи|выплат[аеыу]|доплат|надбавк|стипенди|компенсаци|льгот|капитал|прожиточн|мрот(?![а-яё])|"
    r"минимальн\w+ размер|среднедушев|сертификат на |номинал)"
)
_TOTAL = Screened(
    r"(?<![а-яё])(?:сумм[аыуе]|общ(?:ий|ая|ую|ей|ее)|объ[её]м\w*|всего|итого|бюджет\w*|направлен\w*"
    r"|направил\w*|"
    r"выделен\w*|выделил\w*|перечислен\w*|перечислил\w*|израсходован\w*|потрачен\w*|выплачен\w*|выплатил\w*|"
    r"выдан[аоы]?|освоен\w*|произведен\w*|произведён\w*|затрат\w*|расход\w*|финансирован\w*|собран[аоы]?"
    r"|составили)(?![а-яё])"
)


_AID_OF = Screened(
    r"помощ[ьи][ \u00a0](?:[а-яё]+[ \u00a0]){0,4}в размере[ \u00a0](?:до[ \u00a0]|по[ \u00a0])?$"
)
_KEEP_GIVING = frozenset("выделять выплачивать предоставлять оказывать предоставляться полагаться".split())


def entitlement(spot: Spot, counted: Counted | None) -> bool:
    """«Выплата в размере прожиточного минимума (15 300 рублей)», «Пособие: 10 103 рубля»: what one person or
    family is entitled to, unless the words speak of a total.
    """
    if counted is None or counted.lemma != "рубль" or spot.number.value > _OWN_SUM or is_share(spot):
        return False
    if _TOTAL.search(spot.clause_text):
        return False
    if _ENTITLED.search(spot.own_text):
        return not is_spent(spot)
    if _AID_OF.search(spot.left_text) and not spot.verbs.isdisjoint(_KEEP_GIVING):
        return True
    if _it_amounts(spot):
        return True
    if any("past" in t.forms[0].grammemes or t.forms[0].pos == "PRTS" for t in spot.predicates):
        return spot.sentence_text.count("прожиточн") > 0
    due = _ENTITLED.search(spot.sentence_text) is not None or _under_entitlement(spot)
    return due and not is_spent(spot)


def _it_amounts(spot: Spot) -> bool:
    """«Компенсируют стоимость путёвки. Сейчас она составляет 25 700 рублей»."""
    at = spot.scene.sentence_number(spot.first)
    if at == 0 or not search(r"(?<![а-яё])он[ао]?[ \u00a0]составляет", spot.clause_text):
        return False
    before = spot.scene.text_of(spot.scene.sentences[at - 1]).lower()
    return _ENTITLED.search(before) is not None or "стоимост" in before


def _under_entitlement(spot: Spot) -> bool:
    """A line of a list on what is due («Максимум: 68 995 рублей» under «Выплаты на детей»), also of a list
    without marks.
    """
    if any(_ENTITLED.search(head) for head in heads_over(spot)):
        return True
    return not spot.predicates and any(_LISTED_SUMS.search(line) for line in lines_above(spot))


_LISTED_SUMS = Screened(r"зарплат|заработн|оклад|тариф|прейскурант|прайс|стоимость|цены|пособи|выплат|льгот")


def resolved(spot: Spot, counted: Counted | None) -> bool:
    """An item of a resolution («РЕШИЛИ: …», «глава поручил … проверить 3 площадки»): no result."""
    told = {t.forms[0].pos for t in spot.predicates if t.forms[0].lemma not in ("поручить", "поручать")}
    if told == {"INFN"} and _ORDERED.search(spot.sentence_text):
        return True
    return any(_RESOLVED.search(head) for head in heads_over(spot))


_ORDERED = Screened(r"(?<![а-яё])поруч(?:ил[аи]?|ено)(?![а-яё])")
_RESOLVED = Screened(
    r"(?<![а-яё])(?:решили|постановили|решение|рекомендовано|поручено|рекомендации)[ \u00a0]*:?$"
)


def daily(spot: Spot, counted: Counted | None) -> bool:
    """«ежедневно поступает до 30 звонков»: a rate a day; people at work every day are no rate."""
    if is_share(spot) or clause_patterns()["daily"].search(spot.own_text) is None:
        return False
    if verbs_of(spot) & {"работать", "действовать", "функционировать"}:  # «ежедневно работают 15 пунктов»
        return False
    return counted is None or group_of_unit(counted.lemma) not in ("specialists", "volunteers")


_ALLOWED_SHARE = Screened(
    r"(?<![а-яё])(?:при|из|от|против)[ \u00a0](?:[а-яё]+[ \u00a0])?"
    r"(?:допустим|рекомендованн|нормативн|положенн|разреш[её]нн|предельн|максимальн|установленн)[а-яё]+"
    r"[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}$|"
    r"(?<![а-яё])порог[а-яё]*[ \u00a0](?:в[ \u00a0])?$|"
    r"(?<![а-яё])не[ \u00a0](?:мо(?:жет|гут)|долж(?:ен|на|но|ны))[ \u00a0]превышать[ \u00a0]$|"
    r"(?<![а-яё])(?:при|к)[ \u00a0](?:норматив[еу]"
    r"|норме)[ \u00a0](?:в[ \u00a0])?(?:не[ \u00a0](?:более|менее)[ \u00a0])?$|"
    r"(?<![а-яё])норм[аы][ \u00a0](?:[а-яё]+[ \u00a0]){1,4}[–—-][ \u00a0](?:не[ \u00a0](?:более|менее"
    r"|выше)|до)[ \u00a0]$|"
    r"(?<![а-яё])(?:числом|численностью|штатом)[ \u00a0](?:работников[ \u00a0]|сотрудников[ \u00a0])?"
    r"(?:свыше|более|больше)[ \u00a0]$|"
    r"(?<![а-яё])(?:допустим|дозволенн|предельн)[а-яё]+[ \u00a0](?:[а-яё]+[ \u00a0]){1,6}"
    r"(?:[–—-]|составляет|равна)[ \u00a0]$|"
    r"(?<![а-яё])мест[ \u00a0](?:[а-яё]+[ \u00a0])?ограничено(?::|[ \u00a0][–—-])[ \u00a0]$|"
    r"(?<![а-яё])квот[аы][ \u00a0](?:[а-яё]+[ \u00a0]){0,6}(?:[–—-]|составляет|равна)[ \u00a0]$|"
    r"(?<![а-яё])по[ \u00a0]закону[ \u00a0](?:она|он|оно|они)?[ \u00a0]?(?:составляет|равна"
    r"|должна[ \u00a0]быть)[ \u00a0]$|"
    r"(?<![а-яё])(?:по[ \u00a0](?:закону|уставу|норме|правилам|положению)|обещал[аи]?|вправе|можем"
    r"|имеем право)[^.;\d]{0,40}(?:не[ \u00a0](?:более|больше|выше)|до)[ \u00a0]$"
)


def ceiling(spot: Spot, counted: Counted | None) -> bool:
    """«при рекомендованных 25», «ниже порога в 20 %», «по уставу можем тратить до 20 %», «под 21 % годовых»:
    what rules and contracts allow.
    """
    return _ALLOWED_SHARE.search(spot.left_text) is not None or _OF_A_LOAN.search(spot.right_text) is not None


_OF_A_LOAN = Screened(r"^[ \u00a0]?(?:%|процент[а-яё]*)[ \u00a0]годовых")


def norm(spot: Spot, counted: Counted | None) -> bool:
    """What a rule allows or demands; «помощь можно получить в 31 районе» tells where there is some."""
    if not clause_says("norm")(spot, counted):
        return False
    where = bool(spot.left) and spot.left[0].text.lower() in ("в", "во")
    return not (
        where and counted is not None and counted.lemma in result_words()[1] and not is_person(counted.lemma)
    )


def price(spot: Spot, counted: Counted | None) -> bool:
    """What things cost; «54 семьи готовы платить» counts families."""
    people = counted is not None and is_person(counted.lemma)
    if people and counted is not None and (counted.source == "right" or spot.block.kind == "list_item"):
        return False  # «платят за свет и не ходят на почту – 37»
    if spot.number.value >= _ALL_TOGETHER and _CAME_TO.search(spot.left_text):
        return False
    if _PRICE_OF.match(spot.sentence_text):
        return True
    return clause_says("price")(spot, counted) and not _OF_WHOLE.search(spot.own_text)


_PRICE_OF = Screened(r"(?:средняя[ \u00a0]|полная[ \u00a0])?стоимость[ \u00a0](?:одной[ \u00a0])?пут[её]вки")

_CAME_TO = Screened(  # «зима стоила нам 2 344 тысячи рублей»
    r"(?<![а-яё])(?:сто(?:ил[аио]?)|обош(?:л[аио]сь|[её]лся))[ \u00a0](?:нам[ \u00a0]|фонду[ \u00a0])"
    r"(?:в[ \u00a0])?(?:почти[ \u00a0]|более[ \u00a0])?$"
)


_OF_WHOLE = Screened(  # «Проект стоил 2,75 млн рублей»: what was spent on it
    r"(?<![а-яё])(?:проект|программ|ремонт|строительств|реконструкци|мероприят|форум|фестивал|смен|кампани)"
    r"[а-яё]{0,3}[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}стоил"
)


_PRICED = Screened(r"\((?:стоимость|цена|ценой|стоимостью)[ \u00a0](?:[–—-][ \u00a0])?(?:[а-яё]+[ \u00a0])?$")


def price_of_each(spot: Spot, counted: Counted | None) -> bool:
    """«12 машин стоимостью 18 тысяч рублей каждая», «по цене 350 рублей», «седло (стоимость 210 тысяч)»."""
    if _PRICED.search(spot.left_text) is not None:
        return True
    left = search(r"(?<![а-яё])(?:стоимостью|по цене|ценой)[ \u00a0](?:[а-яё]+[ \u00a0])?$", spot.left_text)
    return left is not None and (
        "по цене" in left.group() or match(r"[^,;.]{0,30}кажд", spot.right_text) is not None
    )


def places(spot: Spot, counted: Counted | None) -> bool:
    """«зал на 300 мест», «осталось пять мест»: capacity, unless they are jobs."""
    if is_share(spot):
        return False
    if counted is None or counted.lemma != "место":
        return _SEATS_LEFT.search(spot.left_text) is not None and _BARE_END.match(spot.right_text) is not None
    if any(is_plan_word(t) for t in spot.predicates) and verbs_of(spot) & REACHING:
        return False  # «планируем выйти на семьсот мест»
    if spot.left and spot.left[0].text.lower() == "вместо":
        return False  # «вместо 60 мест создали 41»
    if counted.source == "left":
        return search(r"рабоч[а-яё]+[ \u00a0]мест", spot.clause_text) is None
    if counted.source != "right":
        return False
    return search(r"рабоч\w+[ \u00a0]мест", spot.scene.text[spot.number.start : counted.end].lower()) is None


_SEATS_LEFT = Screened(  # «мест ещё шесть», «стульев в зале всего 20»
    r"(?<![а-яё])(?:мест|стульев|кресел|коек|парт)(?:[ \u00a0](?:ещё|еще|всего|пока|лишь|только|осталось|есть"
    r"|в[ \u00a0][а-яё]+)){0,3}[ \u00a0](?:[—–-][ \u00a0])?$"
)
_BARE_END = Screened(r"[ \u00a0]*(?:[,.;:)!?]|$)")


_FIRST = Screened(r"(?<![а-яё])перв(ым|ые|ых|ыми)[ \u00a0]$")


def condition(spot: Spot, counted: Counted | None) -> bool:
    """«первым 50 посетителям», «команда из пяти человек должна …», «необходимо представить три работы»."""
    things = counted is not None and not is_person(counted.lemma)
    first = _FIRST.search(spot.left_text)
    if first is not None and not (things and first[1] == "ые"):  # «первые восемь книг» are counted
        return (
            not any("past" in t.forms[0].grammemes for t in spot.predicates) and "уже" not in spot.clause_text
        )
    if sought(spot, counted):
        return False
    if is_share(spot):
        return False
    if clause_patterns()["condition"].search(spot.own_text) is not None:
        return True
    return clause_patterns()["must"].search(spot.own_text) is not None and not ours_to_do(spot)
