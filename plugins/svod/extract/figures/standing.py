"""What a figure says of the time of writing: a state («работают», «в штате»), no result of a span."""

from __future__ import annotations

from svod.extract.figures.context import Spot, is_predicate, piece_of
from svod.extract.words.screened import Screened
from svod.language.document import Token
from svod.language.morph import Form

_STOCK = Screened(
    r"(?<![а-яё])(?:сейчас|сегодня|в настоящее время|на сегодня(?:шний день)?|к настоящему (?:времени|"
    r"моменту)|на (?:данный|текущий) момент|каждый год|ныне|теперь|по-прежнему|продолжа[ею]т|постоянно|"
    r"(?:коллектив|штат|команда)[ \u00a0](?:[а-яё]+[ \u00a0]){1,3}[–—-]|регулярно|обычно|кажд(?:ый|ую"
    r"|ое) (?:день|недел|месяц)|ежегодно)(?![а-яё])"
)


_STOCK_VERBS = frozenset(
    [
        "работать",
        "действовать",
        "функционировать",
        "состоять",
        "заниматься",
        "занять",
        "учиться",
        "обучаться",
        "жить",
        "входить",
        "получать",
        "пользоваться",
        "участвовать",
        "числиться",
        "насчитывать",
        "насчитываться",
        "посещать",
        "приходить",
        "продолжать",
        "помогать",
        "вести",
        "тренироваться",
        "трудиться",
        "оказывать",
        "находиться",
        "обслуживаться",
        "являться",
        "объединять",
    ]
)


_STOCK_PARTICIPLES = frozenset(
    "занять занятый задействовать задействованный записать записанный прикрепить прикреплённый".split()
)


# «услуги получают 894 человека, 212 из которых прикованы к постели»
_PART_OF_STOCK = Screened(
    r"^,[ \u00a0](?:из[ \u00a0](?:них|которых)|[а-яё\d \u00a0]{1,30}из[ \u00a0](?:них|которых))"
)


def says_now(spot: Spot) -> bool:
    """The figure's own clause says that it is of now; «открыто три, теперь их 75» says it of 75."""
    if _STOCK.search(spot.clause_text) is None:
        return False
    piece = piece_of(spot)
    if _STOCK.search(" ".join(t.text for t in piece).lower()):
        return True
    return not any(is_predicate(t) and _tells_done(t) for t in piece)


def _tells_done(word: Token) -> bool:
    return _is_done(word.forms[0]) or any(f.pos == "PRTS" for f in word.forms)


def _is_done(verb: Form) -> bool:
    return "past" in verb.grammemes or verb.pos == "PRTS"


def is_stock(spot: Spot) -> bool:
    """«работают», «сейчас», «получают»: a state at the time of writing, not a result of a span."""
    if says_now(spot):
        return True
    verbs = [t.forms[0] for t in spot.predicates]
    if not verbs and (_asked_of_now(spot) or _THAT_IS.search(spot.left_text)):
        return True
    if _OPEN_IN.search(_beside(spot)) or _waits(spot) or _is_label_of_now(spot):
        return True
    if _PART_OF_STOCK.search(spot.clause_text):
        clauses = spot.scene.clauses(spot.sentence)
        k = next((i for i, c in enumerate(clauses) if spot.first in c), 0)
        before = [t.forms[0] for t in spot.scene.words(clauses[k - 1]) if is_predicate(t)] if k else []
        if before and all(v.pos == "VERB" and "pres" in v.grammemes for v in before):
            return True
    if verbs and all(v.lemma in _STOCK_PARTICIPLES for v in verbs):
        return True
    if any(_is_done(v) for v in verbs):
        return _is_counted_now(spot)
    if _NUMBERS.search(_beside(spot)):
        return True
    if not verbs and (_STATE.search(spot.clause_text) or _HAVING.search(_beside(spot)) or is_there(spot)):
        return True
    return any(_is_standing(v) for v in verbs) or _goes_on(spot)


def _is_counted_now(spot: Spot) -> bool:
    """«Назначен координатор, в области их 38»: a piece without a verb beside one that tells what was done."""
    piece = piece_of(spot)
    return not any(is_predicate(t) for t in piece) and _HOW_MANY.search(_beside(spot)) is not None


_HOW_MANY = Screened(
    r",[ \u00a0](?:(?:в|во|на|по|у)[ \u00a0](?:[а-яё]+[ \u00a0]){1,2})?(?:их|нас)[ \u00a0]"
    r"(?:всего[ \u00a0])?(?:[а-яё]+|\d+)$"
)


