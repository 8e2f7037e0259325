"""Turns of phrase in which an organisation stands: it runs the activity, does the work, takes part.

Each looks at one mention in its sentence. None decides a role: they are signs, weighed in `partner_roles`.
"""

from __future__ import annotations

import re

from svod.extract.partners.partner_money import gets, gives_a_thing, granted_to, grants, pays
from svod.extract.partners.partner_silence import SILENT_RULES, Context, Rule
from svod.extract.partners.partner_work import is_social, only_helps
from svod.extract.words.screened import any_case

# --- who runs it -------------------------------------------------------------------------------------

_RUNS_BEFORE = any_case(
    r"(?:организатор\w*(?:\s+[^\s,.;]+){0,7}?\s+(?:выступ(?:ил|а[ею]т)|стал)\w*|организатор\w*|соорганизатор\w*"
    r"|организован\w*|организовал\w*|организу\w+|инициатив[аеу]\w*|инициатор\w*|координатор\w*|куратор\w*"
    r"|координиру\w+|под эгидой"
    r"|провод(?:ит|ят|имый|имого|имой)|пров[её]л[аио]?|учредител\w*|контроль[^.]{0,20}|курирует"
    r"|заказчик\w*|оператор\w*)"
    r"(?:\s+(?:выступил\w*|стал\w*|является|являются|поручен\w*|центра|программы|проекта|акции|конкурса"
    r"|форума|мероприятия|фестиваля))*\W*(?:[^\s,.;]+\s+){0,2}$"
)
_RUNS_AFTER = any_case(
    r"^\s*(?:\([^)]*\)\s*)?(?:[^\s,.;:]+\s+){0,3}?(?:организова\w+|организует|координиру\w+"
    r"|выступил\w* (?:со)?организатор\w*|курирует"
    r"|подвел[аио]?[^.]{0,20} итоги\s+(?:\S+\s+){0,2}(?:конкурс|отбор|смотр)|инициировал\w*|утвердил\w*)"
)
_DEVISED = any_case(r"(?:придума\w+|разработа\w+|решили)\s+в\s+$")
_CONTEST_BEFORE = any_case(r"конкурс[аеу]?\s+$")


def _oversees(c: Context) -> bool:
    """An authority above a municipality that «does» something has it done."""
    return c.type == "authority" and not c.name.casefold().startswith("администрац")


def acts(c: Context) -> bool:
    """«проект реализует министерство»: it has the work done."""
    if not _oversees(c):
        return False
    if _MADE_BY.search(c.before):
        return False
    return _DOES_BEFORE.search(c.before) is not None or (
        c.subject and _DOES_AFTER.search(c.after) is not None
    )


_MADE_BY = any_case(r"\b(?:разработанн|созданн|внедр[её]нн)\w+\s+(?:[^\s,.;]+\s+){0,1}$")


_STUDY = any_case(r"\b(?:опро[сш]|анкетиров|исследован)\w*[^.;]*$")
_HOLDS = any_case(
    r"^\s*(?:\([^)]*\)\s*)?(?:[^\s,.;:]+\s+){0,3}?(?:провод(?:ит|ят)|пров[её]л[аио]?|объявля[ею]т"
    r"|объявил[аио]?)\b[^.;]{0,50}?"
    r"(?:конкурс|акци|форум|фестивал|марафон|отбор|смотр|преми|ярмарк|слёт|смен)"
)


_TAUGHT = any_case(  # «подготовку вожатых провёл университет», «занятия провели преподаватели университета»
    r"\b(?:занятия|подготовку|обучение|лекци[июя]|курсы?|урок[и]?|тренинг[и]?|семинар[ы]?|консультаци[июя]"
    r"|мастер-класс[ы]?)"
    r"\s+(?:[^\s.;]+\s+){0,5}?(?:провод(?:ит|ят|или?)|пров[её]л[аио]?)\s+(?:[^\s,.;]+\s+){0,2}$"
    r"|\b(?:нас|вожатых|волонт[её]ров|добровольцев|сотрудни[кц]\w+|педагогов|специалистов|команду|сиделок"
    r"|кураторов|ведущих)\s+(?:[^\s,.;]+\s+){0,2}?(?:под|об|на)?(?:учил[аи]?|учит|учат|готовил[аи]?"
    r"|готов(?:ит|ят)|обучал[аи]?|обучил[аи]?|обуча[ею]т|тренир\w+|инструктир\w+|консультир\w+)\s+(?:[^\s,.;]+\s+){0,1}$"
)


