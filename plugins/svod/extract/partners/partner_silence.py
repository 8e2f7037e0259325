"""A mention of an organisation in its sentence, and the mentions that give it no role: thanked, greeting,
visiting, speaking.

What an organisation does is weighed in `partner_roles`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from svod.extract.partners.partner_clauses import Clause
from svod.extract.words.screened import any_case
from svod.models import PartnerType


@dataclass(frozen=True, slots=True)
class Context:
    """A mention in its sentence.

    `before` ends and `after` begins at the name (in a chain «A, B и C»: at the chain). `subject`: it may be
    the
    subject of the verb after it; `agent`: in the instrumental; `place`: after «в», «на»; `owner`: right
    after a project's name; `title`: in the title; `paid_in`: an item of a list of receipts, with its sum;
    `clause`: the clause it stands in; `given`: in the dative, and in no other case.
    """

    before: str
    after: str
    type: PartnerType
    name: str
    subject: bool
    agent: bool
    place: bool
    owner: bool
    title: bool
    paid_in: bool = False
    clause: Clause | None = None
    given: bool = False


Rule = Callable[[Context], bool]


_THANKS = any_case(r"(?:спасибо|благодар\w+|признательн\w+)\W*(?:\S+\s+){0,3}$")
_THANKED_TOO = any_case(r"(?:спасибо|благодар\w+|признательн\w+)\b[^.;!?]{0,140},\s+$")
_FOR_KINDNESS = any_case(r"^\s*за\s+(?:понимани|терпени|доброт|внимани|отзывчивост|неравнодуши|чуткост)")
_GREETS = any_case(
    r"^\s*(?:\([^)]*\)\s*)?(?:[^\s,.;:]+\s+){0,3}?(?:поздравил\w*|поблагодарил\w*|идею поддержал\w*"
    r"|предложил[аио]?\s+\w+ть"
    r"|отметил\w*|идею\b)"
)
_VISITS = any_case(
    r"(?:визит\w*|посетил\w*|гост\w+|делегаци\w*|приехал\w*|представител\w*)\s+(?:\S+\s+){0,4}$"
)
_HEADED = any_case(
    r"(?:директор\w*|руководител\w*|заведующ\w+|начальник\w*|глав\w+ врач\w*|председател\w*|настоятел\w*"
    r"|заместител\w*)\s+(?:\S+\s+){0,1}$"
)


def only_thanked(c: Context) -> bool:
    if c.type != "authority":
        return False
    kindly = _THANKED_TOO.search(c.before) is not None and _FOR_KINDNESS.match(c.after) is not None
    return kindly or _THANKS.search(c.before) is not None


def greets(c: Context) -> bool:
    return c.type == "authority" and c.subject and _GREETS.search(c.after) is not None


_MAYOR = any_case(r"\bглав(?:а|ы|е|у|ой)\s+(?:\S+\s+){0,1}$")


def only_its_head(c: Context) -> bool:
    """«глава Липовского сельсовета собрал …»: a person, not the authority."""
    return c.type == "authority" and _MAYOR.search(c.before) is not None


def only_visits(c: Context) -> bool:
    return c.type == "authority" and _VISITS.search(c.before) is not None


def only_heads(c: Context) -> bool:
    """Its director speaks: nothing is said of the organisation itself."""
    return c.type != "authority" and _HEADED.search(c.before) is not None


_SPOKEN_FOR = any_case(
    r"\b(?:рассказ|отмет|сообщ|подчерк|поясн|доложи|сказа|напомни|добави|прив[её])\w+\s+(?:\S+\s+)?"
    r"представител\w*\s+(?:\S+\s+){0,1}$"
)


def only_spoken_for(c: Context) -> bool:
    """«рассказал представитель организации»: who speaks, not who does."""
    return _SPOKEN_FOR.search(c.before) is not None


_PRAISES = any_case(  # «грамоты министерства удостоена сотрудница», «нас похвалили в министерстве»
    r"(?:похвалил\w*|отметил\w* нас|грамот\w*|благодарност\w*|диплом\w*|наград\w*)"
    r"\s+(?:в\s+)?(?:[^\s,.;]+\s+){0,1}$"
)
_COUNTED_BY = any_case(r"\bпо (?:подсч[её]там|оценк\w+|статистике|наблюдениям)\s+(?:[^\s,.;]+\s+){0,1}$")


def only_praises(c: Context) -> bool:
    """It gave an award or a kind word; or its figures are quoted."""
    return (c.type == "authority" and _PRAISES.search(c.before) is not None) or (
        c.type in {"ngo", "business", "other"} and _COUNTED_BY.search(c.before) is not None
    )


_OUTSIDE = any_case(
    r"(?:\bдоговориться с(?:о)?|\bаудит\w*\s+провед[её]н\w*|\bаудитор\w*\s*[–—:-]?"
    r"|\bаудит\w*\s*[–—:-]|\bаудит\w*\s+(?:пров[её]л[аио]?|выполнил[аио]?)|\bзаседани[юея]м?"
    r"|\bзаявк\w+\s+(?:[^\s,.;]+\s+){0,2}?в|\b(?:просить|прошу|просим|просят|просил[аи]?|попрос\w+|рекомендовать|предложить)"
    r"|переговор\w*\s+с(?:о)?|утвержд[её]н\w*|\b(?:зарегистрирован|лицензи)\w*[^.;]{0,20})\s+(?:[^\s,.;]+\s+){0,1}$"
)
_INSPECTS = any_case(r"^[^.;]{0,40}\b(?:плановую|внепланов\w+|плановая|выездн\w+)?\s*проверк")


def only_outside(c: Context) -> bool:
    """An auditor, an inspection, a body before which the report is laid: no part in the activity."""
    return _OUTSIDE.search(c.before) is not None or (
        c.type == "authority" and _INSPECTS.search(c.after) is not None
    )


SILENT_RULES: tuple[Rule, ...] = (
    only_thanked,
    greets,
    only_visits,
    only_its_head,
    only_heads,
    only_spoken_for,
    only_outside,
    only_praises,
)
