"""Pages that answer with status 200 and are no content: captchas, browser checks, logins.

A page is only called so when the mark stands out: an article with a captcha in its comment form is content.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SMALL = 3_000  # bytes of visible text; a challenge says little
_MARKS = re.compile(
    rb"cdn-cgi/challenge-platform|cf-browser-verification|_cf_chl_opt|ddos-guard\.net|/\.well-known/ddos-guard"
    rb"|__qrator|/qrator/|servicepipe\.ru|showcaptcha|captcha-delivery|datadome|incapsula",
    re.IGNORECASE,
)
_WIDGETS = re.compile(  # these stand in ordinary comment forms too
    rb"id=[\"']?captcha|name=[\"']?captcha|g-recaptcha|h-captcha|hcaptcha\.com|smart-?captcha", re.IGNORECASE
)
_TITLES = re.compile(
    r"just a moment|attention required|access denied|доступ (ограничен|запрещ[её]н)"
    r"|проверка (браузера|безопасности)"
    r"|ddos-guard|вы (не )?робот|я не робот|подтвердите, что вы|captcha|капча|security check|please wait"
    r"|request rejected|запрос заблокирован|вход в систему|авторизация|требуется вход",
    re.IGNORECASE,
)
_TITLE = re.compile(rb"<title[^>]{0,200}>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(rb"<(script|style|noscript)\b", re.IGNORECASE)
_TAG = re.compile(rb"<[^<>]{0,2000}>")
_LOGIN_PATH = re.compile(r"/(login|signin|auth|sso|captcha|showcaptcha)(/|\.|\?|$)", re.IGNORECASE)
_PASSWORD = re.compile(rb"<input[^>]{0,300}type\s*=\s*[\"']?password", re.IGNORECASE)
_LOOKED_AT = 200_000


def is_challenge(url: str, status: int, media_type: str, body: bytes) -> bool:
    """True for a login, captcha or browser-check page, whatever its status says."""
    if media_type not in {"text/html", "application/xhtml+xml", "application/octet-stream"}:
        return False
    if status not in {200, 202, 403, 429, 503} or not body:
        return False
    head = body[:_LOOKED_AT]
    found = _TITLE.search(head)
    titled = bool(found and _TITLES.search(_words(found.group(1))))
    marked, widget = bool(_MARKS.search(head)), bool(_WIDGETS.search(head))
    login = bool(_LOGIN_PATH.search(urlsplit(url).path))
    if not (titled or marked or widget or login):
        return False
    visible = _visible_bytes(head)
    asks_password = bool(_PASSWORD.search(head))
    if visible > _SMALL:
        return False
    if (login or titled) and (asks_password or marked or widget):
        return True
    return (titled and visible < 600) or (marked and visible < 1_000) or (widget and visible < 200)


def _visible_bytes(head: bytes) -> int:
    """Bytes outside tags, scripts and styles; linear, whatever is left unclosed."""
    kept: list[bytes] = []
    position = 0
    while found := _HIDDEN.search(head, position):
        kept.append(head[position : found.start()])
        end = head.find(b"</" + found.group(1), found.end())
        position = len(head) if end < 0 else end
    kept.append(head[position:])
    return len(b" ".join(_TAG.sub(b" ", b" ".join(kept)).split()))


def _words(raw: bytes) -> str:
    for encoding in ("utf-8", "cp1251"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return ""