_BY_STAFF = any_case(
    r"(?:пров[её]ли|провод(?:ят|ил[аи]?)|ведут|вели|читали)\s+(?:[^\s,.;]+\s+){0,1}"
    r"(?:сотрудник|специалист|инспектор|полицейск|представител|психолог|врач|медик|педагог|преподавател|тренер"
    r"|юрист|студент|библиотекар)\w*\s+$"
)


def runs(c: Context) -> bool:
    if _STUDY.search(c.before) or _BY_STAFF.search(c.before):
        return False
    if c.type in {"ngo", "foundation"} and not c.subject and _OF_THEIRS.search(c.before):
        return False
    if c.subject and _HOLDS.match(c.after):
        return True
    if _TAUGHT.search(c.before):
        return False
    if c.type not in {"foundation"} and _CONTEST_BEFORE.search(c.before):
        return True
    return bool(
        (not c.place and _RUNS_BEFORE.search(c.before))
        or _DEVISED.search(c.before)
        or (c.subject and _RUNS_AFTER.search(c.after))
    )


# --- who does the work -------------------------------------------------------------------------------

_DOES_BEFORE = any_case(
    r"(?:исполнител\w*|соисполнител\w*|автор\w*|реализу\w+|реализова\w+|созда(?:л|ла|ло|ли|на|но|н|ны"
    r"|нный|нная)|работ\w* обеспечи(?:л|ва)\w*|вед[её]т|разработа\w+|разработч\w+"
    r"|грантополучател\w*|выиграл\w*|основател\w*|учредил\w*|победител\w*|обладател\w*)(?:\s+(?:проекта"
    r"|программы|гранта|стал[аио]?|является))*\W*(?:[^\s,.;]+\s+){0,1}$"
)
_DOES_AFTER = any_case(
    r"^(?:\s*(?:при поддержке|совместно с|вместе с|при участии"
    r"|при содействии)[^.;,]{0,110}?)?[^.;]{0,40}?\b(?:заверш\w+|реализу\w+|реализова\w+|запусти\w+"
    r"|запуска\w+|созда(?:л|ла|ло|ли|ёт)\b|откры(?:л|ла|ло|ли)\b(?!\s+двер)|разработал\w*|вела?\b|вели\b"
    r"|вед[её]т"
    r"|представил\w* (?:программ|проект|опыт)\w*|провод(?:ит|ят)|пров[её]л[аио]?\b|провела\b|продолжит"
    r"|займ[её]тся|займутся|начал\w*|внедр\w+|обуча\w+|сопровожда\w+"
    r"|занимается|помогает|обслужил\w*"
    r"|принял[аио]?\s+(?:\S+\s+)?(?:\d|полтор|сотн|десятк|тысяч|сигнал|обращени)"
    r"|оказал[аио]?\b[^.;]{0,30}(?:услуг|консультаци))"
)
_ASSIGNED = any_case(
    r"(?:исполнител\w*|соисполнител\w*|разработа\w+|разработч\w+|автор\w*)"
    r"(?:(?:\s+[^\s,.;]+){0,5}\s+(?:является|являются|стал\w*|выступ\w+))?\s*[–—:-]?\s*(?:[^\s,.;]+\s+){0,1}$"
    r"|(?:исполнител|разработчик)\w*(?:\s+[^\s,.;–—]+){1,4}\s+[–—]\s+$"
)
_OURS = any_case(r"\bнаш(?:его|ему|им|ем|а|ей|у)?\s+$")
_WITH_PROJECT = any_case(
    r"^\s*(?:,|[–—-]|\()?\s*(?:с\s+|за\s+)?(?:проект|программ|инициатив)\w*\s+[«\"„“]"
    r"|^\s*(?:,\s*(?:г|с|п|пос|дер|ст)\.\s*[А-ЯЁ][\w-]+\s*)?[–—-]\s*[«\"„“]"
    r"|^[^.]{0,40}\.\s+(?:Е[её]|Его|Их)\s+(?:проект|программ|инициатив|служб)"
)
_SERVES_AFTER = any_case(
    r"^[^.;]{0,60}?\b(?:побывал\w*|получил\w* (?:помощь|поддержку|услуги)|прош(?:ли|ёл|ла) (?:курс"
    r"|реабилитац|обучен)\w*|прожи\w+|обслуж\w+|открыл\w*с[ья])"
)
_MADE_AFTER = any_case(
    r"^\W*(?:\([^)]*\)\s*)?(?:[^\s.;]+\s+){0,3}?(?-i:\b[а-яё]+)(?:ено|ана|ано|ены|аны|ена|ен|ан)\b"
)
_MADE_BEFORE = any_case(r"(?:ованн|енн|анн|имы|имо|ему|емо|ым|ано|ено|ана|ена|ены|аны)[а-яё]*\s+$")


