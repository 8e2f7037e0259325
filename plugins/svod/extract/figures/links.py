"""Which project a figure measures, and which total a figure is a part of.

Nearest first: the project named in the figure's clause, sentence, list item or its head, the project that the
sentence refers to by its kind («служба», «за время проекта»), the last one named in the paragraph, the
report's
own subject. Figures of an organisation or a region have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from svod.extract.figures.beyond import Choice, apart, beyond, bounds, foreign_subject
from svod.extract.figures.context import Scene, Spot, Stretch
from svod.extract.figures.still_on import refers_back, still_on
from svod.extract.projects.sections import by_question, by_section, divided_from, of_paragraph, quoted_above
from svod.extract.projects.topics import Place, Topics, is_plain
from svod.extract.words.screened import Screened, search
from svod.language.document import Token

if TYPE_CHECKING:
    from svod.extract.projects.projects import ProjectSpan

_NEXT_OWN = re.compile(
    r"^[«\"—– ]*(?:её|ее|его|их)[ \u00a0](?:новый[ \u00a0])?(?:проект|инициатив|программ)", re.I
)


def project_of(spot: Spot, topics: Topics) -> tuple[ProjectSpan | None, str]:
    """The project that the figure measures, and the rule that found it."""
    counts_projects = _counts_projects(spot)
    for name, rule in _RULES:
        found = rule(spot, topics)
        if found is not None:
            if counts_projects and found[0] is not None and found[0].mention.kind == "project":
                return None, "none"
            if found[0] is not None and found[0].needs_metric and name != "clause" and _other_benefit(spot):
                return None, "none"
            return found[0], name
    return None, "none"


_BENEFIT = Screened(
    r"(?<![а-яё])(?:социальн[а-яё]+[ \u00a0]пособи|продуктов[а-яё]+[ \u00a0]карт"
    r"|материнск[а-яё]+[ \u00a0]капитал|компенсаци[а-яё]+[ \u00a0]за|жилищн[а-яё]+[ \u00a0]субсиди)"
)


def _other_benefit(spot: Spot) -> bool:
    """«87 семей стали получателями продуктовых карт» in a report on the social contract: another measure."""
    return _BENEFIT.search(spot.clause_text) is not None


_PROJECTS = frozenset({"проект", "инициатива", "заявка", "грант"})
_CONTEST = Screened(r"(?<![а-яё])(?:конкурс|грант)")
_SHARED_SUM = Screened(
    r"(?:проект(?:ов|а|ы)|инициатив|организаци[йи]|нко)[^.;]{0,90}(?:на[ \u00a0](?:общую[ \u00a0])?сумму"
    r"|общ[а-яё]+[ \u00a0]сумм)"
    r"[^.;\d]{0,30}$"
)


def _counts_projects(spot: Spot) -> bool:
    """«Восемь проектов получат гранты на общую сумму 13 млн рублей»: no one project's own figure."""
    nouns = [t for t in spot.right[:5] if t.forms and t.forms[0].pos == "NOUN"]
    if nouns and nouns[0].lemma in _PROJECTS and nouns[0].has("plur"):
        # «обработали 734 заявки» on windows are the project's own; applications to a contest are not
        return nouns[0].lemma != "заявка" or _CONTEST.search(spot.scene.low) is not None
    return _SHARED_SUM.search(spot.left_text) is not None


SEVERAL = 3  # quoted projects: a report on fewer stays with the one that it named
_SUBJECT = Screened(r"(?<![а-яё])(?:программа|инициатива)(?:[ \u00a0][а-яё]+){0,3}[ \u00a0][«\"“„]?$")


def _is_own(place: Place, scene: Scene) -> bool:
    """A plain project, or a programme that is the subject («а программа «Х» соединила …»)."""
    return is_plain(place.project) or _SUBJECT.search(_lead_in(place, scene)) is not None


def _specific(places: Iterable[Place], scene: Scene) -> list[Place]:
    """Places of quoted projects; of established measures, then of programmes, then of umbrellas, only if
    there is nothing else.
    """
    listed = list(places)
    plain = [p for p in listed if _is_own(p, scene)]
    plain = [p for p in plain if not _OFFICIAL_FRAME.search(_lead_in(p, scene))] or plain
    return (
        [p for p in plain if not p.project.needs_metric]
        or plain
        or [p for p in listed if not p.project.umbrella]
        or listed
    )


def _lead_in(place: Place, scene: Scene) -> str:
    return scene.text[max(0, place.start - 60) : place.start].lower()


_OFFICIAL_FRAME = Screened(  # «клуб «A», созданный в рамках федерального проекта «B»»: the club's figures
    r"в[ \u00a0]рамках[ \u00a0](?:федеральн|национальн|региональн|государственн)[а-яё]+[ \u00a0]"
    r"(?:проекта|программы)[ \u00a0][«\"“„]?$"
)


