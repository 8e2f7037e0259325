"""Which organisation pays: who gives money in a sentence, whose money it is, from whom it came.

A thing given is no money, and who is given money does not pay.
"""

from __future__ import annotations

import re

from svod.extract.partners.partner_silence import Context
from svod.extract.words.screened import any_case

_MONEY = r"(?:руб|₽|\bтыс\b|тысяч|\bмлн|миллион|\bгрант|субсид|средств|финанс|деньг|денег\b|деньжат)"
_PAID_BEFORE = any_case(
    r"(?:(?:финансов|материальн|денежн|спонсорск)\w+ (?:помощь|поддержк\w+)(?: оказ\w+)?|на (?:средства"
    r"|деньги)|за сч[её]т (?:средств|гранта)|при финансовой поддержке|\bгрант\w*|субсиди\w*|профинансир\w+"
    r"|финансиру\w+|финансирован\w+|на сумму|средства[^.]{0,40}(?:выделил|перечислил|предоставил|направил)\w*"
    r"|перечислил[аио]?|оплатил[аио]?|оплачива[ею]т|компенсировал[аио]?"
    r"|на пожертвовани\w+|спонсор\w*(?:\s+(?:стал\w*"
    r"|выступил\w*))?(?:\s*[–—:-])?)\s+(?:[^\s,.]+\s+){0,2}$"
)
_GRANT_BEFORE = any_case(
    r"(?:конкурс\w*|поддержан\w*|поддержал[аио]?|поддержива\w+|поддержк[аеуи]\w*|при поддержке"
    r"|победи\w+[^.]{0,40}|проектах|отмечен\w*|поддержку|мер\b)"
    r"\s+(?:\S+\s+){0,2}$"
)
_GAVE = (
    r"(?:выдел(?!енн)\w+|перечисл(?!енн)\w+|профинансиров(?!анн)\w+|финансир\w+|направи\w+"
    r"|пожертвова(?!нн)\w+"
    r"|наш[её]л|нашл[аио]|переда(?!нн)\w+|добав\w+|предостав(?!ленн)\w+|вложи\w+|вн[её]с\w*|дал[аио]?|выдал[аио]?|прислал[аио]?"
    r"|перев[её]л[аио]?|доплатил\w*|компенсиров\w+|возместил\w*|покры\w+|ассигнов\w+|заложил\w*"
    r"|да[её]т|дадут|даст|отправил\w*)"
)
_GAVE_MONEY = any_case(rf"^[^.;]{{0,60}}?\b{_GAVE}\b[^.;]{{0,90}}{_MONEY}")
_PAYS = any_case(
    r"^\s*(?:\([^)]*\)\s*)?(?:[^\s,.;:]+\s+){0,3}?(?:профинансиров\w+|оплати\w+|оплачива\w+|доплачива\w+|доплати\w+|финансир\w+"
    r"|субсидиро\w+|перечисл\w+|софинансир\w+|(?:за)?плат(?:ит|ят|ил[аио]?|или)\s+за|раскошелил\w*|скинул\w*"
    r"|поддержал\w*\s+(?:[^\s,.;:]+\s+){0,2}?(?:рубл|субсиди|\bгрант))"
)
_PAYING = any_case(
    r"^[^.,;]{0,20}\bза\s+(?:со)?финансир|^[^.,;]{0,20}\bза\s+(?:\bгрант|субсиди)"
    r"|^\s*,?\s*(?:оплативш|профинансировавш|выделивш\w+\s+[\d.,\s]*(?:тыс|млн|рубл))"
    r"|^\s*[–—-]?\s*за\s+[\d\s]+(?:[.,]\d+\s)?(?:тыс|млн|миллион|рубл|₽)"
    r"|^\s*\([^)]{0,40}(?:субсид|\bгрант|руб|тыс|млн)"
)
_GRANTED_TO = any_case(r"^\s*\((?:(?:сумма|размер|объ[её]м)\s+)?(?:грант|субсиди)\w*\b")
_GETS_AFTER = any_case(  # «фонд «X» получит 2 млн рублей», «общество слепых выиграло грант»
    rf"^\s*(?:\([^)]*\)\s*)?(?:[^\s,.;:]+\s+){{0,3}}?(?:получ(?:ит|ат|ил[аио]?|или)|выиграл[аио]?|выиграет"
    rf"|удосто[её]н\w*)\b[^.;]{{0,60}}{_MONEY}"
)
_GETS_BEFORE = any_case(  # «3 млн рублей получит общество», «выиграла грант организация»
    rf"{_MONEY}[^.;,]{{0,40}}\b(?:получ(?:ит|ат|ил[аио]?|или)|выиграл[аио]?|досталс?[ья]\w*)\s+(?:[^\s,.]+\s+){{0,1}}$"
)
_GETS_TOO = any_case(  # «3 миллиона получит центр, ещё 2 миллиона – общество»
    rf"(?:получ(?:ит|ат|ил[аио]?|или)|выиграл[аио]?|достал[аио]?с[ья])\b[^.;]*{_MONEY}[^.;,]{{0,20}}[–—-]\s+$"
)
_ALLOTTED = any_case(rf"\b{_GAVE}\s+(?:[^\s,.]+\s+){{0,2}}$|{_MONEY}[^.;]{{0,20}}[–—-]\s+$")


