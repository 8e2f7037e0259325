"""Patterns of the lexicon mean words: found inside another word («цена» in «меценат») they mislead."""

from __future__ import annotations

import re

from tests.eval.scorer import PARTS, reports

from svod.extract.lexicon import load

READ = [n for part, numbers in PARTS.items() if part not in ("watched", "independent") for n in numbers]
MEANT = {"голосова": "про", "платит": "вы", "платят": "вы"}  # what may stand before: it says the same


def _inside(word: str, pattern: str) -> str | None:
    """What stands in the word before the match, if it does not begin there."""
    found = re.search(pattern, word)
    return word[: found.start()] if found is not None and found.start() > 0 else None


def test_patterns_do_not_begin_inside_a_word() -> None:
    words = {w for report in reports(READ) for w in re.findall(r"[а-яё]+", report.text.lower())}
    assert len(words) > 10_000
    misled = {
        (name, pattern, word)
        for name, patterns in load("rejections")["clause"].items()
        for pattern in patterns
        if " " not in pattern and "\\" not in pattern
        for word in words
        if (before := _inside(word, pattern)) is not None
        and not any(stem in word and before == prefix for stem, prefix in MEANT.items())
    }
    assert misled == set()