def _in_clause(spot: Spot, topics: Topics) -> Choice | None:
    return _nearest(spot, topics, spot.clause)


def _in_sentence(spot: Spot, topics: Topics) -> Choice | None:
    """Named in the sentence; what only a later clause names gives way to «по программе …» in the own one."""
    found = _nearest(spot, topics, spot.sentence)
    if found is None or topics.between(*bounds(spot, spot.sentence.first, spot.first)):
        return found
    return _by_kind(spot, topics) or found


def _nearest(spot: Spot, topics: Topics, stretch: Stretch) -> Choice | None:
    listed = _specific(topics.between(*bounds(spot, stretch.first, stretch.last)), topics.scene)
    if not listed:
        return None
    if listed[0].project.needs_metric and not _opens(spot, listed[0]):
        # an established measure inside a quoted project's own item is no project
        quoted = [
            p for p in topics.between(spot.block.start, spot.number.start) if not p.project.needs_metric
        ]
        if not quoted:
            quoted = quoted_above(spot, topics)
        chosen = _specific(quoted, topics.scene)
        if chosen and not chosen[-1].project.umbrella:
            return (chosen[-1].project,)
    before = [p for p in listed if p.start < spot.number.start]
    subject = _subject_under(spot, listed, topics)
    if subject is not None:
        return (subject,)
    if before:
        return (None,) if _is_joined(before[-1], spot.scene) else (before[-1].project,)
    after = listed[0]
    between = spot.scene.text[spot.number.end : after.start].lower()
    if _A_PART_LIES_THERE.search(between) or _ANOTHER_DEED.search(between) or _IS_THERE.search(between):
        return None
    if ";" in between:
        return None  # «увеличить число учеников до 110; провести форум «Х»»: two matters
    if after.project.needs_metric and search(r"\d", between):
        return None  # «оформлено 212 мер поддержки, заключено 48 социальных контрактов»
    return (after.project,)


def _opens(spot: Spot, place: Place) -> bool:
    """«Социальный контракт: заключено 58 договоров»: the sentence is on what it begins with."""
    return place.start == spot.scene.tokens[spot.sentence.first].start and spot.sentence.first > 0


def _is_joined(place: Place, scene: Scene) -> bool:
    """«В клубах «X», «Y» и «Z» занимаются 146 человек»: of all of them."""
    return _JOINED.search(scene.text[max(0, place.start - 8) : place.start]) is not None


_JOINED = re.compile(r"[»\"”](?:,|[ \u00a0](?:и|или))[ \u00a0][«\"“„]?$")

# «отдохнули 21 тысяча детей, в том числе две тысячи – в смене «Х»»: the total is not the project's
_A_PART_LIES_THERE = Screened(r"(?:в том числе|из них|из которых|включая|среди них)[^.;]*$")


# «обновить ещё 30 дворов и запустить проект «Х»»: the figure belongs to the other infinitive
_ANOTHER_DEED = Screened(r"(?:[ \u00a0]и|,[ \u00a0]а[ \u00a0]также)[ \u00a0][а-яё]+(?:ть|ти)[ \u00a0][^.;]*$")


_IS_THERE = Screened(  # «провели 20 акций, при музее второй год работает «Школа гида»»: said of it alone
    r",[ \u00a0][^.;]*[ \u00a0](?:работа[ею]т|действу[ею]т|функциониру[ею]т)[ \u00a0][«\"“„]?$"
)


def _next_own_project(spot: Spot, topics: Topics) -> Choice | None:
    """«1 499 000 рублей получит АНО … Её проект «Х» …»."""
    scene = spot.scene
    if spot.sentence.last >= len(scene.tokens):
        return None
    after = scene.sentence(spot.sentence.last)
    start, end = bounds(spot, after.first, after.last)
    if scene.block_index(start) != spot.block_index or not _NEXT_OWN.match(scene.text[start:end]):
        return None
    places = topics.between(start, end)
    return (places[0].project,) if places else None


def _by_reference(spot: Spot, topics: Topics) -> Choice | None:
    """A kind word of the sentence («служба», «комната») that belongs to a project named before."""
    main = topics.main
    hosted = _host_in_block(spot, topics)
    if hosted is not None:
        return (hosted,)
    if (
        main is not None
        and main.mention.kind in ("project", "grant", "pilot")
        and "проект" in spot.sentence_lemmas
    ):
        return (main,)
    words = spot.scene.words(spot.clause)
    for token in sorted(words, key=lambda t: (t.start > spot.number.start, abs(t.start - spot.number.start))):
        candidates = topics.nicknames.get(token.lemma)
        if not candidates or (token.lemma == "программа" and len(candidates) > 1):
            continue
        before = topics.last_of(candidates, spot.number.start)
        if before is not None:
            return (before,)
    return None