_ALLOTTED_TO = any_case(
    r"\b(?:выделен|присужд[её]н|перечислен|предоставлен|вручен)[оаы]?\s+(?:[^\s,.]+\s+){0,1}$"
)


def is_allotted(before: str) -> bool:
    """«миллион выделен организации»: after it a form that could be genitive is dative."""
    return _ALLOTTED_TO.search(before) is not None


_CONTEST_OF = any_case(r"конкурс\w*\s+(?:\S+\s+){0,2}$")


def granted_to(c: Context) -> bool:
    """«общество слепых (грант 2 млн рублей)»; the fund in whose contest it was won gives it."""
    if c.type == "authority" or (c.type == "foundation" and _CONTEST_OF.search(c.before)):
        return False
    return _GRANTED_TO.match(c.after) is not None


def gets(c: Context) -> bool:
    """It is given the money: a grant that it won, a sum that is allotted to it."""
    if c.subject and (
        _GETS_AFTER.match(c.after) or _GETS_BEFORE.search(c.before) or _GETS_TOO.search(c.before)
    ):
        return True
    return (
        c.given and _ALLOTTED.search(c.before) is not None and re.search(_MONEY, c.before, re.I) is not None
    )


_MEANS = any_case(r"\d[^.;]{0,30}(?:руб|тыс|млн|миллион)[^.;]{0,20}[–—-]\s*средства\s+(?:\S+\s+){0,1}$")
_GAVE_BEFORE = any_case(  # but not «купили на грант, а проектор пожертвовал завод»
    rf"(?:{_MONEY}|сумм)(?:(?!,\s(?:а|но)\s)[^.;]){{0,60}}\b{_GAVE}\s+(?:[^\s,.]+\s+){{0,2}}$"
)
_GAVE_FIRST = any_case(rf"\b{_GAVE}\s+(?:[^\s,.]+\s+){{0,1}}$")
_ANNOUNCES = any_case(
    r"^[^.;]{0,40}\b(?:(?:опубликовал|объявил|назвал|подв[её]л)\w*[^.;]{0,60}(?:победител|\bгрант|конкурс)"
    r"|(?:поддержал|определил|отобрал|назвал)\w*[^.;]{0,60}(?:победител|\bгрант|конкурс|проект))"
)
_THINGS = any_case(r"помещен|площадк|\bзал\b|автобус|транспорт|участок|комнат|здани")


_IN_KIND = any_case(r"\bбезвозмездно\b")  # a thing given, not money