_STAFF = (
    r"(?:специалист|сотрудник|психолог|юрист|педагог|консультант|оператор|наставник|волонт[её]р"
    r"|доброволец|доброволь|работник"
    r"|инструктор|тренер|врач"
    r"|логопед|методист|медик|бригад)\w*"
)
_WORKS = (
    r"(?:приняли|осмотрели|сплели|сшили|вяжут|плетут|связали|выполня\w+|выполнили|готовят|отремонтировали|ремонтируют"
    r"|нашли|ищут|дежурят|патрулируют|провели|проводят|доставили|доставля\w+|привезли|развезли|раздали|вручили|обучили|обуча\w+"
    r"|оказали|оказыва\w+"
    r"|отвечают|отвечали|ответили|дежурят|дежурили|обследу\w+|обследовали|занимаются|занимались"
    r"|консультиру\w+|проконсультировали|посетили|навеща\w+|собрали|ведут|вели)"
)
_STAFF_BEFORE = any_case(rf"{_STAFF}\s+(?:\S+\s+){{0,2}}$")
_STAFF_WORKS = any_case(rf"\b{_WORKS}\s+(?:\S+\s+){{0,3}}{_STAFF}\s+(?:\S+\s+){{0,2}}$")
_DOORS_OPEN = any_case(r"\bдвери\s+(?:[^\s,.]+\s+){0,1}$")
_WORKS_AFTER = any_case(rf"^\s*(?:\([^)]*\)\s*)?(?:[^\s.;:]+\s+){{0,4}}?\b{_WORKS}\b")


def staff_works(c: Context) -> bool:
    """«психологи центра провели …», «доставили волонтёры штаба»: its people do the work."""
    if c.type not in {"institution", "ngo", "foundation"}:
        return False
    if _STAFF_WORKS.search(c.before):
        return True
    return _STAFF_BEFORE.search(c.before) is not None and _WORKS_AFTER.match(c.after) is not None


_FOR_US = any_case(  # «провёл семинар для наших волонтёров», «обучил наших мам»
    r"^[^.;]{0,20}?\b(?:пров[её]л[аио]?|обучил[аио]?|научил[аио]?|прочитал[аио]?|показал[аио]?)\b[^.;]{0,40}"
    r"\b(?:наш(?:их|им|ему|ей)|нас|нам)\b"
)
_IS_PARTNER = any_case(
    r"\bпартн[её]р\w*(?:\s+[^\s,.;–—:]+){0,3}\s*(?:[–—:-]|стал\w*|выступ\w+)\s*(?:[^\s,.;]+\s+){0,1}$"
)
_WITH_THINGS = any_case(r"^\s*(?:[^\s,.;:]+\s+){0,2}?помога\w+\s+[а-яё]+(?:ами|ями|ом|ем|ой)\b")
_OF_THEIRS = any_case(r"(?:инициатив\w*|координатор\w*|специалист\w* проекта)\s+(?:[^\s,.;]+\s+){0,1}$")


_ITS_OWN = (
    any_case(  # «информация о деятельности центра», «помощь оказывает филиал фонда», «автором стал клуб»
        r"\bо\s+(?:работе|деятельности)\s+(?:[^\s,.;]+\s+){0,1}$"
        r"|\b(?:помощь|услуги|консультации|сопровождение|поддержку)\s+(?:семьям\s+|людям\s+)?"
        r"(?:оказыва[ею]т|обеспечива[ею]т|осуществля[ею]т)\s+$"
        r"|\bавтор\w*\s+(?:[^\s,.;]+\s+){0,3}(?:стал|выступил)\w*\s+$"
    )
)


def trains_us(c: Context) -> bool:
    """What it does is for those who tell, or it is named as a partner: it takes part."""
    return bool(
        (c.subject and _FOR_US.match(c.after)) or _IS_PARTNER.search(c.before) or _WITH_THINGS.match(c.after)
    )


