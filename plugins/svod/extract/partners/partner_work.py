"""By its name: is a body's own work social service, or does it only help those who do it?"""

from __future__ import annotations

from svod.extract.words.screened import any_case
from svod.models import PartnerType

_SOCIAL = any_case(
    r"соц|занятост|семь[еи]|семейн|адаптац|реабилит|опек|попечен|приют|ночлег|ресурсн\w+ центр|кризисн|хоспис"
    r"|поддержки|помощи|волонт|доброволь|молод[её]ж|милосерд|дом-интернат|долголет"
)
_HELPS = any_case(
    r"университет|институт|академи|колледж|техникум|училищ|больниц|поликлиник|диспансер|театр|музей|филармони"
    r"|библиотек|дворец|школ[аы]\b|гимнази|лице[йя]|санатори|ТЮЗ|лагер|\bДК\b|дом культуры|стадион|бассейн"
    r"|[А-ЯЁ]ГУ\b|[А-ЯЁ]ФУ\b"
)


def is_social(name: str) -> bool:
    """A body whose own work is social service, by its name."""
    return _SOCIAL.search(name) is not None


def only_helps(name: str, kind: PartnerType) -> bool:
    """A firm or a body of another field: what it does for the activity is help."""
    return kind == "business" or (
        kind == "institution" and _HELPS.search(name) is not None and not is_social(name)
    )
