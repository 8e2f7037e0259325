"""What an organisation does in the activity: who pays, who runs it, who does the work, who takes part.

Every mention is looked at in its sentence; the role that comes first by the guidelines wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from svod.models import PartnerRole, PartnerType

from .prose import Prose

ORDER: tuple[PartnerRole, ...] = ("funder", "coordinator", "implementer", "participant")


@dataclass(frozen=True, slots=True)
class Context:
    """A mention in its sentence: the text before and after it, and the organisation's type."""

    before: str
    after: str
    type: PartnerType
    name: str


Verdict = PartnerRole | None
Rule = Callable[[Context], bool]


def context(prose: Prose, start: int, end: int, kind: PartnerType, name: str) -> Context:
    a, b = prose.sentence(start)
    return Context(
        prose.text[max(a, start - 160) : start], prose.text[end : min(max(b, end), end + 160)], kind, name
    )


def _rx(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MONEY = r"(?:руб|₽|\bтыс\b|тысяч|\bмлн|миллион|грант|субсид|средств|финанс|деньг)"
_PAID_BEFORE = _rx(
    r"(?:на (?:средства|деньги)|за сч[её]т (?:средств|гранта)|при финансовой поддержке|грант\w*|субсиди\w*|профинансир\w+"
    r"|финансиру\w+|финансирован\w+|на сумму|средства[^.]{0,40}(?:выделил|перечислил|предоставил|направил)\w*"
    r"|выделил[аио]?|перечислил[аио]?)\s+(?:\S+\s+){0,2}$"
)
_GRANT_BEFORE = _rx(
    r"(?:конкурс\w*|поддержан\w*|поддержал[аио]?|поддержк[аеуи]\w*|при поддержке|победи\w+[^.]{0,40}|проектах|отмечен\w*)\s+(?:\S+\s+){0,2}$"
)
_PAID_AFTER = _rx(
    r"^[^.;]{0,60}?\b(?:выдел\w+|перечисл\w+|профинансиров\w+|финансир\w+|направи\w+|пожертвова\w+|переда\w+|добав\w+|предостав\w+|вложи\w+|дал[аио]?)\b"
    rf"[^.;]{{0,90}}{_MONEY}"
)
_PAYS_AFTER = _rx(r"^\W*(?:\S+\s+){0,3}?(?:профинансиров\w+|оплати\w+|финансир\w+|перечисл\w+)")
_PAYS_WHO = _rx(r"(?:профинансировал\w*|оплатил\w*|перечислил\w*)\s+(?:\S+\s+){0,3}$")


def pays(c: Context) -> bool:
    if (
        _PAID_BEFORE.search(c.before)
        or _PAID_AFTER.search(c.after)
        or _PAYS_AFTER.search(c.after)
        or _PAYS_WHO.search(c.before)
    ):
        return True
    return c.type == "foundation" and _GRANT_BEFORE.search(c.before) is not None


def grants(c: Context) -> bool:
    """A fund whose name says that it gives grants."""
    return c.type == "foundation" and re.search(r"грант", c.name, re.IGNORECASE) is not None


_RUNS_BEFORE = _rx(
    r"(?:организатор\w*|организован\w*|организовал\w*|инициатив\w*|инициатор\w*|координатор\w*|координиру\w+|под эгидой"
    r"|провод(?:ит|ят|имый|имого)|пров[её]л[аио]?|учредител\w*|контроль[^.]{0,20}|придума\w+ в|курирует|заказчик\w*|оператор\w*|разработан\w*)"
    r"(?:\s+(?:выступил\w*|стал\w*|является|являются|поручен\w*|центра))?\W*(?:\S+\s+){0,2}$"
)
_RUNS_AFTER = _rx(
    r"^\W*(?:\S+\s+){0,3}?(?:организова\w+|координиру\w+|выступил\w* организатор\w*|курирует|подвел[аио]?[^.]{0,20} итоги|инициировал\w*|утвердил\w*)"
)


def runs(c: Context) -> bool:
    return bool(_RUNS_BEFORE.search(c.before) or _RUNS_AFTER.search(c.after))


_DOES_BEFORE = _rx(
    r"(?:исполнител\w*|соисполнител\w*|автор\w*|реализу\w+|реализова\w+|созда(?:л|ла|ло|ли|на|но|н|ны|нный|нная)|вед[её]т|"
    r"грантополучател\w*|победител\w*|проект\w*\s+«[^»]{2,80}»)\W*(?:\S+\s+){0,1}$"
)
_DOES_AFTER = _rx(
    r"^[^.;]{0,40}?\b(?:заверш\w+|реализу\w+|реализова\w+|запусти\w+|запуска\w+|созда(?:л|ла|ло|ли|ёт)\b|откры(?:л|ла|ло|ли)\b|разработал\w*|вела?\b|вели\b|вед[её]т|"
    r"представил\w* (?:программ|проект|опыт)\w*|провод(?:ит|ят)|пров[её]л[аио]?\b|продолжит|займ[её]тся|займутся|начал\w*|внедр\w+|обуча\w+|сопровожда\w+|намерен\w*)"
)


def does(c: Context) -> bool:
    return bool(_DOES_BEFORE.search(c.before) or _DOES_AFTER.search(c.after))


_JOINS_BEFORE = _rx(
    r"(?:площадк\w*|на базе|совместно с|вместе с|партн[её]р\w*|при участии|при содействии|помог\w*|помощь\w*|подар\w*|студент\w*"
    r"|волонт[её]р\w*|предоставил\w*|состоял\w* в|прош[её]?л\w* в|на площадке|в актовом зале|в зале)\W*(?:\S+\s+){0,2}$"
)


def joins(c: Context) -> bool:
    return _JOINS_BEFORE.search(c.before) is not None


_THANKS = _rx(r"(?:спасибо|благодар\w+|признательн\w+)\W*(?:\S+\s+){0,3}$")
_GREETS = _rx(r"^\W*(?:\S+\s+){0,3}?(?:поздравил\w*|поблагодарил\w*|идею поддержал\w*|отметил\w*)")
_VISITS = _rx(
    r"(?:визит\w*|посетил\w*|гост\w+|делегаци\w*|приехал\w*|сотрудников|представител\w*)\s+(?:\S+\s+){0,2}$"
)


def only_thanked(c: Context) -> bool:
    return c.type == "authority" and bool(_THANKS.search(c.before) or _GREETS.search(c.after))


def only_visits(c: Context) -> bool:
    return c.type == "authority" and _VISITS.search(c.before) is not None


_HEADED = _rx(
    r"(?:директор\w*|руководител\w*|заведующ\w+|начальник\w*|глав\w+ врач\w*|председател\w*|настоятел\w*|заместител\w*)\s+(?:\S+\s+){0,1}$"
)


def only_heads(c: Context) -> bool:
    """Its director speaks: nothing is said of the organisation itself."""
    return c.type != "authority" and _HEADED.search(c.before) is not None


ROLE_RULES: tuple[tuple[PartnerRole, Rule], ...] = (
    ("funder", grants),
    ("funder", pays),
    ("coordinator", runs),
    ("implementer", does),
    ("participant", joins),
)
SILENT_RULES: tuple[Rule, ...] = (only_thanked, only_visits, only_heads)
DEFAULTS: dict[PartnerType, PartnerRole | None] = {
    "authority": "coordinator",
    "ngo": "implementer",
    "foundation": "participant",
    "institution": "participant",
    "business": "participant",
    "media": "participant",
    "other": "participant",
}


def read_role(contexts: list[Context]) -> tuple[PartnerRole | None, str]:
    """The role by precedence over all mentions, and the rule that gave it."""
    stated: dict[PartnerRole, str] = {}
    for c in contexts:
        for role, rule in ROLE_RULES:
            if rule(c):
                stated.setdefault(role, rule.__name__)
    for role in ORDER:
        if role in stated:
            return role, stated[role]
    if contexts and all(any(rule(c) for rule in SILENT_RULES) for c in contexts):
        return None, "silent"
    return DEFAULTS[contexts[0].type], "default"
