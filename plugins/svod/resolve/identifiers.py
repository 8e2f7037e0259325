"""Identifiers of organisations that the descriptions of sources state. A wrong checksum is left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stdnum.exceptions import ValidationError
from stdnum.ru import inn, ogrn

from .names import analyse_name
from .store import Publisher, StoredName

CHECKS = {"RU-INN": inn.validate, "RU-OGRN": ogrn.validate}


def partner_identifiers(
    publishers: Sequence[Publisher], names: Mapping[str, tuple[StoredName, str]]
) -> Iterator[tuple[str, str, str, str]]:
    """(partner id, scheme, identifier, source id). `names`: name key → name and the id it belongs to."""
    owners = {_form(name.name, name.territory): owner for name, owner in names.values()}
    for publisher in publishers:
        owner = owners.get(_form(publisher.name, publisher.territory))
        if owner is None:
            continue
        for scheme, stated in (("RU-INN", publisher.inn), ("RU-OGRN", publisher.ogrn)):
            number = checked(scheme, stated)
            if number is not None:
                yield owner, scheme, number, publisher.source_id
        if publisher.kind == "vk" and publisher.url:
            yield owner, "VK", publisher.url, publisher.source_id


def checked(scheme: str, stated: str | None) -> str | None:
    """The bare number if its length and check digits are right, else None."""
    if not stated:
        return None
    try:
        return str(CHECKS[scheme](stated))
    except ValidationError:
        return None


def _form(text: str, territory: str) -> tuple[str, tuple[str, ...]]:
    name = analyse_name("partner", text, "", territory)
    return name.scope, tuple(word.lemma for word in name.words)