def _asked_of_now(spot: Spot) -> bool:
    """«– Сколько сейчас в районе приёмных семей? – Тридцать девять»: the answer is of now too."""
    before = spot.scene.text[max(0, spot.number.start - _ASKED_NEAR) : spot.number.start]
    question, mark, _ = before.rpartition("?")
    return bool(mark) and _NOW_ASKED.search(question[question.rfind("\n") + 1 :].lower()) is not None


_ASKED_NEAR = 160  # characters
_NOW_ASKED = Screened(r"(?<![а-яё])сколько[ \u00a0][^?]{0,30}(?:сейчас|сегодня|теперь)(?![а-яё])")
_OPEN_IN = Screened(  # «пункты проката открыты при 14 центрах»: where they are, not how many were opened
    r"(?<![а-яё])(?:открыты|развёрнуты|развернуты|расположены|размещены|представлены|есть|имеются)[ \u00a0]"
    r"(?:уже[ \u00a0]|сейчас[ \u00a0])?(?:в|во|при|на[ \u00a0]базе)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}"
    r"(?:[а-яё]+|\d+)$"
)
_YET = Screened(r"(?<![а-яё])(?:уже|пока)(?![а-яё])")
_SIGNED_UP = frozenset("записаться заявиться зарегистрироваться записать записанный".split())


def _waits(spot: Spot) -> bool:
    """«Записалось уже 19 человек», «пока собрана половина»: so far, for what is still to come."""
    yet = _YET.search(spot.clause_text)
    if yet is None:
        return False
    if spot.clause_lemmas & _SIGNED_UP:
        return True
    return yet[0] == "пока" and any(t.forms[0].lemma in ("собрать", "собрано") for t in spot.predicates)


def _is_label_of_now(spot: Spot) -> bool:
    """«– служат в армии: 5»: a label in the present tense."""
    scene = spot.scene
    if spot.block.kind != "list_item":
        return False
    start = scene.doc.token_index(spot.block.start)
    words = [t for t in scene.tokens[start : spot.first] if t.text[:1].isalpha() or t.text in ":–—-"]
    while words and not words[0].text[:1].isalpha():
        words.pop(0)
    if not words or not any(t.text in ":–—-" for t in words[1:]):
        return False
    form = words[0].forms[0] if words[0].forms else None
    return form is not None and form.pos == "VERB" and {"pres", "plur"} <= set(form.grammemes)


def is_there(spot: Spot) -> bool:
    """«Их в республике тринадцать», «В отряде 27 учащихся», «Помощников трое», «Каждый восьмой – волонтёр»:
    a sentence without a verb tells what there is.
    """
    if spot.block.kind not in ("paragraph", "lead"):
        return False
    before = spot.left_text.lower()
    if _THEIRS.search(before) or (_IN_THE.search(before) and not _DONE_BEFORE.search(before)):
        return True
    return _PEOPLE.search(before) is not None


_THEIRS = Screened(
    r"(?:^|[^а-яё])(?:их|нас)[ \u00a0](?:(?:в|во|на|по|у|при)[ \u00a0](?:[а-яё]+[ \u00a0]){1,2})?"
    r"(?:всего[ \u00a0]|теперь[ \u00a0]|уже[ \u00a0]|пока[ \u00a0])?$"
)
_IN_THE = Screened(
    r"(?:^|[.!?…][ \u00a0\n]|\n)(?:а[ \u00a0]|у[ \u00a0]нас[ \u00a0]|всего[ \u00a0])?(?:в|во)[ \u00a0]"
    r"(?:наш[а-яё]+[ \u00a0])?"
    r"(?:штат|команд|отряд|фонд|групп|клуб|центр|бригад|движени|организаци|совет|объединени|отделени|школ|служб"
    r"|коллектив|хор|кружк|ансамбл|сообществ|чат|реестр)[а-яё]*[ \u00a0]"
    r"(?:[«\"][^»\"]{2,30}[»\"][ \u00a0])?(?:сейчас[ \u00a0]|всего[ \u00a0]|пока[ \u00a0]|уже[ \u00a0])?$"
)
_DONE_BEFORE = Screened(r"за[ \u00a0](?:год|месяц|лето|зиму|сезон)")
_PEOPLE = Screened(
    r"(?:^|[.!?…,;][ \u00a0\n]|\n)(?:а[ \u00a0]|но[ \u00a0]|и[ \u00a0]|зато[ \u00a0])?"
    r"(?:наших[ \u00a0]|всех[ \u00a0]|штатных[ \u00a0]|постоянных[ \u00a0])?"
    r"(?:помощников|помощниц|волонт[её]ров|добровольцев|сотрудников|работников|соцработников|специалистов|нянь|"
    r"сиделок|врачей|медсест[её]р|психологов|педагогов|тьюторов|наставников|подопечных|пациентов|постояльцев|"
    r"жильцов|коек|машин|собак|водителей|кураторов|координаторов|воспитателей)"
    r"(?:,[ \u00a0][а-яё]+,)?[ \u00a0](?:у[ \u00a0]нас[ \u00a0]|теперь[ \u00a0]|в[ \u00a0][а-яё]+[ \u00a0])?"
    r"(?:[–—-][ \u00a0](?:около[ \u00a0]|порядка[ \u00a0]|примерно[ \u00a0])?)?"
    r"(?:всего[ \u00a0]|только[ \u00a0]|лишь[ \u00a0]|пока[ \u00a0]|уже[ \u00a0])?$"
)


