"""Words that plan: verbs, nouns and futures, told apart from words of the writer to the reader («напомним»).

Knows single words and stretches of them, nothing of figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from svod.extract.figures.context import Scene, Stretch
from svod.extract.lexicon import load
from svod.language.by_word import by_word
from svod.language.document import Token

_TOLD = frozenset(  # «напомним», «скажем так»: the writer speaks to the reader
    "напомнить отметить заметить сказать уточнить пояснить рассказать подчеркнуть признаться объяснить "
    "повторить оговориться поверить увидеть сообщить прибавить".split()
)


@cache
def plan_words(name: str) -> frozenset[str]:
    return frozenset(load("plans")[name])


@by_word
def is_future(token: Token) -> bool:
    """A verb in the future tense: «войдут», «будут», «появятся»."""
    top = token.forms[0] if token.forms else None
    if top is None or top.pos != "VERB" or "futr" not in top.grammemes or "2per" in top.grammemes:
        return False
    if any(f.pos == "VERB" and "pres" in f.grammemes for f in token.forms[:3]):
        return False  # «проводим»
    return not ("1per" in top.grammemes and top.lemma in _TOLD)


@by_word
def is_plan_word(token: Token) -> bool:
    lemmas = {f.lemma for f in token.forms[:2]}
    if token.has("PRTF", "gent", "sing"):  # «78 % от запланированного», «вместо намеченного»
        return False
    if lemmas & plan_words("verbs"):
        return any(f.pos in ("VERB", "INFN", "PRTS", "PRTF", "GRND", "ADJF") for f in token.forms[:2])
    return bool(lemmas & plan_words("adjectives")) and any(
        f.pos in ("ADJS", "ADJF", "PRTS", "PRTF") for f in token.forms[:2]
    )


def looks_ahead(tokens: Sequence[Token]) -> bool:
    """True if these words speak of what is still to come; an award («получит грант») does not."""
    for k, token in enumerate(tokens):
        if not may_plan(token) or (k and tokens[k - 1].text.lower() == "не"):
            continue
        if is_plan_word(token):
            if _as_said(tokens, k):
                continue
            if token.lemma in ("обещать", "пообещать") and _speaks(tokens, token):
                continue  # «обещали писать честно»
            return True
        if is_future(token) and token.forms[0].lemma not in plan_words("award_verbs"):
            return True
    return False


def _as_said(tokens: Sequence[Token], k: int) -> bool:
    """«Как и обещали, выкладываю итоги», «как планировалось»: what was promised is done."""
    near = [t.text.lower() for t in tokens[max(0, k - 2) : k]]
    return near[-1:] == ["как"] or near == ["как", "и"]


def _speaks(tokens: Sequence[Token], promise: Token) -> bool:
    after = [t for t in tokens if t.start > promise.start][:2]
    return any(t.forms and t.forms[0].pos == "INFN" and t.forms[0].lemma in _REPORTING for t in after)


_REPORTING = frozenset(
    "писать написать рассказать рассказывать отчитаться отчитываться показать ответить".split()
)


def stretch_plans(scene: Scene, stretch: Stretch) -> bool:
    """The same, and «хотим открыть», «собирается взять» too."""
    return stretch_looks_ahead(scene, stretch) or weak_plan(scene.words(stretch))


def stretch_looks_ahead(scene: Scene, stretch: Stretch) -> bool:
    """The same of a stretch of a report, remembered: every date and every figure in it asks."""
    known = scene.ahead.get(stretch)
    if known is None:
        known = scene.ahead[stretch] = looks_ahead(scene.words(stretch))
    return known


@by_word
def _plans_weakly(token: Token) -> bool:
    return not plan_words("weak_verbs").isdisjoint(f.lemma for f in token.forms[:2])


@by_word
def may_plan(token: Token) -> bool:
    """Some of the rules here take the word for a sign of a plan."""
    return is_plan_word(token) or is_future(token) or _plans_weakly(token)


def weak_plan(tokens: Sequence[Token]) -> bool:
    """«собираемся открыть», «хотим, чтобы»: such verbs plan only with an infinitive or «чтобы» after them."""
    for k, token in enumerate(tokens):
        if not _plans_weakly(token) or (k and tokens[k - 1].text.lower() == "не"):
            continue
        if k and tokens[k - 1].forms and tokens[k - 1].forms[0].pos == "INFN":
            return True  # «охватить хотим не менее 143 женщин»
        for later in tokens[k + 1 : k + 7]:
            if later.text.lower() == "чтобы" or (later.forms and later.forms[0].pos == "INFN"):
                return True
    return False


def opens_plan(words: Sequence[Token]) -> bool:
    """«Планы», «Наши задачи на 2025 год», «В перспективе»; a report on a plan's execution is none."""
    lemmas = {t.forms[0].lemma for k, t in enumerate(words) if t.forms and not _to_this_end(words, k)}
    return bool(lemmas & plan_words("openers")) and not lemmas & {
        "выполнение",
        "исполнение",
        "итог",
        "отчёт",
        "реализация",
        "результат",
    }


def _to_this_end(words: Sequence[Token], k: int) -> bool:
    """«На эти цели израсходовано», «в целях поддержки»: what money was spent on, no plan."""
    if words[k].lemma != "цель":
        return False
    near = [t.text.lower() for t in words[max(0, k - 2) : k]]
    return near[-1:] == ["в"] or "на" in near
