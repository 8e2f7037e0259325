"""Scraped text made safe to look at: characters that act instead of showing are shown by name.

A bidi override turns «102» into «201» for the reader's eye, a zero-width space splits a number, a control
character may do anything. Offsets into the text are never touched: only what is displayed.
"""

from __future__ import annotations

import re
import unicodedata

from markupsafe import Markup, escape

NAMES = {
    0x00AD: "SHY",
    0x061C: "ALM",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}
# Surrogates cannot be sent at all; tags (E0000…) hide whole sentences from a reader.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def name_of(character: str) -> str:
    """A short name for a character that cannot be seen: RLO, ZWSP, U+0007."""
    return NAMES.get(ord(character), f"U+{ord(character):04X}")


def visible(text: str | None) -> Markup:
    """Scraped text as HTML: escaped, with hidden characters as small labels."""
    if not text:
        return Markup()
    parts: list[Markup] = []
    end = 0
    for found in HIDDEN.finditer(text):
        parts.append(escape(text[end : found.start()]))
        parts.append(_label(found.group()))
        end = found.end()
    parts.append(escape(text[end:]))
    return Markup("").join(parts)


def plain(text: str | None) -> str:
    """The same for places that hold no markup (title, attribute, file name): ⟦RLO⟧."""
    return HIDDEN.sub(lambda found: f"⟦{name_of(found.group())}⟧", text or "")


def _label(character: str) -> Markup:
    title = unicodedata.name(character, "") or name_of(character)
    return Markup('<span class="hidden-char" title="{}">{}</span>').format(title, name_of(character))