def _host_in_block(spot: Spot, topics: Topics) -> ProjectSpan | None:
    """«В посёлке открыта гостиная «Х». За время проекта в гостиной побывали 90 человек»: the room named
    earlier in the paragraph, not the project around it.
    """
    for token in spot.scene.words(spot.clause):
        if token.start >= spot.number.start or token.lemma == "проект":
            continue
        for project in topics.nicknames.get(token.lemma, ()):
            named = any(spot.block.start <= a < token.start for a, _ in project.occurrences)
            if named and is_plain(project) and token.lemma not in _GENERAL_KINDS:
                return project
    return None


_KINDS_CALLED: dict[str, tuple[str, ...]] = {
    "проект": ("project", "grant", "pilot"),
    "инициатива": ("project",),
    "программа": ("program",),
}


def _by_kind(spot: Spot, topics: Topics) -> Choice | None:
    """«На проект направлено …», «участники программы», «по нацпроекту»: the last one of the kind named
    before; a word with a name or a complement of its own refers to nothing.
    """
    words = spot.scene.words(spot.clause)
    for k, token in enumerate(words):
        umbrella = token.lemma == "нацпроект"
        kinds = _KINDS_CALLED.get(token.lemma, ("program", "project") if umbrella else ())
        if not kinds or not token.has("NOUN", "sing") or not _stands_alone(words, k):
            continue
        named = [p for p in topics.scene.projects if p.mention.kind in kinds and not p.needs_metric]
        here = [p.project for p in topics.between(spot.block.start, spot.number.start) if p.project in named]
        plain = [p for p in here if p.umbrella == umbrella]
        found = topics.last_of(
            plain or here or [p for p in named if p.umbrella == umbrella], spot.number.start
        )
        if found is not None:
            return (found,)
    return None


def _stands_alone(words: Sequence[Token], k: int) -> bool:
    """No name, no genitive and no adjective but «этот», «наш», «данный» beside the kind word."""
    after = words[k + 1] if k + 1 < len(words) else None
    before = words[k - 1] if k else None
    if after is not None and (after.text in '«"“„' or _is_complement(after)):
        return False
    return before is None or not before.has("ADJF") or before.lemma in _POINTING


def _is_complement(token: Token) -> bool:
    top = token.forms[0] if token.forms else None
    return top is not None and top.pos in ("NOUN", "ADJF") and "gent" in top.grammemes


_POINTING = frozenset("этот наш данный свой тот весь".split())
_GENERAL_KINDS = frozenset({"программа", "центр", "группа", "курс", "телефон", "контракт"})


def _subject_under(spot: Spot, places: Sequence[Place], topics: Topics) -> ProjectSpan | None:
    """«созданы при 12 центрах в рамках нацпроекта «Х»»: the subject, not the umbrella over it; «Форум прошёл
    в рамках программы «Х»: 380 тысяч рублей», «150 тысяч дали по конкурсу «Х»»: not what paid for it.
    """
    contests = all(p.project.mention.kind == "contest" for p in places)
    main = topics.main or (topics.last_lasting(places[0].start) if contests else None)
    if main is None or main.umbrella or main.occurrences[0][0] >= places[-1].start:
        return None
    if not all(_is_frame(p, spot.scene) for p in places):
        return None
    if all(p.project.umbrella for p in places):
        return main
    if (
        main.needs_metric
        or not is_plain(main)
        or not all(p.project.umbrella or p.project.mention.kind in _PAYS for p in places)
    ):
        return None
    at = spot.scene.doc.token_index(places[0].start)
    if at not in spot.sentence and refers_back(spot):
        return None  # «конкурса «Х». На него поступило 118 заявок»
    if at not in spot.sentence or contests:
        return main
    before = spot.scene.tokens[spot.sentence.first : at]
    return main if any(main in topics.nicknames.get(t.lemma, ()) for t in before) else None


def _is_frame(place: Place, scene: Scene) -> bool:
    return _FRAME.search(scene.text[max(0, place.start - 60) : place.start].lower()) is not None


_FRAME = Screened(r"(?:в рамках|по)[ \u00a0](?:[а-яё]+[ \u00a0]){1,4}[«\"“„]?$")