def does(c: Context) -> bool:
    if _STUDY.search(c.before) or trains_us(c):
        return False
    if c.type in {"ngo", "foundation"} and not c.subject and _OF_THEIRS.search(c.before):
        return True
    if (
        c.type in {"ngo", "foundation", "institution"}
        and _ITS_OWN.search(c.before)
        and not _TEACHES.search(c.before)
    ):
        return True
    if only_helps(c.name, c.type):
        return _has_own(c)
    if staff_works(c):
        return True
    if _oversees(c):
        return c.owner or _ASSIGNED.search(c.before) is not None
    if granted_to(c) or (c.type != "authority" and gets(c)):
        return True
    if c.owner or _OURS.search(c.before) or _WITH_PROJECT.match(c.after) or _DOES_BEFORE.search(c.before):
        return True
    if _PROJECT_OF.search(c.before) and _IS_CHOSEN.match(c.after):
        return True
    if c.subject and _DOES_AFTER.search(c.after):
        return True
    if c.agent and (_MADE_AFTER.search(c.after) or _MADE_BEFORE.search(c.before)):
        return True
    if c.type == "institution" and _DOORS_OPEN.search(c.before) and re.match(r"\W*(?:\S+\s+)?откры", c.after):
        return True  # «двери центра были открыты для всех»
    if c.place and c.type in {"foundation", "institution"} and _ASKED_THERE.match(c.after):
        return True
    return (
        c.place
        and c.type == "institution"
        and is_social(c.name)
        and _SERVES_AFTER.search(c.after) is not None
    )


_PROJECT_OF = any_case(r"\b(?:проект|программ|инициатив|заявк)\w*\s+(?:[^\s,.;]+\s+){0,1}$")
_IS_CHOSEN = any_case(
    r"^\s*(?:[^\s,.;]+\s+){0,2}?(?:поддержан|победил|получил|выиграл|вош[её]л|признан|отмечен|стал[аио]?\s+(?:лучш|победит))"
)


def _has_own(c: Context) -> bool:
    """Its own project, or named as the one who carries it out; a service that was opened in it."""
    if c.owner or _OURS.search(c.before) or _WITH_PROJECT.match(c.after) or granted_to(c):
        return True
    hosts = c.place and re.search(r"\bпри\s+$", c.before) and _MADE_BEFORE.search(c.before[:-4])
    return bool(_ASSIGNED.search(c.before) or hosts)


_ASKED_THERE = any_case(
    r"^[^.;]{0,60}?\b(?:поступил\w*|обратил\w+)\s+(?:\S+\s+){0,4}?(?:\d|обращени|заяв|тысяч)"
)


# --- who takes part ----------------------------------------------------------------------------------

_JOINS_BEFORE = any_case(
    r"(?:площадк\w*|на базе|совместно с|вместе с|партн[её]р\w*|при участии|при содействии|при поддержке"
    r"|помог\w*"
    r"|помощь\w*|подар\w*|студент\w*"
    r"|участву\w+(?: коллективы| команды)?|участие(?: приняли| в н[её]м приняли)?|(?:помещени|площадк"
    r"|зал)\w*[^.]{0,40}(?:выделил|предоставил)\w*"
    r"|волонт[её]р\w*|предоставил\w*|состоял\w* в|прош[её]?л\w* в|на площадке|в актовом зале|в зале"
    r"|сотрудник\w*|специалист\w*|передали?|отда(?:л|ла|ли)[^.]{0,40})\W*(?:[^\s,.;]+\s+){0,2}$"
)
_TEACHES = any_case(
    r"(?:наставник|специалист|волонт[её]р|сотрудник|педагог|добровольц)\w*\s+(?:под)?(?:готовил|обучал"
    r"|обучил|учил)[аио]?\s+$"
    r"|(?:методическ|информационн|консультативн|консультационн|организационн)\w+\s+(?:поддержк|помощь"
    r"|содействи"
    r"|сопровождени)\w*\s+(?:оказ|обеспеч)\w+\s+$"
)
_JOINS_AFTER = any_case(
    r"^\s*(?:\([^)]*\)\s*)?(?:[^\s,.;:]+\s+){0,3}?(?:помог\w*|помож\w*|помога\w*|предостав\w*|выделил\w*"
    r"|подар\w*|угости\w*|приня\w* участие|участв\w*|отда\w+|консультиру\w+|рекоменд\w+|переда\w+"
    r"|присоединил\w*|поддержал\w*|направил[аио]?|открыл[аио]?\s+двери)"
)


