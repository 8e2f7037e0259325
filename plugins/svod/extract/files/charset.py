"""Bytes to text: which encoding it is, judged by the bytes first and by what was declared second.

Russian sites declare the wrong charset often enough that a declaration is only a hint: valid UTF-8 is UTF-8
whatever the header says, and among the one-byte Cyrillic encodings the one that yields Russian words wins.
It must not know what the text means or where it came from.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

SAMPLE = 60_000  # bytes looked at when encodings are compared
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_ONE_BYTE = ("cp", "iso8859", "koi8", "mac-", "latin", "ptcp154", "kz1048")  # as Python names them
_FREQUENT = frozenset("оеаинтсрвлкмдпуя")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_MOJIBAKE = re.compile("[РС][\u0080-\u04ff\u2010-\u2122\u00a0-\u00bf]")


def declared_charset(body: bytes) -> str | None:
    """The charset that an HTML or XML document names in its first bytes."""
    found = _DECLARED.search(body[:4096])
    if not found:
        return None
    return (found.group(1) or found.group(2)).decode("ascii", "replace")


def decode(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text and the name of the encoding used. Never fails: what cannot be decoded becomes U+FFFD."""
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace"), encoding
    if wide := _wide_without_bom(body):
        return body.decode(wide, "replace"), wide
    try:
        return _mend(body.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        if _almost_utf8(body, error):
            return body.decode("utf-8", "replace"), "utf-8"
    encoding = _best_one_byte(body, declared)
    return body.decode(encoding, "replace"), encoding


def _wide_without_bom(body: bytes) -> str | None:
    """UTF-16 shows itself by its second bytes: 0x00 for Latin, 0x04 for Cyrillic."""
    sample = body[:4000]
    if len(sample) < 8 or len(body) % 2:
        return None
    for encoding, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(b in (0x00, 0x04) for b in high) > 0.9 * len(high):
            low = sample[0::2] if encoding == "utf-16-le" else sample[1::2]
            if sum(b == 0 for b in low) < 0.1 * len(low):
                return encoding
    return None


def _almost_utf8(body: bytes, first: UnicodeDecodeError) -> bool:
    """UTF-8 with a few broken places (a cut tail, a stray byte), rather than another encoding."""
    if first.start >= len(body) - 4 and first.start > 8:
        return True
    text = body[:SAMPLE].decode("utf-8", "replace")
    broken = text.count("\ufffd")
    wide = sum(ch > "\x7f" for ch in text) - broken
    return wide > 10 * broken


def russian_score(text: str) -> float:
    """How much a text looks like Russian: about 1 for prose, below 0.3 for the same bytes misread."""
    letters = [ch for ch in text if ch > "\x7f"]
    if not letters:
        return 0.0
    counts = Counter(letters)
    frequent = sum(n for ch, n in counts.items() if ch in _FREQUENT)
    odd = sum(n for ch, n in counts.items() if not ("а" <= ch.lower() <= "я" or ch in "ёЁ«»–—№…“”„\u00a0•"))
    case_jumps = len(re.findall("[а-яё][А-ЯЁ]", text))
    return (frequent - 2 * odd - 2 * case_jumps) / len(letters)


def _usable(name: str | None) -> str | None:
    """A declared name, if it is one of the one-byte encodings that pages are written in."""
    if not name:
        return None
    try:
        info = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    return info.name if info.name.startswith(_ONE_BYTE) else None


def _best_one_byte(body: bytes, declared: str | None) -> str:
    sample = body[:SAMPLE]
    names = list(_CYRILLIC)
    hint = _usable(declared)
    if hint and hint not in names and not hint.startswith("utf"):
        names.append(hint)

    def score(name: str) -> float:
        return russian_score(sample.decode(name, "replace")) + (0.05 if name == hint else 0.0)

    best = max(names, key=score)
    if score(best) < 0 and hint and not hint.startswith("utf"):
        return hint  # no Russian in any reading: then what was declared
    return best


def _mend(text: str) -> str:
    """UTF-8 taken for cp1251 and encoded once more («РџСЂРё…») is turned back if all of it turns."""
    sample = text[:SAMPLE]
    wide = sum(ch > "\x7f" for ch in sample)
    if wide < 8 or 2.5 * len(_MOJIBAKE.findall(sample)) < wide:
        return text
    try:
        mended = text.encode("cp1251").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text
    return mended if russian_score(mended) > russian_score(text) else text
