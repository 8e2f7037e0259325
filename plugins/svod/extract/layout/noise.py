"""Stretches that are no prose: endless digits, words without end, strings of digits and signs.

Blanks them out before numbers and times are looked for, so that work stays proportional to the text.
"""

from __future__ import annotations

import re

_LEAST_NOISE = 25  # characters without a blank in whatever the next pattern matches
_NOISE = re.compile(r"\d{25,}|\S{250,}|(?:\d[^\w\s]{1,3}){30,}")


def without_noise(text: str) -> str:
    """The text with endless digits and unbroken stretches blanked out, every other character in its place."""
    if max(map(len, text.split()), default=0) < _LEAST_NOISE:
        return text
    return _NOISE.sub(lambda m: " " * len(m[0]), text)