_AGREED = any_case(  # «договор о сотрудничестве подписан с министерством»
    r"\b(?:договор|соглашени|меморандум|договор[её]нност)\w*[^.;]{0,60}\s(?:с|со|между)\s+(?:[^\s,.;]+\s+){0,1}$"
)
_TO_BE_AGREED = any_case(r"необходимо|следует|нужно|должн\w+")
_WHO_HELPED = any_case(  # «благодарим министерство, которое помогло с набором»
    r"^\s*,\s*котор\w+\s+(?:[^\s,.;]+\s+){0,2}?(?:помог|предостав|поддерж|подар|переда|выдел"
    r"|приня\w+ участие)\w*"
    r"|^\s*,\s*(?:предоставивш|помогш|помогавш|передавш|подаривш|давш)\w+"
)


_EARNED = any_case(
    r"(?:спасибо|благодар\w+)[^.■]{0,60}■[^.]{0,20}\bза (?:налаженн|помощь|содейств|предостав|организац"
    r"|участи|сотруднич|транспорт|автобус|машин|площадк|подар|одеял|продукт)"
)


_LISTED = any_case(  # «включило нас в реестр поставщиков»: what an authority does for those who tell
    r"^[^.;]{0,30}?\b(?:включил|вн[её]с|аккредитов|выдал|зарегистрир|одобрил|согласовал|рекомендовал)[а-яё]*"
    r"\s[^.;]{0,60}\b(?:реестр|переч[ен]|лицензи|аккредитаци|разрешени|заключени|сертификат\w* соответств)"
)
_SIGNED = any_case(
    r"\b(?:соглашени|договор|меморандум)\w*\b[^.;]{0,40}\b(?:подписали?|заключили?)\s[^.;]{0,120}$"
)
_GOT_THINGS = any_case(  # «для хосписа приобретены матрасы», «в хосписе появились кровати»
    r"^[^.;]{0,20}?\b(?:приобр\w+|куп\w+|закуп\w+|переда\w+|собра\w+|изготов\w+|сши\w+|появил\w+)\b"
)
_HELPED_IT = any_case(r"\b(?:спасибо|благодар[а-яё]+|признательн[а-яё]+)\s+(?:[^\s.;]+\s+){0,3}$")


def _is_given(c: Context) -> bool:
    """What is bought or made is for it: a clinic, a home."""
    if c.type != "institution" or c.subject:
        return False
    place = re.search(r"\b(?:для|в|во)\s+(?:[^\s,.;]+\s+){0,1}$", c.before, re.IGNORECASE)
    return place is not None and _GOT_THINGS.match(c.after) is not None


_FOR_SOMETHING = any_case(
    r"^\s*[–—-]?\s*за\s+(?!то\b|понимани|терпени|внимани|доброт)"
)  # «министерству за автобус»


def joins(c: Context) -> bool:
    return bool(
        _STUDY.search(c.before)
        or trains_us(c)
        or (c.given and _FOR_SOMETHING.match(c.after))
        or _JOINS_BEFORE.search(c.before)
        or _TEACHES.search(c.before)
        or _TAUGHT.search(c.before)
        or _is_given(c)
        or (c.type != "authority" and _HELPED_IT.search(c.before))
        or (c.type == "authority" and c.subject and _LISTED.match(c.after))
        or (c.type in {"authority", "institution"} and _SIGNED.search(c.before))
        or _WHO_HELPED.match(c.after)
        or (_AGREED.search(c.before) is not None and not _TO_BE_AGREED.search(c.before))
        or (c.type == "authority" and _BY_STAFF.search(c.before) is not None)
        or (c.subject and _JOINS_AFTER.search(c.after))
        or _EARNED.search(c.before + "■" + c.after)
    )


_SERVICE = any_case(
    r"^(?:отдел\b|оп\b|отделение|прокуратура|инспекция|полиция|\w*мвд|\w*фсин|мчс|\w*фссп|уфсин|ро[вс]\w*|загс"
    r"|(?:(?:главное\s+)?управление|гу)\s+(?:фсин|мчс|мвд|росгвардии)"
    r"|администрация)"
)
_OWN_FIELD = any_case(r"соц|труд|занятост|семь[еия]|семей|демограф|опек|населени|правительств|по делам молод")


def is_service(name: str) -> bool:
    """Police, rescuers, a town's administration: an authority of another field, by its name."""
    return _SERVICE.search(name) is not None


def is_of_the_field(name: str) -> bool:
    """An authority of the social field, by its name."""
    return _OWN_FIELD.search(name) is not None


TURNS: tuple[Rule, ...] = (
    grants,
    pays,
    runs,
    acts,
    does,
    joins,
    staff_works,
    trains_us,
    gets,
    granted_to,
    gives_a_thing,
    *SILENT_RULES,
)
TELLING = ("grants", "pays", "runs", "acts", "does", "joins")  # those that give a part in a project
