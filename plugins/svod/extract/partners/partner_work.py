"""The role that the clause around an organisation gives it, where no turn of phrase has told one.

Who does a work of its own in the social field is an implementer; a college, a clinic or a firm that teaches,
treats or lets its rooms takes part.
"""

from __future__ import annotations

from svod.extract.partners.partner_money import gives_a_thing
from svod.extract.partners.partner_silence import Context
from svod.extract.words.screened import any_case
from svod.models import PartnerRole, PartnerType

_SOCIAL = any_case(
    r"соц|занятост|семь[еи]|семейн|адаптац|реабилит|опек|попечен|приют|ночлег|ресурсн\w+ центр|кризисн|хоспис"
    r"|поддержки|помощи|волонт|доброволь|молод[её]ж|милосерд|дом-интернат|долголет"
)
_HELPS = any_case(
    r"университет|институт|академи|колледж|техникум|училищ|больниц|поликлиник|диспансер|театр|музей|филармони"
    r"|библиотек|дворец|школ[аы]\b|гимнази|лице[йя]|санатори|ТЮЗ|лагер|\bДК\b|дом культуры|стадион|бассейн"
    r"|[А-ЯЁ]ГУ\b|[А-ЯЁ]ФУ\b"
)
_PAYING = frozenset(
    "оплатить оплачивать профинансировать финансировать субсидировать закупать компенсировать "
    "возместить возмещать поделить скинуться перечислить перечислять софинансировать спонсировать".split()
)
_GIVING = frozenset(
    "дать давать передать передавать выделить выделять добавить добавлять внести вносить пожертвовать "
    "направить направлять прислать отдать подарить вложить выручить предоставить выдать выдавать".split()
)
_MONEY = frozenset(
    "деньги средство рубль миллион тысяча грант субсидия сумма пожертвование взнос млн тыс".split()
)
_RUNNING = frozenset(
    "устроить устраивать организовать организовывать курировать затеять инициировать "
    "учредить объявить координировать возглавить возглавлять".split()
)
_WORKING = frozenset(
    "вести заниматься принимать принять запустить запускать выпустить выпускать разыскивать обучать "
    "обучить открыть открывать сопровождать консультировать обслуживать патронировать реализовать "
    "реализовывать трудоустроить нанимать наниматель проводить провести работать начать завершить "
    "продолжить приступить внедрить внедрять управлять выдавать набрать набирать обследовать опекать "
    "воспитывать устроить закончить готовить сдать отремонтировать построить".split()
)
_HELPING = frozenset(
    "дать давать отдать подарить предоставить предоставлять привезти прислать забрать забирать "
    "отвезти подвезти доставить пускать пустить помочь помогать угостить накормить кормить поддержать "
    "подключиться присоединиться участвовать выступить выступать прийти приехать встретиться обещать "
    "напечатать печатать подготовить распределять распределить отстоять выдать разобрать разбирать "
    "разъяснять обеспечить обеспечивать".split()
)
_STATING = frozenset(
    "быть стать являться получить получать согласиться предложить рассказать сообщить отметить".split()
)
_RUNS_THERE = frozenset(
    "работать действовать открыться функционировать появиться существовать выдать быть".split()
)


def is_social(name: str) -> bool:
    """A body whose own work is social service, by its name."""
    return _SOCIAL.search(name) is not None


def only_helps(name: str, kind: PartnerType) -> bool:
    """A firm or a body of another field: what it does for the activity is help."""
    return kind == "business" or (
        kind == "institution" and _HELPS.search(name) is not None and not is_social(name)
    )


def role_by_clause(c: Context) -> PartnerRole | None:
    clause = c.clause
    if clause is None:
        return None
    acting = c.subject and not clause.preposition
    if acting and not clause.passive:
        if clause.verb in _PAYING or (
            clause.verb in _GIVING and set(clause.things) & _MONEY and not gives_a_thing(c)
        ):
            return "funder"
        if c.type in {"foundation", "ngo"} and clause.verb in _RUNNING:
            return "coordinator"
        if clause.verb in _HELPING and c.type != "authority":
            return "participant"
    if acting and not clause.passive and c.type == "institution" and is_social(c.name) and not c.place:
        return "implementer" if clause.verb not in _HELPING | _GIVING | _STATING else None
    working = clause.verb in _WORKING and not only_helps(c.name, c.type)
    if acting and working and c.type in {"foundation", "ngo", "institution"}:
        return "implementer"
    if clause.verb in _RUNS_THERE and c.type in {"institution", "other"}:
        here = clause.preposition == "при" or (clause.preposition in {"в", "во"} and is_social(c.name))
        return "implementer" if here else None
    return None
