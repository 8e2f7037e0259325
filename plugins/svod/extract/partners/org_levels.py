"""Bodies that only their level tells apart: «районный совет ветеранов», «областной минздрав».

Knows the words of the phrase and the one before it; what such a body does is told elsewhere.
"""

from __future__ import annotations

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.partners.org_words import org_type
from svod.extract.words.declension import noun_forms
from svod.extract.words.noun_phrases import ORDINAL

_WITH = frozenset({"с", "со", "к"})  # «совместно с районным советом», «обратились к …»
LEVELS = frozenset(
    "районный городской областной краевой республиканский окружной региональный сельский".split()
)
_FORMS = frozenset({"учреждение", "организация", "предприятие"})  # what follows is the name
_BY = frozenset("поддержка содействие участие помощь сила средство база счет инициатива эгида".split())


def leveled(prose: Prose, first: int, head: int, last: int) -> bool:
    """A level before the head, and something that tells which of the bodies of that level: not «районная
    больница», of which nobody asks the name, nor where somebody went or comes from.
    """
    words = prose.words
    if words[first].lemma not in LEVELS or first == head:
        return False
    lemma = next((f.lemma for f in words[head].forms if f.pos == "NOUN"), "")
    if lemma in _FORMS or (
        lemma in load("organisations")["common_bodies"] and head == first + 1 and last == head + 1
    ):
        return False
    if not any(number == "sing" for _, number, _ in noun_forms(words[head].text)):
        return False
    if (
        head >= first + 2 and org_type(lemma) == "institution" and lemma != "центр"
    ):  # «краевой наркологический диспансер»
        return first == 0 or words[first - 1].text.casefold() != "из"
    return _acts(prose, first, head, last)


def told_apart(prose: Prose, first: int, head: int, last: int) -> bool:
    """«22-я гимназия», «инспекция труда»: a number or a field of its own is its name."""
    words = prose.words
    lemma = next((f.lemma for f in words[head].forms if f.pos == "NOUN"), "")
    if first < head and ORDINAL.match(words[first].text):
        return lemma in _COUNTED
    return lemma == "инспекция" and last == head + 2 and words[head + 1].lemma == "труд"


_COUNTED = frozenset({"школа", "гимназия", "лицей", "больница", "поликлиника", "детсад"})


def _acts(prose: Prose, first: int, head: int, last: int) -> bool:
    """It stands in a case of its own, is with whom or by whose help a thing is done, or tells («сообщили
    в областном центре занятости»).
    """
    words = prose.words
    if first == 0 or prose.is_sentence_start(words[first].start):
        return True
    before = words[first - 1]
    if not prose.same_block(before.start, words[first].start):
        return True
    if before.forms[0].pos == "PREP":
        return before.text.casefold() in _WITH or (
            last > head + 1
            and before.text.casefold() in {"в", "во"}
            and org_type(words[head].lemma) == "institution"
            and _tells(prose, first - 2)
        )
    cases = {case for case, number, _ in noun_forms(words[head].text) if number == "sing"}
    if before.forms[0].pos == "NOUN" and "nomn" not in cases and "datv" not in cases:
        return before.lemma.replace("ё", "е") in _BY
    return True


def _tells(prose: Prose, at: int) -> bool:
    """The word here, or the one before («рассказали нам в»), is a verb of telling without a subject."""
    beside = prose.words[max(0, at - 1) : at + 1]
    return any(w.has("VERB", "plur") and w.lemma in _TELLING for w in beside)


_TELLING = frozenset(
    "рассказать сообщить сообщать пояснить уточнить отметить подчеркнуть подсчитать добавить".split()
)
