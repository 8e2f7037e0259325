"""Where an organisation is, as the end of its name says: steps that take those words."""

from __future__ import annotations

from svod.extract.layout.prose import Prose
from svod.extract.lexicon import load
from svod.extract.words.declension import agree
from svod.extract.words.noun_phrases import is_adjective_in, near, noun_phrase

_UNITS = frozenset({"район", "округ", "город", "образование", "поселение", "область", "край", "республика"})


def take_seat(prose: Prose, head: int, at: int) -> int:
    """«центр социального обслуживания населения в городе Йошкар-Оле», «… в Ямальском муниципальном округе»:
    the territory that an official name ends with.
    """
    words = prose.words
    if words[at].text not in {"в", "во"} or at < head + 3 or not near(prose, at - 1, at):
        return at
    if words[at - 1].text != "»" and words[at - 1].lemma not in load("organisations")["groups_served"]:
        return at
    k = at + 1
    while k < len(words) and k < at + 4 and near(prose, k - 1, k) and is_adjective_in(words[k], ("loct",)):
        k += 1
    if k >= len(words) or not near(prose, k - 1, k) or words[k].lemma not in _UNITS:
        return at
    named = k > at + 1 and words[at + 1].text[:1].isupper()
    follows = k + 1 < len(words) and near(prose, k, k + 1) and words[k + 1].text[:1].isupper()
    if words[k].lemma in {"город", "образование"}:
        return k + 2 if follows else at
    return k + 1 if named else at


def take_town(prose: Prose, head: int, at: int) -> int:
    """«комиссия по делам … г. Череповца»."""
    words = prose.words
    if words[at].text not in {"г", "г."} or at + 2 >= len(words):
        return at
    k = at + 2 if words[at + 1].text == "." else at + 1
    return k + 1 if words[k].text[:1].isupper() and words[k].start - words[at].start <= 3 else at


def take_around(prose: Prose, head: int, at: int) -> int:
    """«центр социального обслуживания Великого Новгорода и Новгородского района»: the district too."""
    words = prose.words
    if words[at].text != "и" or at + 2 >= len(words) or at < head + 3 or not near(prose, at, at + 1):
        return at
    place, district = words[at - 1], words[at + 1]
    if not (place.text[:1].isupper() and district.text[:1].isupper() and place.has("NOUN", "gent")):
        return at
    both = words[at + 2].lemma in {"район", "округ"} and words[at + 2].has("gent", "sing")
    return at + 3 if both and agree(district.text, words[at + 2].text) else at


_MUNICIPAL = frozenset({"район", "округ", "поселение", "сельсовет"})


def take_municipality(prose: Prose, head: int, at: int) -> int:
    """«администрация МО Юрьев-Польский район», «… муниципального образования город Шуя»: which one, in the
    nominative.
    """
    words = prose.words
    if (words[at - 1].text != "МО" and words[at - 1].lemma != "образование") or not near(prose, at - 1, at):
        return at
    if words[at].text in {"город", "посёлок", "поселок", "село"}:
        named = at + 1 < len(words) and near(prose, at, at + 1) and words[at + 1].text[:1].isupper()
        return at + 2 if named else at
    k = at
    while k + 1 < len(words) and k < at + 3 and near(prose, k, k + 1) and words[k].forms[0].pos == "ADJF":
        k += 1
    named = k > at and words[at].text[:1].isupper() and words[k].lemma in _MUNICIPAL
    return k + 1 if named and agree(words[at].text, words[k].text) else at


def and_around(prose: Prose, at: int) -> int:
    """«по Глазову и Глазовскому району»: both places."""
    words = prose.words
    if at + 1 >= len(words) or words[at].text != "и" or not words[at + 1].text[:1].isupper():
        return at
    taken = noun_phrase(prose, at + 1, ("datv",))
    return taken if taken > at + 1 else at
