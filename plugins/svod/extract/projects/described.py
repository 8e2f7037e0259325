"""Services without quotation marks that a report describes: «служба постинтернатного сопровождения», «школа
ухода для родственников», «стипендия имени …».

A noun of a service with what describes it. It counts where the page makes it a topic: in a caption, as what a
report is «о деятельности» of, or named so in full more than once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_phrases import is_weak
from svod.extract.partners.org_steps import take_complement, take_coordination, take_eponym
from svod.extract.partners.org_words import is_legal_form, org_type
from svod.extract.projects.project_names import key
from svod.extract.projects.unquoted import Unquoted
from svod.extract.publication.places import same_place
from svod.extract.words.declension import adjective_forms, agree, noun_forms, to_nominative
from svod.extract.words.kind_words import lemma
from svod.extract.words.noun_phrases import grown, near, noun_phrase, plain
from svod.extract.words.screened import any_case
from svod.language.by_word import by_word
from svod.language.document import Token

MAX_WORDS = 14


@cache
def _heads() -> dict[str, bool]:
    """Lemma → must it have a complement («школа», and no «музыкальная школа»)."""
    rows = load("projects")["described"]
    return {w.replace("ё", "е"): name == "complemented" for name, words in rows.items() for w in words}


@cache
def _trades() -> frozenset[str]:
    return frozenset(w.replace("ё", "е") for w in load("projects")["trades"])


def find_described(prose: Prose, *, led: bool) -> Iterator[Unquoted]:
    """In text order; each is a project only if it owns a figure. `led`: a quoted project leads the report."""
    phrases = [p for at in prose.vocabulary.where(_heads_service) if (p := phrase_at(prose, at)) is not None]
    named = Counter(key(p.name) for p in phrases if len(p.name.split()) > 2)
    for phrase in phrases:
        if _is_institution(prose, phrase):
            continue
        if (
            named[key(phrase.name)] > 1
            or _captions(prose, phrase)
            or _is_reported_on(prose, phrase)
            or (not led and _is_taken_up(prose, phrase))
        ):
            yield phrase


@by_word
def _heads_service(head: Token) -> bool:
    if lemma(head) not in _heads() or head.forms[0].pos != "NOUN":
        return False
    return any(number == "sing" for _, number, _ in noun_forms(head.text))


def phrase_at(prose: Prose, at: int) -> Unquoted | None:
    """The service whose head noun is word `at`, in the singular, with its adjectives and complements."""
    head = prose.words[at]
    if not _heads_service(head):
        return None
    strict = _heads()[lemma(head)]
    first = at
    while first > 0 and at - first < 3 and near(prose, first - 1, first) and _describes(prose, first - 1, at):
        first -= 1
    last = extent(prose, at)
    if _is_quoted(prose, last) or last - first < 2:
        return None
    if last == at + 1 and (strict or all(w.lemma in _VAGUE for w in prose.words[first:at])):
        return None
    if any(
        lemma(w) in _trades() or org_type(lemma(w)) == "authority"
        for w in prose.words[first:last]
        if w is not head
    ):
        return None
    made = to_nominative([w.text for w in prose.words[first:at]], head.text)
    if made is None:
        return None
    tail = plain(prose.text[head.stop : prose.words[last - 1].stop])
    name = " ".join([*made[0], made[1], tail]).strip()
    return Unquoted(
        prose.words[first].start,
        prose.words[last - 1].stop,
        name[:1].upper() + name[1:].lower() if name.isupper() else name[:1].upper() + name[1:],
        "program" if lemma(head) == "стипендия" else "service",
        "described",
        sure=False,
    )


def _is_institution(prose: Prose, phrase: Unquoted) -> bool:
    """«в Республиканском центре для …»: an adjective of its level before it makes an organisation of it."""
    at = prose.index(phrase.start)
    nouns = [w for w in prose.slice(phrase.start, phrase.end) if _heads_service(w)]
    if at == 0 or not nouns or org_type(lemma(nouns[0])) != "institution" or not near(prose, at - 1, at):
        return False
    before = prose.words[at - 1]
    return before.has("ADJF") and (lemma(before) in _levels() or before.text[:1].isupper())


def _describes(prose: Prose, k: int, at: int) -> bool:
    """An adjective that agrees with the noun and says more than «новый», «наш» or where it is."""
    word = prose.words[k]
    if (
        not word.text[:1].isalpha()
        or not word.has("ADJF")
        or word.has("ADJF", "Anum")
        or word.has("ADJF", "Apro")
    ):
        return False
    if word.text in {".", ","} or is_weak(word) or same_place(word.text) or lemma(word) in _levels():
        return False
    return bool(adjective_forms(word.text) and agree(word.text, prose.words[at].text))


@cache
def _levels() -> frozenset[str]:
    return frozenset(load("projects")["levels"])


_VAGUE = frozenset(
    {"социальный", "специальный", "специализированный", "государственный", "мобильный", "выездной"}
)


def extent(prose: Prose, at: int) -> int:
    """Index after the complements of the noun at `at`: nouns in the genitive, «для …», «имени …»."""

    def step(last: int) -> int:
        taken = max(
            take_complement(prose, at, last) if _is_common(prose.words[last]) else last,
            _take_for(prose, last),
            take_eponym(prose, at, last),
            take_coordination(prose, at, last) if last > at + 1 else last,
        )
        owners = (w for w in prose.words[last:taken] if w.forms[0].pos == "NOUN")
        return last if any(org_type(lemma(w)) is not None for w in owners) else taken

    return grown(prose, at, step, MAX_WORDS)


def _is_common(word: Token) -> bool:
    """No name of its own: «семей», «защитников Отечества»."""
    return not word.text[:1].isupper() or word.text in {"Отечества", "Победы"}


def _take_for(prose: Prose, at: int) -> int:
    """«для родственников», «для освободившихся и бездомных»."""
    if prose.words[at].text != "для" or not near(prose, at - 1, at):
        return at
    taken = noun_phrase(prose, at + 1, ("gent",), stop_at_person=True)
    if taken > at + 1:
        return max(taken, _take_with(prose, taken))
    k = at + 1
    while k < len(prose.words) and k < at + 5 and near(prose, k - 1, k):
        if not any((c, n) == ("gent", "plur") for c, n, _ in adjective_forms(prose.words[k].text)):
            break
        k += 1
        if (
            k + 1 < len(prose.words)
            and prose.words[k].text == "и"
            and prose.words[k + 1].has("ADJF", "gent", "plur")
        ):
            k += 1
    return k if k > at + 1 else at


def _take_with(prose: Prose, at: int) -> int:
    """«для женщин» + «с детьми», «для детей» + «с инвалидностью»."""
    if at + 1 >= len(prose.words) or prose.words[at].text not in {"с", "со"} or not near(prose, at - 1, at):
        return at
    taken = noun_phrase(prose, at + 1, ("ablt",), stop_at_person=True)
    return taken if taken > at + 1 else at


def _is_quoted(prose: Prose, last: int) -> bool:
    """A name follows: the phrase introduces it."""
    if last >= len(prose.words):
        return False
    if prose.words[last].text in {"-", "–", "—"} and last + 1 < len(prose.words):
        last += 1
    return prose.quote_at(prose.words[last].start) is not None or prose.words[last].text in {
        "«",
        '"',
        "“",
        "„",
        "№",
    }


def _captions(prose: Prose, phrase: Unquoted) -> bool:
    """The phrase is what a caption says, but for geography after it."""
    caption = prose.caption(phrase.start)
    if caption is None or phrase.start > caption.start + 1:
        return False
    rest = prose.text[phrase.end : caption.end]
    return re.match(r"\s*(?:$|[,(–—:.]|(?:в|во|на|при)\s)", rest) is not None


_ON_WORK = any_case(
    r"(?<![а-яё])(?:деятельност[ьи]|работ[аеуы]|работой|функционирован\w+|итог\w*|результат\w*|отч[её]т\w*|показател\w+"
    r"|развит\w+|создани\w+|открыти\w+)\s+$"
)


TAKEN_UP = 2  # times


def _is_taken_up(prose: Prose, phrase: Unquoted) -> bool:
    """Named in the title or the lead, and called by its noun alone again and again: «в службе», «служба»."""
    block = prose.block(phrase.start)
    if block is None or block.kind not in {"title", "heading", "lead"}:
        return False
    nouns = [w for w in prose.slice(phrase.start, phrase.end) if _heads_service(w)]
    if not nouns or org_type(lemma(nouns[0])) is not None:
        return False
    later = prose.words[prose.index(phrase.end) :]
    return sum(lemma(w) == lemma(nouns[0]) and not _has_genitive(prose, w) for w in later) >= TAKEN_UP


def _has_genitive(prose: Prose, word: Token) -> bool:
    """«школа № 3», «служба занятости», «клуб «X»»: another one, or one of many."""
    at = prose.index(word.stop)
    after = prose.words[at] if at < len(prose.words) and near(prose, at - 1, at) else None
    if after is None:
        return False
    return after.text in {"№", "«", '"', "“", "„"} or after.has("NOUN", "gent") or after.has("ADJF", "gent")


def _is_reported_on(prose: Prose, phrase: Unquoted) -> bool:
    """«Отчёт о деятельности службы …» in the title or a heading."""
    block = prose.block(phrase.start)
    if block is None or block.kind not in {"title", "heading"}:
        return False
    return _ON_WORK.search(prose.text[block.start : phrase.start]) is not None


_UP_TO_AGE = re.compile(r"(?<=[её]нком)[ \u00a0]до[ \u00a0]\d(?:,5)?[ \u00a0](?:лет|года)")


def extended(prose: Prose, start: int, end: int, name: str) -> tuple[str, int]:
    """A measure with what is said of it: «школа ухода» + «для родственников», «пункты проката» + «детских
    вещей»; the name and its end unchanged where nothing follows.
    """
    at = prose.index(end) - 1
    if (aged := _UP_TO_AGE.match(prose.text, end)) is not None:
        return name + aged[0], aged.end()
    if at < 0 or prose.words[at].stop != end or "anim" in prose.words[at].forms[0].grammemes:
        return name, end
    if lemma(prose.words[at]) in _ALIKE:
        return name, end
    last = extent(prose, at)
    if last == at + 1 and (short := _short_form(prose, at)) is not None:
        return f"{name} {short.text}", short.stop
    if last == at + 1 or any(not w.text[:1].isalpha() for w in prose.words[at + 1 : last]):
        return name, end
    if any(not _is_common(w) or same_place(w.text) for w in prose.words[at + 1 : last]):
        return name, end
    ending = prose.words[last - 1]
    if lemma(ending) in _GENERAL:
        return name, end
    if ending.forms[0].pos == "ADJF" and last < len(prose.words) and prose.words[last].text == "и":
        return name, end  # «телефонов доверия городских и районных учреждений»
    if last == at + 2 and _is_object_of(prose, start, at + 1):
        return name, end
    tail = plain(prose.text[end : prose.words[last - 1].stop])
    return f"{name} {tail}", prose.words[last - 1].stop


def _is_object_of(prose: Prose, start: int, at: int) -> bool:
    """«берут в пунктах проката коляски»: what the verb before the place takes."""
    first = prose.index(start)
    if first < 2 or prose.words[first - 1].text.casefold() not in {"в", "на", "через"}:
        return False
    taken = {(c, n) for c, n, _ in noun_forms(prose.words[at].text)}
    return prose.words[first - 2].has("VERB", "tran") and ("accs", "plur") in taken


def _short_form(prose: Prose, at: int) -> Token | None:
    """«пункт проката ТСР»: the complement in capitals, unless it is the short name of who runs it."""
    word = prose.words[at + 1] if at + 1 < len(prose.words) else None
    if word is None or not near(prose, at, at + 1) or not 2 <= len(word.text) <= 5:
        return None
    named = word.text.isalpha() and word.text.isupper() and not prose.words[at].text.isupper()
    return word if named and not is_legal_form(word.text) and org_type(word.lemma) is None else None


_ALIKE = frozenset(
    {"контракт", "капитал", "пособие", "выплата", "сертификат", "помощь"}
)  # one for all, whoever gets it
_GENERAL = frozenset(
    {"житель", "население", "гражданин", "человек", "люди", "область", "край", "район", "город"}
)