_BOUGHT = r"(?:закупил\w*|приобр[её]л\w*|купил\w*)"
_BOUGHT_BEFORE = any_case(rf"{_MONEY}[^.;]{{0,30}}\b{_BOUGHT}\s+(?:[^\s,.]+\s+){{0,1}}$")
_BOUGHT_AFTER = any_case(
    rf"^\s*(?:[^\s,.;:]+\s+){{0,2}}?{_BOUGHT}\b[^.;]{{0,110}}(?:\.\s(?:общ|всего|сумм|стоимост|цена|обошл)[^.;]{{0,40}})?{_MONEY}"
)


def _buys(c: Context) -> bool:
    """A fund or a firm that bought something for the activity; others spend what they were given."""
    if c.type not in {"foundation", "business"} or not c.subject:
        return False
    return (_BOUGHT_BEFORE.search(c.before) or _BOUGHT_AFTER.match(c.after)) is not None


_SOURCE = any_case(  # «получил грант 350 тысяч рублей от департамента», «через министерство добавили …»
    rf"(?:{_MONEY}|пожертвовани|\bвзнос|перевод)[^.;()]{{0,60}}\bот\s+(?:[^\s,.;]+\s+){{0,2}}$"
)
_THING_FROM = any_case(
    r"(?:помещени|мебел|продукт|вещ|набор|оборудовани|подар|приз|кубк|диплом|благодарност|грамот|письм|приглашени"
    r"|волонт[её]р)\w*\s+от\s+(?:[^\s,.;]+\s+){0,2}$"
)
_THROUGH = any_case(rf"{_MONEY}[^.;]{{0,60}}\bчерез\s+(?:[^\s,.;]+\s+){{0,2}}$|бюджет\w*,?\s+через\s+$")
_BEARS = any_case(  # «расходы на автобус взяло на себя ООО «X»»
    r"\b(?:расход|затрат|издержк|оплат|стоимост)[^.;]{0,70}\b(?:взял[аио]?(?:сь)?|берут|бер[её]т|возьм[её]т|покры\w+|нес[её]т)\s"
    r"(?:на себя\s+)?(?:[^\s,.;]+\s+){0,2}$"
    r"|\b(?:финансировани|содержани|ремонт|аренд|проезд|питани|обучени|лечени|проживани|доставк|перевозк|зарплат)[^.;]{0,90}"
    r"\b(?:взял[аио]?|берут|бер[её]т|возьм[её]т)\s+на\s+себя\s+(?:[^\s,.;]+\s+){0,1}$"
)
_BEARING = any_case(
    r"^\s*(?:[^\s,.;:]+\s+){0,3}?(?:взял[аио]?|бер[её]т|берут)\s+(?:на себя\s+)?[^.;]{0,40}"
    r"(?:расход|затрат|оплат|стоимост)"
    r"|^[^.;]{0,120}?\b(?:за свой сч[её]т|за сч[её]т собственных"
    r"|на (?:собственн|сво)[а-яё]+ (?:средства|деньги)"
    r"|из (?:собственн|сво)[а-яё]+ (?:средств|прибыли|кармана|денег))\b"
)
_DONOR = any_case(
    r"\b(?:дарител|благотворител\w*, \S+ из котор|донор|спонсор|жертвовател|меценат|грантодател"
    r"|инвестор)\w*(?:\s+[^\s,.;–—:]+){0,3}\s*,?\s*"
    r"(?:стал[аио]?|выступил[аио]?|остал[аио]?сь|явля[ею]тся|[–—:-])?\s+(?:[^\s,.;]+\s+){0,1}$"
)
_GRANT_BESIDE = re.compile(  # «при поддержке ПАО «X» (грант 4,2 млн рублей)»
    r"[ \u00a0]\((?:грант|субсидия|пожертвование|взнос)[ \u00a0](?:[а-яё]+[ \u00a0]){0,3}\d", re.I
)
_WHO_GAVE = any_case(rf"^\s*,\s*котор\w+\s+(?:[^\s,.;]+\s+){{0,2}}?{_GAVE}\b[^.;]{{0,40}}{_MONEY}")
_THINGS_WORTH = any_case(  # «Продукты на 1 млн рублей пожертвовала компания»: a gift in kind
    rf"(?:продукт|мебел|набор|ноутбук|компьютер|корм|материал|кроват|одежд|обув|лекарств|техник|инструмент|дров"
    rf"|ткан|игруш|книг|вещ|матрас|угол|сладост|посуд)\w*[^.;]{{0,30}}\b(?:на|стоимостью)\s[^.;]{{0,30}}{_MONEY}"
    rf"[^.;]{{0,20}}\s(?:пожертв|переда|подар|отда|прив[её]з)\w*\s+(?:[^\s,.;]+\s+){{0,2}}$"
)