def _goes_on(spot: Spot) -> bool:
    """Nothing but the present tense beside the figure: «ухаживают 486 помощников», «носят 96 человек»."""
    verbs = [t.forms[0] for t in spot.predicates]
    if not verbs or any(v.pos != "VERB" or "pres" not in v.grammemes or v.lemma in _EXTENT for v in verbs):
        return False
    opening = spot.scene.words(spot.clause)[:3]
    if any(t.lemma == "который" for t in opening):  # «86 семей, в которых воспитываются 112 детей»
        return False
    beside = spot.scene.tokens[max(spot.clause.first, spot.first - _NEAR) : spot.last + _NEAR]
    return any(t in beside for t in spot.predicates)


_NEAR = 6  # tokens between a verb and its figure


_EXTENT = frozenset(  # «доля составляет 54 %»: what a figure amounts to is no state of its own
    "составлять показывать отмечать говорить превышать достигать равняться приходиться выходить значить "
    "означать сообщать считать называть быть "
    "оставаться благодарить радовать огорчать".split()
)


def stands_since(spot: Spot) -> bool:
    """«действует с 2020 года в пяти районах»: since when says nothing of how many there were."""
    verbs = [t.forms[0] for t in spot.predicates]
    return bool(verbs) and all(_is_standing(v) for v in verbs)


def _beside(spot: Spot) -> str:
    start = spot.scene.tokens[spot.clause.first].start
    return spot.scene.text[max(start, spot.number.start - 40) : spot.number.end].lower()


_THAT_IS = Screened(r"[–—-][ \u00a0]это[ \u00a0](?:[а-яё]+[ \u00a0])?$")  # «Служба – это два экипажа»
_STATE = Screened(  # «на сопровождении – 2 870 семей», «в штате шестеро»
    r"(?<![а-яё])(?:в[ \u00a0](?:штат|команд|коллектив|очеред|реестр|состав)е|"
    r"в[ \u00a0]наличии|на[ \u00a0]линии|"
    r"на[ \u00a0](?:[а-яё]+[ \u00a0])?(?:сопровождении|уч[её]те|обслуживании|связи|патронаже|попечении)|"
    r"под[ \u00a0](?:опекой|наблюдением|патронажем|патронатом|сопровождением)|состав[ \u00a0]?[–—-]|"
    r"(?:ассортимент|парк|автопарк|команда|коллектив|штат)(?:[ \u00a0][а-яё]+)?[ \u00a0]?[–—:-]|"
    r"числ(?:о|енность)[ \u00a0](?:[а-яё]+[ \u00a0])?(?:участников|работников|сотрудников|членов|подопечных))"
)
_NUMBERS = Screened(  # «парк составляет 14 машин», «штат насчитывает 40 человек»
    r"(?<![а-яё])(?:парк|автопарк|штат|коллектив|команда|отряд|сеть|ассортимент)[ \u00a0]"
    r"(?:[а-яё]+[ \u00a0])?(?:составляет|насчитывает|включает)[ \u00a0](?:[а-яё]+[ \u00a0])?(?:[а-яё]+|\d+)$"
)
_HAVING = Screened(  # «их одиннадцать», «помощников трое»
    r"(?:(?<![а-яё])(?:их|нас)[ \u00a0](?:у[ \u00a0]нас[ \u00a0])?(?:сейчас[ \u00a0])?|[а-яё]{3,}ов[ \u00a0])"
    r"(?:двое|трое|четверо|пятеро|шестеро|семеро|восьмеро|девятеро|десятеро|[а-яё]{3,}(?:надцать|дцать|сят)|\d+)$"
)


def _is_standing(verb: Form) -> bool:
    return verb.pos == "VERB" and "pres" in verb.grammemes and verb.lemma in _STOCK_VERBS
