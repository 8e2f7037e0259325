"""How far a project is on the day of publication, read from the verbs around its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.projects.status_mentions import Mention, mention
from svod.extract.projects.status_tense import (
    acts_itself,
    ahead_within,
    exists_now,
    is_fresh,
    lies_ahead,
    only_frames_purchase,
    term_is_over,
    was_seasonal,
)
from svod.extract.words.screened import any_case
from svod.language.document import Token
from svod.models import ProjectKind, ProjectStatus

Span = tuple[int, int]


Rule = Callable[[Mention], bool]


_WON = any_case(
    r"^[»\"”]?\.\s+(?:субсиди|грант|сумма)\w*[^;\n]{0,40}?\d[\d\s.,]*(?:руб|₽|тыс|млн|миллион)"
    r"|^[»\"”]?,\s+(?:сумма\s+\w+\s+(?:[–—-]\s+)?)?\d[\d\s.,]*(?:руб|₽|тыс|млн|миллион)|^[»\"”]?\s*(?:\([^)]{2,60}\)\s*)?(?:,\s[^;\n–—]{2,40}?)?[–—-]\s*[^;\n]{0,90}?(?<![\d.])\d[\d\s.,]*(?:руб|₽|тыс|млн|миллион)"
)
_WITH_GRANT = any_case(r"^[^;\n(]{0,100}\((?:сумма\s+)?(?:грант|субсиди)\w*[^)\d]{0,30}\d")
_FUTURE = any_case(
    r"\bстартует\b|\bстартуют\b|\bстартуем\b|\bначн[её]т|\bначнутся\b|\bпланиру\w+|\bнамерен\w*"
    r"|\bзапуст(?:ит|ят|им)\b|\bзапускаем\b"
    r"|\bоткро(?:ет|ют|ем)\w*|\bпредсто\w+|\bвпереди\b|\bна очереди\b|\bскоро\b"
    r"|\bпоявится\b|\bпройд[её]т\b|\bсостоится\b|\bзайм[её]тся\b|\bзаймутся\b|\bо подготовке\b"
    r"|\bпредусмотрено\b[^.;]*?\b(?:запустить|открыть|создать|начать)\b|\bреализу(?:ет|ют)\s+на\s+(?:эти"
    r"|средства)|\bзаработает\b|\bготовятся?\b"
)
_MAY_COME = any_case(r"\bбуд(?:ет|ут|ем)\b|\bполуч(?:ит|ат)\b|\bпредусматрива\w+|\bпоможет\b|\bпомогут\b")


def just_won(m: Mention) -> bool:
    """«проект «X» — 998 тыс. рублей»: a grant in a list of winners."""
    return m.kind == "project" and m.item and bool(_WON.match(m.tail) or _WITH_GRANT.match(m.tail))


_REPORTED = any_case(r"^\W*(?:отч[её]т\w*\s+)?(?:\S+\s+){0,9}?о\s+реализации\s+(?:\w+\s+){0,3}проекта\s*$")


def is_reported(m: Mention) -> bool:
    """«Отчёт о реализации проекта «X»»: the work is done; one on its course («о ходе реализации») is not."""
    return m.kind == "project" and m.title and _REPORTED.search(m.left) is not None


def opens_plan(m: Mention) -> bool:
    """«1) «X», село. Совет женщин закупит автобус»: an item that opens with a name and goes on in the
    future."""
    if m.kind != "project" or not m.item or re.search(r"[а-яё]{3}", m.left, re.IGNORECASE):
        return False
    return _FUTURE.search(m.tail) is not None or any(_in_future_tense(w) for w in m.following)


def _in_future_tense(word: Token) -> bool:
    return bool(word.forms) and word.forms[0].pos == "VERB" and "futr" in word.forms[0].grammemes


_GRANTED = any_case(
    r"\bполучил\w*\s+(?:\w+\s+){0,2}?(?:грант|субсиди)\w*|\bгрант\w*\s+(?:на|для)\s+(?:\w+\s+){0,2}$"
    r"|\bвыиграл\w*\s+грант\w*"
    r"|\bстал\w*\s+(?:одним\s+из\s+)?победител\w+\b|\bпобедил\w*\s+в\s+(?:\S+\s+){0,3}конкурс"
)


def is_granted(m: Mention) -> bool:
    """«Грант на проект «X» получила …»: the work is still ahead."""
    if m.kind != "project":
        return False
    named = m.sentence.count("«")
    return bool(
        _GRANTED.search(m.left)
        or _GRANTED.search(m.right)
        or (named == 1 and _GRANTED.search(m.sentence.partition("«")[0]))
    )


def in_future(m: Mention) -> bool:
    return _FUTURE.search(m.told if m.kind == "project" else m.near) is not None


def may_come(m: Mention) -> bool:
    """A future verb beside it that need not be its own: what has begun may well «помочь» and «получить»."""
    return _MAY_COME.search(m.near) is not None


_APPLY = any_case(
    r"(?:старт\w+|начал\w*|начат|открыт\w*|откры(?:л|ва)\w*|ид[её]т"
    r"|объяв\w+)\s+(?:\S+\s+)?при[её]м\w*\s+(?:\S+\s+)?(?:заяв|работ)"
)


def takes_applications(m: Mention) -> bool:
    """«Начинается приём заявок на конкурс»: it has begun, whatever the tense."""
    return m.kind == "contest" and _APPLY.search(m.left) is not None


_AWARDED = any_case(r"\bнагра(?:жден|дил|жда)\w*|\bчествова\w+|\bпризнан[аоы]?\b|\bдипломы\b|\bвручен\w*")


def has_winners(m: Mention) -> bool:
    """The winners of a contest are honoured: it is over."""
    return m.kind == "contest" and _AWARDED.search(m.left) is not None and "победител" in m.left.casefold()


_PROGRAM_OVER = any_case(
    r"\bподв\w+\s+черту\s+под\s|\b(?:завершил|закончил|окончил)(?:ась|ся)\s+(?:(?:\S+\s+){0,3}?программ\w*|■)"
    r"|■\s*(?:завершена|завершилась|закончилась|окончена)\b"
)


def program_is_over(m: Mention) -> bool:
    return m.kind == "program" and _PROGRAM_OVER.search(m.near) is not None


_SEND = frozenset(
    {"присылать", "присылайте", "голосовать", "участвовать", "присоединяться", "подавать", "публиковать"}
)


def calls_to_join(m: Mention) -> bool:
    """«присылайте рисунки»: readers can take part now."""
    return m.kind in _OCCASIONS and any(
        f.lemma in _SEND and "impr" in f.grammemes for w in m.words for f in w.forms[:1]
    )


_UNDER_WAY = any_case(
    r"\b(?:проход(?:ит|ят)|(?<!речь )ид[её]т|идут|продолжа(?:ется|ются|ет|ют)|провод(?:ится|ятся|ят|ит|им)"
    r"|длится"
    r"|принимают(?:ся)?)\b|\bпродл(?:ится|[её]н[аоы]?)\b"
)


def under_way(m: Mention) -> bool:
    """An occasion told in the present tense."""
    return m.kind in _OCCASIONS and _UNDER_WAY.search(m.near) is not None


def will_happen(m: Mention) -> bool:
    """An occasion told in the future tense."""
    return m.kind in _OCCASIONS and any(_in_future_tense(w) for w in m.words)


_DONE = any_case(
    r"\bзаверш(?:ил|ён|ен[аоы]?\b|ает(?:ся)?\b|ени|ивш)\w*|\bдлил(?:ся|ась|ось)\b|\bпродолжал(?:ся|ась"
    r"|ось|ись)\b|\bпод(?:ош|ход)\w+ к (?:концу|завершению)|\bзакры(?:ваем|вается|вают|ли|тие|тия|тию)\b"
    r"|\bзакончи(?:л|вш)\w*|\bокончи\w+|\bокончани\w+|\bреализова(?:л|н)\w*|\bш(?:ёл|ел|ла)\s+с\b"
)
_RESULTS = any_case(r"(?<!промежуточные )(?<!по )\bитог(?!ам)\w*|\bподв(?:ел|едены)\w*")
_TOOK_PLACE = any_case(
    r"\bсостоял\w+|\bпроходил[аои]?\b|\bпрош(?:ёл|ел|ла|ло|ли)\b(?!\s+(?:обуч|подготов|отбор|курс|реабилитац"
    r"|лечен|стажиров|диспансериз|осмотр))|\bпров(?:ёл|ел|ели|ела)\b|\bпроведен[аоы]?\b"
    r"|\bназва(?:ны|л|ла|ли)\s+(?:имена\s+)?победител\w+|\b(?:объявлен[аоы]?|объявил[аи]?|определ(?:ены"
    r"|или|ил)|известны)\s+"
    r"(?:имена\s+)?победител\w+|\bзаверш\w+"
)
_OCCASIONS = frozenset({"event", "contest"})


def is_done(m: Mention) -> bool:
    """Finished by its own verb; a service that reports interim results goes on."""
    return m.kind not in {"program"} and _DONE.search(m.told if m.kind == "project" else m.near) is not None


def has_results(m: Mention) -> bool:
    return m.kind in {"project", "event", "contest", "grant"} and _RESULTS.search(m.near) is not None


def took_place(m: Mention) -> bool:
    found = _TOOK_PLACE.search(m.near) if m.kind in {*_OCCASIONS, "project"} else None
    # «в команде восемь человек, все прошли отбор»: a project, which is one, did not «прошли»
    return found is not None and (m.kind != "project" or found[0].casefold() != "прошли")


_BEGUN = any_case(
    r"\bо запуске\b|\bо (?:старте|начале)\b|\bобъяв(?:лен[аоы]?|лял\w*|ил\w*)\b|\bстартовал\w*"
    r"|(?<!\bс )\bначал(?:ась|ся|ось|ись|и|о)?\b"
    r"|(?<!\bс )(?<!от )\bначала\b(?!\s+(?:года|работы))|\bприступил\w*|\bзапу(?:щен[аоы]?\b|стил\w*)"
    r"|\bоткры(?:л|лся|лась|лось|лись|ли|ла)\b(?!\s+(?:\S+\s+){0,2}(?:год|сезон|набор)\b)|\bзаработал\w*"
    r"|\bдан старт\b|\bда(?:ли|ла|л) старт\b"
)
_LONG_AGO = any_case(
    r"\b(?:19|20)\d\d(?:-го)?\s*(?:г\.|год)|\b(?:второй|третий|четв[её]ртый|пятый|шестой|седьмой|десятый"
    r"|который)\s+год|\bлет\s+(?:назад|подряд)|\bещ[её]\s+(?:в\s|весн|зим|лет|осен)"
)


def has_begun(m: Mention) -> bool:
    """Opened lately: not in a year that the sentence has to name."""
    return _BEGUN.search(m.close) is not None and not _LONG_AGO.search(m.near) and "?" not in m.right[:30]


def opens_report(m: Mention) -> bool:
    """The news is the opening; one told in passing lies behind."""
    return has_begun(m) and (m.leads or m.title or is_fresh(m))


_NEW_UNIT = any_case(
    r"\b(?:нов(?:ый|ая|ое|ые)|ещ[её] (?:один|одна|одно)|очередн\w+)\s+(?:пункт|филиал"
    r"|отделени|площадк|групп|кабинет|офис|зал)\w*"
)


def opens_a_unit(m: Mention) -> bool:
    """«заработал новый пункт «X»»: one more place of what works already."""
    return m.kind == "service" and _NEW_UNIT.search(m.left) is not None


_SINCE_LONG = any_case(r"\bначина(?:л|ла|ло|ли)\s+работ")


def began_long_ago(m: Mention) -> bool:
    """Opened in a year or season that the sentence has to name: it works by now."""
    begun = _BEGUN.search(m.close) is not None or _SINCE_LONG.search(m.close) is not None
    return m.kind == "service" and begun and _LONG_AGO.search(m.sentence) is not None


_BY_NOW = any_case(r"\b(?:теперь|сейчас|ныне)\b")
_AT_WORK = any_case(
    r"^[»\"”]?\s+(?:\w+\s+)?(?:реализу[ею]тся|действу[ею]т|работа[ею]т|осуществля[ею]тся|вед[её]тся)\b"
)


def is_at_work(m: Mention) -> bool:
    """««X» реализуется под руководством …»: told of the name itself, whatever is planned within it."""
    return m.kind not in _OCCASIONS and _AT_WORK.search(m.right) is not None


def has_team_now(m: Mention) -> bool:
    """««X». Сейчас в команде проекта восемь человек»: what opens the paragraph on it speaks of now."""
    return _NOW_IN_IT.match(m.right) is not None


_NOW_IN_IT = any_case(r"[»\"”]?[.:]\s+(?:сейчас|сегодня|теперь)\b")
_USERS = any_case(
    r"\bполуч(?:или|ивш\w+|ают|ающ\w+)\s+(?:\S+\s+){0,2}?услуг\w*\s*$|\bуслугами\s+(?:\w+\s+){0,2}[«\"“„]?$"
)


def is_used(m: Mention) -> bool:
    """People get the service; it has so many places now; there are those who lead it."""
    if m.kind != "service":
        return False
    return bool(_BY_NOW.search(m.right) or _USERS.search(m.left) or any(_leads_it(w) for w in m.before))


def _leads_it(word: Token) -> bool:
    """«ведущие клуб «X»»: a participle of the present."""
    return any(f.pos == "PRTF" and {"pres", "actv"} <= f.grammemes for f in word.forms)


_GOES_ON = any_case(
    r"\bв рамках\b|\bпо (?:\w+\s+)?(?:программ|проект|технологи|комплекс|инициатив)\w*|\bо ходе\b"
    r"|\bреализаци\w+|\bисполнени\w+|\bпродолж\w+|\bинформиру\w+"
    r"|\bучаст\w+ в\b|\bежедневн|\bкажд(?:ый|ую|ое) (?:день|недел|месяц|понедельник|вторник|сред|четверг"
    r"|пятниц|суббот)\w*|\bпромежуточн\w+|\bохвачен\w*"
    r"|\bраспростран[её]н\w*|\bразвива\w+|\bсоздател\w+|\bчисл\w+ клубов|\bколичеств\w+"
)


def goes_on(m: Mention) -> bool:
    """Stated, or told in the present tense."""
    if m.kind in _OCCASIONS:
        return False
    return _GOES_ON.search(m.near) is not None or any(_in_present(w) for w in m.words)


def _in_present(word: Token) -> bool:
    best = word.forms[0] if word.forms else None
    return (
        best is not None
        and best.pos == "VERB"
        and "pres" in best.grammemes
        and best.lemma not in load("projects")["telling_verbs"]
    )


def is_described(m: Mention) -> bool:
    """The next sentence tells of it in the present: «Здесь учат …», «Занятия идут …»."""
    if m.kind in _OCCASIONS or m.title:
        return False
    opening = m.following[0].text.casefold() if m.following else ""
    return opening in load("projects")["topic_words"] and any(_in_present(w) for w in m.following)


def leads_report(m: Mention) -> bool:
    return m.leads and m.kind not in _OCCASIONS


def is_ahead(m: Mention) -> bool:
    return m.kind in _OCCASIONS and m.ahead


def happened(m: Mention) -> bool:
    return m.kind in _OCCASIONS


def is_umbrella(m: Mention) -> bool:
    return m.kind in {"program", "pilot"}


_FRAME = re.compile(r"\b(?:в рамках|по)\s+(?:\S+\s+){0,7}$", re.IGNORECASE)


def frames(m: Mention) -> bool:
    """A programme within which something else begins or ends."""
    return m.kind == "program" and _FRAME.search(m.left) is not None


_WINNERS = any_case(
    r"\bпобедител|\bгрантополучател|\bназва(?:ны|ли|л)\s+лучш|\bфиналист|\bлауреат"
    r"|\bитог\w*\s+(?:\S+\s+){0,3}(?:конкурс|тура|отбор)|\bполучат\s+(?:\S+\s+){0,2}(?:грант|субсиди)"
)
_ANNOUNCED = any_case(
    r"^\W*победител|\bназва\w+\s+(?:\S+\s+){0,2}победител|\bопредел\w+\s+(?:\S+\s+){0,2}победител|\bпобедителями\b"
    r"|\bстал\w*\s+(?:\S+\s+){0,2}победител|\bимена\s+победител|\bпоздрав\w+\s+победител|\sпобедители\s+(?:\S+\s+){0,2}(?:тура|отбора)"
    r"|\bитог\w*\s+(?:\S+\s+){0,3}(?:конкурс|тура|отбор)"
)
_FINAL = any_case(
    r"\bитогов\w+\s+(?:\S+\s+){0,2}(?:отч[её]т|доклад|справк)|\bзакры(?:ваем|ли|л|т)\w*\s+(?:\S+\s+){0,2}(?:проект|грант)"
    r"|\bотч[её]т\w*\s+(?:о\s+реализации|по\s+гранту)|\bитогов\w+\s+(?:\S+\s+){0,2}(?:отч[её]т)|\bпроект\w*\s+(?:\S+\s+){0,3}(?:заверш[её]н|завершил|законч)|\bчем\s+(?:вс[её]\s+)?(?:за)?кончил"
)
_PLANS = any_case(
    r"(?:^|\|\s)(?:\W*)(?:план|задач|перспектив|что впереди|впереди|дальше|что дальше|предстоит|предложени)"
)


def wins_in_report(m: Mention) -> bool:
    """One of the projects of a report on a contest's winners: its work is ahead."""
    return m.kind == "project" and not m.leads and _WINNERS.search(m.top) is not None