_GOODS = (
    r"(?:жиль|топлив|бензин|дров|площад|помещен|\bзал\b|автобус|транспорт|машин|палатк|продукт|хлеб|питани|обед|угощен"
    r"|материал|шерст|ткан|мебел|одежд|оборудован|направлени|семен|корм|игруш|книг|подарк|приз|мест[оа]\b|техник"
    r"|инвентар|саженц|посуд|лекарств|врач|специалист|волонт|музык)"
)
_GIVER_OF_A_THING = any_case(  # «, жильё на время заездов даёт санаторий»
    rf"[,.;:]\s(?:(?!{_MONEY})[^,.;]){{0,40}}{_GOODS}(?:(?!{_MONEY})[^,.;]){{0,40}}\s{_GAVE}\s+(?:[^\s,.]+\s+){{0,1}}$"
)
_GETS = any_case(
    r"(?:получил|получат|получает|получают|досталис|выделен|присужден|распределен)\w*\s+(?:[^\s,.;]+\s+){0,1}$"
)


def gives_a_thing(c: Context) -> bool:
    """Not money: rooms, food, «мебель на 150 тысяч»."""
    return bool(
        _GIVER_OF_A_THING.search(", " + c.before)
        or _IN_KIND.search(c.before[-60:])
        or _IN_KIND.search(c.after[:60])
        or _THINGS_WORTH.search(c.before)
    )


_AT_WORK = any_case(r"\b(?:вед[её]т|ведут|в[её]л[аи]?|реализу\w+|выполня\w+|провод\w+|осуществля\w+)\s+$")


_DONATED = any_case(  # «самое крупное пожертвование, 700 тысяч, сделало ООО «X»»
    r"\b(?:пожертвовани|взнос|перевод)\w*\b[^.;]{0,60}\b(?:сделал|вн[её]с|прислал|поступил|пришл)[аио]?\s+"
    r"(?:от\s+)?(?:[^\s,.;]+\s+){0,1}$"
    r"|\bпожертвовани\w*[^.;()]{0,40}\d[^.;()]{0,20}\(\s*$"
)
_BY_AGREEMENT = any_case(r"\bпо\s+(?:соглашени|договор)\w+\s+с(?:о)?\s+(?:[^\s,.;]+\s+){0,1}$")
_RAISED = any_case(
    rf"^[^.;]{{0,30}}\b(?:привлеч|получен|поступил|выделен|направлен)\w*\b[^.;]{{0,40}}{_MONEY}"
)


_OUT_OF_PURSE = any_case(r"\bиз\s+(?:бюджета|средств)\s+(?:[^\s,.;]+\s+){0,1}$")
_CAME_OUT_OF = any_case(
    r"\b(?:деньги|средства|финансирование)\b[^.;]{0,30}\b(?:пришли|поступили|поступило|шли|идут)\s+(?:из|от)"
    r"\s+(?:[^\s,.;]+\s+){0,1}$"
)
_SHARE = any_case(r"\bвклад\w*\s+(?:[^\s,.;]+\s+){0,1}$")
_SUM_IS_SHARE = any_case(r"(?:руб[а-яё]*\.?|₽)\s*[–—-]\s*вклад\w*\s+(?:[^\s,.;]+\s+){0,1}$")
_SPENDS = any_case(  # «автобус на средства гранта купила АНО»: it spends what it was given
    r"\b(?:на|за сч[её]т)\s+(?:средств|деньги|грант|субсиди)[^.;]{0,40}\b(?:купил|закупил|приобр|потратил"
    r"|отремонтир|оборудовал|открыл|пров[её]л)[а-яё]*\s+(?:[^\s,.;]+\s+){0,1}$"
)
_IS_MONEY = re.compile(_MONEY, re.IGNORECASE)


