"""The body that a letterhead names, as it is called: «Приложение к постановлению / Администрации X» is of
«Администрация X», a name of two lines is one.

Knows the lines of the text; which line names the publisher is decided elsewhere.
"""

from __future__ import annotations

import re

from svod.extract.words.declension import to_nominative

_COLUMN = re.compile(r"[ \t\u00a0]{3,}.*$", re.DOTALL)
_SIGNED = re.compile(r"\s+[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+\W*$")
_OF_A_BODY = re.compile(
    r"^(?P<adjective>[а-яё]+ого[ \u00a0])?"
    r"(?P<head>администрации|комитета|правительства|министерства|департамента)(?=[ \u00a0\n]|$)",
    re.IGNORECASE,
)
_ALONE = re.compile(r"(?:администрация|(?:исполнительный )?комитет|управление|департамент)", re.IGNORECASE)
_PLACE_BELOW = re.compile(
    r"[ \t]*\n[ \t]*(?P<place>(?:[А-ЯЁа-яё-]+[ \u00a0]){1,4}(?:района|округа|поселения|области|края)"
    r"|города?[ \u00a0][А-ЯЁа-яё-]+)[ \t]*(?=\n|$)",
    re.IGNORECASE,
)


def as_called(name: str, text: str) -> str:
    """The name in the nominative, without the column beside it, with the place in the line below it."""
    called = plain = _COLUMN.sub("", name.strip()) or name
    found = _OF_A_BODY.match(plain)
    if found is not None:
        adjectives = [found["adjective"].strip()] if found["adjective"] else []
        made = to_nominative(adjectives, found["head"], ("gent",))
        if made is not None:
            called = " ".join([*made[0], made[1]]) + _SIGNED.sub("", plain[found.end() :])
            called = called[:1].upper() + called[1:]
    if _ALONE.fullmatch(called) is not None:
        below = _PLACE_BELOW.match(text, text.find(plain) + len(plain))
        called = called if below is None else f"{called} {below['place']}"
    return called