def has_its_winners(m: Mention) -> bool:
    """A contest whose winners the report announces."""
    return m.kind == "contest" and (m.leads or m.title) and _ANNOUNCED.search(m.top) is not None


def ends_report(m: Mention) -> bool:
    """The project of a final report."""
    return (
        m.kind in {"project", "grant", "pilot"} and (m.leads or m.title) and _FINAL.search(m.top) is not None
    )


def stands_in_plans(m: Mention) -> bool:
    """«Задачи на 2022 год: … провести форум «X»»."""
    return m.kind in _OCCASIONS and _PLANS.search(m.section) is not None


def is_told_of(m: Mention) -> bool:
    """A project is at work unless something says otherwise; a service, where the report is on it."""
    return m.kind in {"project", "grant", "pilot"} or (m.kind == "service" and m.leads)


STATUS_RULES: tuple[tuple[ProjectStatus, Rule], ...] = (
    ("planned", just_won),
    ("planned", opens_plan),
    ("started", takes_applications),
    ("completed", has_winners),
    ("planned", stands_in_plans),
    ("completed", has_its_winners),
    ("completed", program_is_over),
    ("completed", was_seasonal),
    ("planned", ahead_within),
    ("running", frames),
    ("running", opens_a_unit),
    ("running", has_team_now),
    ("completed", is_done),
    ("completed", took_place),
    ("completed", is_reported),
    ("completed", ends_report),
    ("planned", wins_in_report),
    ("completed", has_results),
    ("running", is_at_work),
    ("planned", in_future),
    ("planned", is_granted),
    ("running", calls_to_join),
    ("started", opens_report),
    ("running", has_begun),
    ("running", under_way),
    ("planned", will_happen),
    ("planned", may_come),
    ("running", goes_on),
    ("running", is_described),
    ("running", began_long_ago),
    ("running", is_used),
    ("planned", is_ahead),
    ("completed", happened),
    ("running", acts_itself),
    ("running", exists_now),
    ("running", is_umbrella),
    ("running", leads_report),
    ("running", is_told_of),
)


def read_status(
    prose: Prose,
    kind: ProjectKind,
    spans: Sequence[Span],
    silent: ProjectStatus | None = None,
    published: date | None = None,
) -> ProjectStatus | None:
    """The status by the first rule that fits any mention; `silent` where no rule does."""
    mentions = [mention(prose, kind, a, b, published) for a, b in spans[:12]]
    mentions.sort(key=lambda m: m.title)
    if len(mentions) == 1 and only_frames_purchase(mentions[0]):
        return None
    if kind in _OCCASIONS and any(lies_ahead(m, published) for m in mentions):
        return "planned"
    if kind in {"project", "grant"} and any(term_is_over(m, published) for m in mentions):
        return "completed"
    for status, rule in STATUS_RULES:
        if any(rule(m) for m in mentions):
            return status
    return silent
