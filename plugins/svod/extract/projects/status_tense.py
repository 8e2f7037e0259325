"""What the tense, the subject and the days of a sentence tell of a project's status, where no verb of
launching or ending stands beside its name.

Each function looks at one mention and answers yes or no; which answer wins is decided in `project_status`.
"""

from __future__ import annotations

import re
from datetime import date

from svod.extract.projects.status_mentions import Mention
from svod.extract.words.screened import any_case
from svod.language.document import Token

REACH = 5  # words after a name in which its own verb stands
SOON = 150  # days; a day further ahead is rather one of another year
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_DAY = re.compile(
    r"(?<![\d.])(\d{1,2})[ \u00a0](янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]*"
    r"(?:[ \u00a0]((?:19|20)\d\d))?|(?<![\d.])(\d{1,2})\.(\d{2})(?:\.((?:19|20)\d\d))?(?![\d.])",
    re.IGNORECASE,
)


def days_in(text: str, published: date) -> list[date]:
    """The days that a text names, those without a year in the year of publication."""
    found: list[date] = []
    for m in _DAY.finditer(text):
        day, month, year = m[1] or m[4], m[2], m[3] or m[6]
        number = int(m[5]) if month is None else _month(month)
        try:
            found.append(date(int(year) if year else published.year, number, int(day)))
        except ValueError:
            continue
    return found


def _month(stem: str) -> int:
    low = stem.casefold()
    return next(n for n, s in enumerate(_MONTHS, 1) if low.startswith(s) and (s != "ма" or low != "мар"))


def _verbs(words: tuple[Token, ...]) -> list[Token]:
    return [w for w in words if w.forms and w.forms[0].pos == "VERB"]


def _tenses(words: tuple[Token, ...]) -> set[str]:
    """Tenses of the verbs; what may be a present («реализуются») is no future."""
    found: set[str] = set()
    for word in _verbs(words):
        told = {
            t for f in word.forms if f.pos == "VERB" for t in ("past", "pres", "futr") if t in f.grammemes
        }
        found |= told - {"futr"} if "pres" in told else told
    return found


def own_verb(m: Mention) -> Token | None:
    """The verb whose subject the name is: «служба «X» за январь выдала …»; none where the phrase before the
    name is in an oblique case, or a comma parts them.
    """
    if m.before and not _may_be_subject(m.before[-1]):
        return None
    for word in m.after[:REACH]:
        if word.text in {",", ".", "–", "—", ":", "("}:
            return None
        if word.forms and word.forms[0].pos == "VERB":
            return word
    return None


def _may_be_subject(word: Token) -> bool:
    if not word.forms or not word.text[:1].isalpha():
        return word.text not in {"(", ",", ":"}
    best = word.forms[0]
    if best.pos == "NOUN":
        return any(f.pos == "NOUN" and "nomn" in f.grammemes for f in word.forms)
    return best.pos in {"VERB", "ADVB", "CONJ", "PRCL", "ADJF"}


def acts_itself(m: Mention) -> bool:
    """A service that did something in the time reported works."""
    return m.kind == "service" and own_verb(m) is not None


_EXISTS = any_case(
    r"(?<![а-яё])(?:есть|имеется|открыт(?:а|о|ы|ой|ая|ый|ого|ую)?|действующ[а-яё]+"
    r"|работающ[а-яё]+|возобновил[а-яё]*)(?![а-яё])"
)
_BY_NOW = frozenset({"сейчас", "теперь", "сегодня", "ныне"})


def exists_now(m: Mention) -> bool:
    """«Есть клуб «X»», «линия «X» открыта на базе …», «Ходят в клуб 23 пенсионерки»: it is there, or the next
    sentences tell of it in the present.
    """
    if m.kind != "service":
        return False
    by_now = any(w.text.casefold() in _BY_NOW for w in m.later)
    return by_now or _EXISTS.search(m.close) is not None or "pres" in _tenses(m.later)


