"""Frames in which an unintroduced quotation can only be the name of something done: what people sign up for,
what money is given for, what a section of the report is on, what the next words call by its kind.

The last hints, weaker than a kind word beside the name: each needs a name that is no speech and no
organisation's. Where such a word stands beside the name is looked at in `project_heads` and `project_hints`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svod.extract.layout.prose import Prose
from svod.extract.layout.quotes import Quote
from svod.extract.lexicon import load
from svod.extract.partners.org_words import org_type
from svod.extract.projects.project_captions import THANKS, captioned, make_head, opens_item, said_kind
from svod.extract.projects.project_hints import Head, kind_nearby, own_kind, service_words
from svod.extract.words.declension import adjective_forms, noun_forms
from svod.extract.words.kind_words import kind_of, lemma, other_words
from svod.extract.words.screened import any_case
from svod.language.document import Token
from svod.models import ProjectKind

MAX_NAME = 7  # words; a longer quotation is rather speech


def framed(prose: Prose, quote: Quote) -> Head | None:
    """The first frame that holds."""
    if not _is_name(prose, quote):
        return None
    return next((head for frame in FRAMES if (head := frame(prose, quote)) is not None), None)


def _is_name(prose: Prose, quote: Quote) -> bool:
    """Few words, a capital, no end of a sentence; words in the first or second person are rather speech."""
    text = prose.text[quote.inner : quote.stop].strip()
    words = [w for w in prose.slice(quote.inner, quote.stop) if w.text[:1].isalnum()]
    if not 0 < len(words) <= MAX_NAME or not text[:1].isupper() or re.search(r"[.?…;«]", text):
        return False
    verbs = [w for w in words if w.forms and w.forms[0].pos == "VERB"]
    if any(_names_organisation(words, k) for k in range(len(words))):
        return False
    return not (verbs and any(w.forms[0].pos == "NPRO" for w in words)) and not text.isdigit()


def _names_organisation(words: Sequence[Token], k: int) -> bool:
    """«Фонд …», «Центр …»; «Дом на пригорке» is a place with a name of its own."""
    name = lemma(words[k])
    if org_type(name) is None or kind_of(words[k]) is not None or name in service_words():
        return False
    housed = name == "дом" and k + 1 < len(words) and words[k + 1].forms[0].pos in {"PREP", "CONJ", "ADVB"}
    return not housed


def _before(prose: Prose, quote: Quote, length: int = 90) -> str:
    block = prose.block(quote.start)
    return prose.text[max(block.start if block else 0, quote.start - length) : quote.start]


_CALLED = any_case(
    r"(?:под|с)[ \u00a0](?:[а-яё]+[ \u00a0]){0,2}(?:названием|именем|заголовком|брендом)[ \u00a0:–—-]*$"
    r"|(?<![а-яё])(?:назвали|назов[её]м|называется|называться|зов[её]тся|прозвали|окрестили|название|имя)"
    r"(?:[ \u00a0][а-яё]+){0,2}[ \u00a0:–—-]*$"
)


def called(prose: Prose, quote: Quote) -> Head | None:
    """«авантюра под названием «X»»: a thing done that bears a name, unless it is a song or a firm."""
    if _CALLED.search(_before(prose, quote)) is None:
        return None
    at = prose.index(quote.start)
    kind: ProjectKind | None = None
    for word in reversed(prose.words[max(0, at - 10) : at]):
        if not prose.same_block(word.start, quote.start) or word.text in {".", "!", "?"}:
            break
        name = lemma(word)
        if word.forms and word.forms[0].pos == "NOUN" and name not in {"название", "имя", "бренд"}:
            if org_type(name) is not None and kind_of(word) is None:
                return None
            if name in other_words():
                return None
            kind = kind_of(word)
            break
    return make_head(prose, quote, "called", kind)


def entered(prose: Prose, quote: Quote) -> Head | None:
    """«записались в «X»», «документы на «X»», «на «X» вышли 340 добровольцев»: what people join."""
    return (
        make_head(prose, quote, "entered")
        if _goes_to(prose, quote, "enter", {"в", "во", "на", "к"})
        else None
    )


def funded(prose: Prose, quote: Quote) -> Head | None:
    """«фонд дал на «X» 6 987 340 рублей», «211 тысяч – «X»», and in a list of the chosen «Томская область.
    «X», 1 386 000 рублей»: what a sum is given for.
    """
    given = _goes_to(prose, quote, "fund", {"на", "для"})
    given = given or _SUM.search(_before(prose, quote, 40)) is not None
    if not given and _SUM_AFTER.match(prose.text, quote.end) is not None:
        given = _GRANTED.search(prose.opening) is not None and not _is_thanked(prose, quote)
    return make_head(prose, quote, "funded") if given else None


def _is_thanked(prose: Prose, quote: Quote) -> bool:
    """The list or the paragraph is of those who gave."""
    block = prose.block(quote.start)
    head = prose.layout.head_of(block) if block is not None else None
    before = _before(prose, quote, 200)
    return (
        THANKS.search(f"{prose.text[head.start : head.end] if head is not None else ''} {before}") is not None
    )


_GRANTED = any_case(r"(?<![а-яё])(?:победител|грант|финалист|конкурс)")
_SUM_AFTER = re.compile(
    r"\s*[,.:–—(-]\s*\d[\d\s\u00a0]*(?:,\d+)?\s*(?:рубл|руб|₽|тыс|млн|миллион)", re.IGNORECASE
)
_SUM = any_case(r"\d[\d\s.,]*(?:рубл\w+|руб\.?|₽|тысяч\w?|тыс\.?|млн\.?|миллион\w*)\s*[–—:-]\s+$")
_REACH = 6  # words between the verb and the name


def _goes_to(prose: Prose, quote: Quote, list_name: str, prepositions: set[str]) -> bool:
    """One of these prepositions right before the name, and one of the listed words before it or after the
    name, with nothing but words between.
    """
    at = prose.index(quote.start) - 1
    if at < 0 or prose.words[at].text.casefold() not in prepositions:
        return False
    listed = frozenset(load("projects")["frames"][list_name])
    after = prose.index(quote.end)
    for reach in (
        range(at - 1, max(-1, at - 1 - _REACH), -1),
        range(after, min(after + 3, len(prose.words))),
    ):
        for k in reach:
            word = prose.words[k]
            if not prose.same_block(word.start, quote.start) or not (
                word.text[0].isalnum() or word.text == "%"
            ):
                break
            if any(f.lemma in listed for f in word.forms):
                return True
    return False


_POINTS = any_case(
    r"^[^.!?«»]{0,40}[.!?,–—-]*\s+(?:[–—-]\s*)?"
    r"(?:это\s+(?:[а-яё]+\s+){0,2}|так\s+(?:у\s+нас\s+)?(?:называ|зов)[а-яё]+\s+(?:[а-яё]+\s+){0,3}"
    r"|(?:напомн[а-яё]+,?\s+)?(?:(?:по|в|для|на|ради|к)\s+)?эт(?:от|а|у|ой|ого|ом|ому)\s+)$"
)


def explained(prose: Prose, quote: Quote) -> Head | None:
    """««X» жива! Это наше кафе …», «В «X». Так называется муниципальная служба»: the next words say what it
    is.
    """
    at = prose.index(quote.end)
    for k, word in enumerate(prose.words[at : at + 12]):
        if not prose.same_block(word.start, quote.start) or word.text in {"«", '"'}:
            return None
        between = prose.text[quote.end : word.start]
        if k < 1 or not word.has("NOUN") or word.forms[0].pos != "NOUN":
            continue
        kind = kind_of(word)
        if _POINTS.search(between) is None:
            if kind is not None or org_type(lemma(word)) is not None:
                return None
            continue
        if kind is not None:
            return make_head(prose, quote, "explained", kind)
        if org_type(lemma(word)) == "business" or lemma(word) in service_words():
            return make_head(prose, quote, "explained", "service")
        return None
    return None


def ours(prose: Prose, quote: Quote) -> Head | None:
    """«наша «Продлёнка»»: what those who report call their own, unless it is they themselves."""
    at = prose.index(quote.start) - 1
    if at < 0 or prose.words[at].stop + 2 < quote.start:
        return None
    owner = prose.words[at].lemma
    return (
        make_head(prose, quote, "ours")
        if owner == "наш" or (owner == "ваш" and _asks(prose, quote))
        else None
    )


def _asks(prose: Prose, quote: Quote) -> bool:
    block = prose.block(quote.start)
    return block is not None and prose.text[block.start : block.end].rstrip().endswith("?")


_ASKED = any_case(
    r"(?:что[ \u00a0](?:же[ \u00a0])?(?:такое|такой|такая|это[ \u00a0]за)|что[ \u00a0]значит"
    r"|почему(?:[ \u00a0]именно)?"
    r"|расскаж[а-яё]+(?:[ \u00a0]нам)?(?:[ \u00a0](?:подробнее|немного))?[ \u00a0](?:о|об|про)"
    r"|(?:откуда|как|чем)[ \u00a0]"
    r"(?:(?:взял|появил|родил|возник|устроен|работа|жив[её]т|пожива|справля|занима)[а-яё]*"
    r"|(?:идут[ \u00a0])?дела[ \u00a0]у|обстоят[ \u00a0]дела[ \u00a0]с))[ \u00a0]$"
)


def asked(prose: Prose, quote: Quote) -> Head | None:
    """«— Что такое «X»?», «Расскажите про «X»»: what an interview turns to."""
    if _ASKED.search(_before(prose, quote, 60)) is None:
        return None
    kind = own_kind(prose, quote) or said_kind(prose, quote.end, title=True)
    return Head("project", kind or kind_nearby(prose, quote), quote.start, "asked")


_TURNS = any_case(r"^\W*(?:[а-яё]+[ \u00a0]){0,3}(?:по|о|об|про)[ \u00a0]$")
_TURNED = re.compile(r"\s*[.:–—]")


def turned_to(prose: Prose, quote: Quote) -> Head | None:
    """«Теперь по «Школьному гардеробу».», «О «Рубанке»:»: the sentence only says what comes next; and «по
    «Школьному гардеробу» …», a name in the dative that things are done by.
    """
    at = prose.index(quote.start) - 1
    if at < 0 or prose.words[at].text.casefold() not in {"по", "о", "об", "про"}:
        return None
    start, _ = prose.sentence(quote.start)
    announces = _TURNS.match(prose.text[start : quote.start]) and _TURNED.match(prose.text, quote.end)
    named = [w for w in prose.slice(quote.inner, quote.stop) if w.forms]
    by = prose.words[at].text.casefold() == "по" and len(named) > 1 and _is_dative(named[0])
    return make_head(prose, quote, "turned_to") if announces or by else None


def _is_dative(word: Token) -> bool:
    cases = {c for c, _, _ in adjective_forms(word.text) | noun_forms(word.text)}
    return "datv" in cases and not cases & {"nomn", "accs"}


_SHOWN = re.compile(r"[–—-]\s+$")


_BECOMES = frozenset({"стать", "становиться", "оказаться", "являться"})
_ANOTHER = frozenset(
    {"один", "новый", "второй", "третий", "другой", "главный", "очередной", "первый", "последний"}
)


def became(prose: Prose, quote: Quote) -> Head | None:
    """«Новинкой года стало «X»», «Самой массовой акцией оказалась «X»»: what the first words say it is."""
    at = prose.index(quote.start) - 1
    if at < 1 or not any(f.lemma in _BECOMES for f in prose.words[at].forms[:2]):
        return None
    presenting = frozenset(load("projects")["frames"]["present"])
    for word in reversed(prose.words[max(0, at - 6) : at]):
        if not prose.same_block(word.start, quote.start) or word.text in {".", "!", "?"}:
            return None
        if word.has("NOUN", "ablt") and (lemma(word) in presenting or kind_of(word) is not None):
            return make_head(prose, quote, "became", kind_of(word))
    return None


def apposed(prose: Prose, quote: Quote) -> Head | None:
    """«ещё один проект, «X»»: the name after a comma says which."""
    at = prose.index(quote.start) - 2
    if (
        at < 1
        or prose.words[at + 1].text != ","
        or not prose.same_block(prose.words[at - 1].start, quote.start)
    ):
        return None
    kind = kind_of(prose.words[at])
    another = any(f.lemma in _ANOTHER for f in prose.words[at - 1].forms)
    return make_head(prose, quote, "apposed", kind) if kind is not None and another else None


_WHEN = any_case(
    r"(?<![а-яё])(?:понедельник|вторник|сред[уа]|четверг|пятниц[уа]|суббот[уа]|воскресенье|вчера|весной|летом|осенью|зимой"
    r"|(?:январ|феврал|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)[а-яё]{1,2}|март[еа]|ма[ея])(?![а-яё])"
)


def was_held(prose: Prose, quote: Quote) -> Head | None:
    """«А в субботу был «День передышки»»: on a day there was something that has a name."""
    at = prose.index(quote.start) - 1
    if at < 0 or prose.words[at].text.casefold() not in {"был", "была", "было", "были", "будет"}:
        return None
    start, _ = prose.sentence(quote.start)
    held = _WHEN.search(prose.text[start : quote.start]) is not None
    return Head("project", "event", quote.start, "was_held") if held else None


def through(prose: Prose, quote: Quote) -> Head | None:
    """«через «X» за год прошло 300 человек»: a service that people or things go through."""
    at = prose.index(quote.start) - 1
    if at < 0 or prose.words[at].text.casefold() != "через":
        return None
    listed = frozenset(load("projects")["frames"]["through"])
    after = prose.index(quote.end)
    for word in prose.words[after : after + _REACH]:
        if not prose.same_block(word.start, quote.start) or word.text in {".", "!", "?", ";"}:
            return None
        if any(f.lemma in listed for f in word.forms):
            return make_head(prose, quote, "through", "service")
    return None


def identified(prose: Prose, quote: Quote) -> Head | None:
    """«Ещё одна заявка, которую …, – «X»», «Новинка сезона – «X»»: what the subject of the sentence is."""
    if _SHOWN.search(prose.text[max(0, quote.start - 3) : quote.start]) is None:
        return None
    start, _ = prose.sentence(quote.start)
    block = prose.block(quote.start)
    opening = prose.slice(max(start, block.start if block else 0), quote.start)[:6]
    presenting = frozenset(load("projects")["frames"]["present"])
    for word in opening:
        if not word.forms or word.forms[0].pos != "NOUN" or not word.has("NOUN", "nomn"):
            continue
        kind = kind_of(word)
        if lemma(word) in presenting or (kind in _IDENTIFIED and word.has("NOUN", "sing")):
            chosen = own_kind(prose, quote) or (kind if kind in _IDENTIFIED else "project")
            return Head("project", chosen, quote.start, "identified")
        return None
    return None


_GATHERS = frozenset({"собрать", "собирать", "привлечь"})
_GUESTS = frozenset(
    {"гость", "зритель", "участник", "человек", "посетитель", "ребёнок", "школьник", "подросток", "житель"}
)


def gathered(prose: Prose, quote: Quote) -> Head | None:
    """««Ночь на селе» собрала 300 гостей»: what so many came to."""
    at = prose.index(quote.end)
    after = prose.words[at : at + _REACH]
    if not after or not any(f.lemma in _GATHERS and f.pos == "VERB" for f in after[0].forms):
        return None
    before = prose.words[prose.index(quote.start) - 1] if prose.index(quote.start) else None
    if before is not None and before.has("PREP") and before.stop + 2 > quote.start:
        return None
    people = [k for k, w in enumerate(after) if lemma(w) in _GUESTS and w.has("NOUN", "gent")]
    counted = people and any(w.text[:1].isdigit() or w.has("NUMR") for w in after[1 : people[0]])
    return make_head(prose, quote, "gathered", "event") if counted else None


_IDENTIFIED = frozenset({"project", "program", "event", "contest", "pilot"})
FRAMES = (
    called,
    ours,
    explained,
    asked,
    turned_to,
    entered,
    through,
    funded,
    became,
    apposed,
    was_held,
    gathered,
    captioned,
    identified,
    opens_item,
)