def _backs(c: Context) -> bool:
    """Its donation or share, its purse, or the money that came by an agreement with it."""
    if _CAME_OUT_OF.search(c.before):
        return True
    if _SUM_IS_SHARE.search(c.before):
        return True
    told = _OUT_OF_PURSE.search(c.before) or (c.type != "ngo" and _SHARE.search(c.before))
    if told and _IS_MONEY.search(c.after[:60]):
        return True
    by_agreement = _BY_AGREEMENT.search(c.before) is not None and _RAISED.match(c.after) is not None
    return by_agreement or _DONATED.search(c.before) is not None


def pays(c: Context) -> bool:
    if c.type in {"ngo", "institution"} and c.subject and _AT_WORK.search(c.before):
        return False
    if gives_a_thing(c) or (c.subject and _GETS.search(c.before)):
        return False
    if c.type in {"ngo", "institution"} and c.subject and _SPENDS.search(c.before):
        return False
    if gets(c):
        return False
    if (
        c.paid_in
        or _backs(c)
        or _BEARS.search(c.before)
        or _DONOR.search(c.before)
        or _WHO_GAVE.match(c.after)
        or _GRANT_BESIDE.match(c.after)
    ):
        return True
    if _SOURCE.search(c.before) and not _THING_FROM.search(c.before):
        return True
    if _THROUGH.search(c.before) or (c.subject and _BEARING.match(c.after)):
        return True
    if c.place:  # «деньги перечислены в фонд»
        return False
    if _PAID_BEFORE.search(c.before) or _GAVE_BEFORE.search(c.before) or _MEANS.search(c.before):
        return True
    if granted_to(c):
        return False
    if _PAYING.match(c.after) or _buys(c):
        return True
    if c.subject and (
        _PAYS.search(c.after) or (_GAVE_MONEY.search(c.after) and not _THINGS.search(c.after[:90]))
    ):
        return True
    if (
        c.subject
        and _GAVE_FIRST.search(c.before)
        and not _THINGS.search(c.before[-50:])
        and re.search(_MONEY, c.after[:80], re.IGNORECASE)
    ):
        return True
    if c.type == "foundation" and c.subject and _ANNOUNCES.search(c.after):
        return True
    if _PARTNER.search(c.before) or _FOUNDER.search(c.before):
        return False
    return c.type == "foundation" and _GRANT_BEFORE.search(c.before) is not None


_PARTNER = any_case(r"партн[её]р\w*\s+(?:\S+\s+){0,4}$")
_FOUNDER = any_case(r"(?:учредител|организатор|оператор)\w*\s+(?:\S+\s+){0,2}[–—-]?\s*$")
_WINS = any_case(r"^[^.;]{0,40}?\b(?:победил|выиграл|стал\w* победител|получил\w*|реализу|вош[её]?л)")
_GIVES = any_case(r"\bгрант|субсид|поддерж|средств|финанс")


def grants(c: Context) -> bool:
    """A fund whose name says that it gives grants."""
    if c.type != "foundation" or (c.subject and _WINS.match(c.after)):
        return False
    if re.search(r"\bгрант", c.name, re.IGNORECASE):
        return True
    initiatives = re.search(r"инициатив", c.name, re.IGNORECASE) is not None
    return initiatives and (_GIVES.search(c.before) or _GIVES.search(c.after)) is not None