def _in_item(spot: Spot, topics: Topics) -> Choice | None:
    """Named before the number in the same block."""
    places = _specific(topics.between(spot.block.start, spot.number.start), topics.scene)
    if not places:
        return None
    if _enumerated(spot, places[-1], topics):
        return None
    if places[-1].project.needs_metric and (above := quoted_above(spot, topics)):
        return (above[-1].project,)
    subject = _subject_under(spot, places, topics)
    if subject is not None:
        return (subject,)
    return (places[-1].project,) if len(topics.quoted) < SEVERAL or still_on(spot, places[-1]) else None


def _enumerated(spot: Spot, place: Place, topics: Topics) -> bool:
    """«Работают служба ранней помощи, «Х», лекотека. За два года услуги получили …»: one of several,
    and not in the figure's own sentence.
    """
    scene = spot.scene
    if scene.doc.token_index(place.start) in spot.sentence:
        return False
    before = scene.text[max(0, place.start - 3) : place.start]
    after = scene.text[place.end : place.end + 3]
    return (
        "," in before and ("," in after or after.startswith((" и ", "\u00a0и "))) and topics.main is not None
    )


def _by_head(spot: Spot, topics: Topics) -> Choice | None:
    """Named in the list's or table's head, or in the heading above."""
    index, seen = spot.block.head, 0
    while index is not None and seen < 4:
        block = spot.scene.block(index)
        places = _specific(topics.between(block.start, block.end), topics.scene)
        if places:
            return (places[-1].project,)
        index, seen = block.head, seen + 1
    return None


_ATTENDED = Screened(
    r"(?<![а-яё])(?:приехал|съехал|собрал|прибыл|участник\w* стал|участвовал|принял\w* участие)"
)


def _attended(spot: Spot, topics: Topics) -> Choice | None:
    """«Поделиться опытом приехали сто добровольцев»: those who came, came to the event of the lead."""
    event = topics.event
    if event is None or event.occurrences[0][0] > spot.number.start:
        return None
    return (event,) if _ATTENDED.search(spot.sentence_text) else None


def _main(spot: Spot, topics: Topics) -> Choice | None:
    """What the report is about, once it has been named."""
    main = topics.main
    if main is None or main.occurrences[0][0] >= spot.number.start or divided_from(spot, main, topics):
        return None
    return None if _left_behind(spot, main, topics) else (main,)


_REACH = {"event": 1, "service": 1, "project": 2}  # others named since: an occasion is left behind soonest
_PAYS = frozenset({"program", "contest", "grant"})  # what is named beside a project as the source of money


def _left_behind(spot: Spot, main: ProjectSpan, topics: Topics) -> bool:
    """The text has gone on to other projects since it named what it began with, once and in no title; an
    interview comes back to it with every question.
    """
    reach = _REACH.get(main.mention.kind)
    if reach is None or main.needs_metric or len(main.occurrences) > 1 or main in topics.titled:
        return False
    if spot.scene.text.startswith(("–", "—", "-"), spot.block.start) and spot.block.kind != "list_item":
        return False
    since = [
        p
        for p in topics.between(main.occurrences[0][1], spot.number.start)
        if is_plain(p.project)
        and not p.project.needs_metric
        and p.project.mention.kind not in _PAYS
        and not topics.lends_hand(p.project)
    ]
    if len({id(p.project) for p in since}) < reach:
        return False
    return not _called_again(main, since[-1].end, spot, topics)


def _called_again(project: ProjectSpan, start: int, spot: Spot, topics: Topics) -> bool:
    """«Организатором фестиваля выступил центр»: the text has come back to it by its kind alone."""
    tokens = spot.scene.doc.tokens_in(start, spot.number.start)
    return any(topics.nicknames.get(t.lemma) == [project] for t in tokens)


_RULES = (
    ("clause", _in_clause),
    ("sentence", _in_sentence),
    ("next_own", _next_own_project),
    ("foreign_subject", foreign_subject),
    ("beyond", beyond),
    ("reference", _by_reference),
    ("kind", _by_kind),
    ("item", _in_item),
    ("question", by_question),
    ("apart", apart),
    ("paragraph", of_paragraph),
    ("section", by_section),
    ("head", _by_head),
    ("attended", _attended),
    ("main", _main),
)


# --- totals and parts -----------------------------------------------------------------------------------

_PART = Screened(
    r"(?:из них|из которых|из их числа|в том числе|в т\. ?ч\.|включая|среди них|в их числе|"
    r"из общего числа)[ \u00a0,:–—-]*(?:[а-яё]+[ \u00a0]){0,3}$"
)
_PART_AFTER = Screened(r"^[ \u00a0]*(?:из них|из которых|среди которых)")


def is_part(spot: Spot, start: int) -> bool:
    """True if the text says that this figure is a part of the one before: «из них 863», «8 из которых»."""
    left = spot.scene.text[max(0, start - 80) : start].lower()
    return bool(_PART.search(left) or _PART_AFTER.match(spot.right_text))