_SEASON = any_case(
    r"(?<![а-яё])(?:за[ \u00a0](?:лето|зиму|сезон|смену|каникулы)|(?:этим|прошлым"
    r"|минувшим)[ \u00a0]летом|летом|всю[ \u00a0]зиму"
    r"|с[ \u00a0]\d{1,2}[ \u00a0][а-я]+[ \u00a0]по[ \u00a0]\d{1,2}[ \u00a0][а-я]+"
    r"|с[ \u00a0][а-я]+[ \u00a0]по[ \u00a0]\d{0,2}[ \u00a0]?[а-я]+"
    r"|в[ \u00a0](?:июне|июле|августе)(?:[ \u00a0]и[ \u00a0][а-я]+)?)(?![а-яё])"
)


def was_seasonal(m: Mention) -> bool:
    """«ходил по шести точкам с 1 ноября по 31 марта»: the season is over, unless it works now."""
    if m.kind not in {"service", "project"} or _SEASON.search(m.sentence) is None:
        return False
    verb = own_verb(m)
    return verb is not None and "past" in verb.forms[0].grammemes and not _tenses(m.words) & {"pres", "futr"}


_FRESH = any_case(
    r"(?<![а-яё])(?:сегодня|вчера|позавчера|на[ \u00a0](?:этой|прошлой|минувшей)[ \u00a0]неделе"
    r"|на[ \u00a0]днях|недавно|только[ \u00a0]что"
    r"|в[ \u00a0](?:минувш[а-яё]+[ \u00a0]|прошл[а-яё]+[ \u00a0])?(?:понедельник|вторник|среду"
    r"|четверг|пятницу|субботу|воскресенье)"
    r"|с[ \u00a0]1[ \u00a0]|с[ \u00a0]понедельника|в[ \u00a0]этом[ \u00a0]месяце|впервые"
    r"|нов(?:ый|ая|ое)[ \u00a0])"
)


def is_fresh(m: Mention) -> bool:
    """The opening of the news: its day is told as one just past, or it is what an item of a digest is on."""
    return m.captions or _FRESH.search(m.sentence) is not None


def lies_ahead(m: Mention, published: date | None) -> bool:
    """An occasion on a day after the publication, with no verb of the past beside it."""
    if published is None or "past" in _tenses(m.words):
        return False
    days = days_in(f"{m.sentence} ■ {m.anaphoric}", published)
    return bool(days) and all(0 < (d - published).days < SOON for d in days)


_TERM = any_case(r"срок[а-яё]*[ \u00a0](?:реализации|проведения|проекта|действия)[^.;\n]{0,60}")


def term_is_over(m: Mention, published: date | None) -> bool:
    """«Срок реализации: 01.03.2024 – 28.02.2025» in a later report."""
    term = _TERM.search(f"{m.tail} ■ {m.anaphoric}")
    if term is None or published is None:
        return False
    days = days_in(term[0], published)
    return bool(days) and max(days) < published


_NAMED_AS = any_case(
    r"(?<![а-яё])(?:по|в[ \u00a0]рамках|из|за[ \u00a0]сч[её]т|на[ \u00a0]средства|благодаря"
    r"|входи[а-я]+[ \u00a0]в|это|к)[ \u00a0]"
    r"(?:[а-яё.-]+[ \u00a0]){0,5}[«\"“„]?$"
)
_PAID = any_case(
    r"(?<![а-яё])(?:приобрет|закуп|куплен|купил|создан|построен|выделен|финансир|оплат|оплач"
    r"|оснащ|отремонтир|появил|входил"
    r"|обеща|установлен|средства|деньги|записал)[а-яё]*"
)


def only_frames_purchase(m: Mention) -> bool:
    """«Ноутбуки приобретены по нацпроекту «X»»: what paid, and nothing on how it goes."""
    if m.kind not in {"program", "project"} or m.leads or m.title or m.captions:
        return False
    return _NAMED_AS.search(m.left) is not None and _PAID.search(m.sentence) is not None and not m.counts


def ahead_within(m: Mention) -> bool:
    """«По программе «X» трудоустроят 540 подростков»: all of its sentence is in the future."""
    planned = "futr" in _tenses(m.words) or _MEANT.search(m.sentence) is not None
    return m.kind in {"program", "project"} and planned and not _tenses(m.words) & {"past", "pres"}


_MEANT = any_case(r"(?<![а-яё])(?:намечено|намечается|запланировано|предстоит|внедрить|запустить)(?![а-яё])")
