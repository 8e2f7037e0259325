"""Small pages for tests: lists and articles written for them."""

from __future__ import annotations

from collections.abc import Sequence

PROSE = (
    "В районе подвели итоги проекта «Тёплый дом». Проведено 120 занятий для 45 семей, волонтёры помогли "
    "пожилым жителям с ремонтом, а специалисты центра обучили родственников уходу за больными. Работа шла "
    "в двенадцати сёлах и двух городах; в будущем году её продолжат на средства районного бюджета."
)


def article(title: str = "Итоги проекта «Тёплый дом»", text: str = PROSE, day: str = "12.02.2026") -> str:
    return (
        f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head><body>"
        f"<div class='menu'><a href='/'>Главная</a> <a href='/contacts/'>Контакты</a></div>"
        f"<div class='news-detail'><h1>{title}</h1><p class='date'>{day}</p><p>{text}</p></div>"
        f"<div class='counter'>Просмотров: 160</div></body></html>"
    )


def listing(links: Sequence[str], following: str | None = None) -> str:
    """A list of news with these addresses, and perhaps a link to its next page."""
    rows = "".join(
        f"<div class='news-item'><span class='date'>{10 + i % 18}.02.2026</span> "
        f"<a href='{link}'>Новость о проекте номер {i} и о том, что сделано</a></div>"
        for i, link in enumerate(links)
    )
    more = f"<a rel='next' href='{following}'>Следующая</a>" if following else ""
    head = "<!doctype html><html><head><meta charset='utf-8'></head>"
    return f"{head}<body><h2>Новости</h2>{rows}{more}</body></html>"


def feed(entries: Sequence[str], head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return (
        f'{head}<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Лента</title>{''.join(entries)}</channel></rss>"
    )


def entry(number: int, text: str = PROSE, *, guid: str | None = None, date: str | None = None) -> str:
    """A feed's entry that carries its whole text."""
    stamp = f"<pubDate>{date}</pubDate>" if date else ""
    return (
        f"<item><title>Новость {number}</title><link>http://region.example/n/{number}</link>"
        f"<guid>{guid or f'n{number}'}</guid>{stamp}"
        f"<content:encoded><![CDATA[<p>{text}</p>]]></content:encoded></item>"
    )
