"""Organisations with a part in the activity: each once, in its fullest name, with type and role.

Persons, unnamed groups and media that merely publish are left out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from svod.extract.layout.issuers import names_press_service
from svod.extract.layout.prose import Prose
from svod.extract.partners.org_join import Organisation, join_mentions
from svod.extract.partners.org_mentions import OrgMention, find_mentions
from svod.extract.partners.org_names import complete
from svod.extract.partners.page_signs import Page, of_page, read_page
from svod.extract.partners.partner_bystanders import has_no_part
from svod.extract.partners.partner_clauses import read_clause
from svod.extract.partners.partner_links import Places
from svod.extract.partners.partner_money import is_allotted
from svod.extract.partners.partner_receipts import is_receipt
from svod.extract.partners.partner_roles import told_by, weighed
from svod.extract.partners.partner_signs import Seen, of_mention
from svod.extract.partners.partner_silence import Context
from svod.extract.projects.projects import ProjectSpan
from svod.extract.publication.regions import read_regions
from svod.extract.words.declension import noun_forms
from svod.extract.words.noun_phrases import plain
from svod.models import Evidence, PartnerMention, PartnerType, ReportText

_LIST_OF = re.compile(
    r"\b(партн[её]ры|организаторы|соорганизаторы|исполнители|учредители|спонсоры|победител\w+)\b[^.:]{0,40}:\s*$",
    re.IGNORECASE,
)
CLOSING = frozenset('»"”“')
QUOTES = '«"„“‹'
MAX_CHAIN, MAX_MENTIONS = 8, 12
CONFIDENCE = {"phrase": 0.96, "link": 0.95, "quoted": 0.75}
SILENT = 0.88  # where the text gives the organisation no part of its own, it may have none


def read_partners(
    prose: Prose,
    projects: Sequence[ProjectSpan],
    publisher: str | None,
    regions: Sequence[str] | None = None,
) -> tuple[PartnerMention, ...]:
    """Named organisations in the nominative, in the order of first mention. `regions`: read anew if not
    given."""
    doc = prose.doc
    if regions is None:
        regions = read_regions(doc, prose.layout, ReportText(text=doc.text), publisher)
    quoted = [o for p in projects for o in p.occurrences if doc.text[o[0]] in QUOTES]
    quoted += [
        (a - 1, b + 1)
        for p in projects
        for a, b in p.occurrences
        if a and doc.text[a - 1] in QUOTES and doc.text[b : b + 1] in CLOSING
    ]
    bare = {o[0] for p in projects for o in p.occurrences} - {o[0] for o in quoted}
    measures = [o for p in projects if p.mention.evidence.rule == "measure" for o in p.occurrences]
    signed = [] if publisher is None or names_press_service(publisher) else places_of(doc.text, publisher)
    owner = None if publisher is None or names_press_service(publisher) else publisher
    found = find_mentions(prose, quoted, measures, owner)
    opening = {m.start for m in found if m.name is not None}
    signed = [
        (a, b) for a, b in signed if opening & {a, a + 1} or re.search(r"\s\|\s", doc.text[a:b]) is None
    ]
    mentions = [
        _completed(m, regions)
        for m in found
        if not has_no_part(prose, m)
        and m.start not in bare
        and not any(a + 1 < m.start < b for a, b in signed)
    ]
    mentions = [m for m in mentions if m.name is None or _OF_NO_REGION.match(m.name) is None]
    scene = _Scene(
        prose, mentions, frozenset(end for _, end in [*quoted, *measures]), publisher, Places(prose, projects)
    )
    partners = [o for o in join_mentions(mentions) if not scene.only_publishes(o)]
    page = scene.page(partners)
    return tuple(scene.partner(o, page) for o in partners)


_OF_NO_REGION = re.compile(r"^Правительство (?:региона|области|края|республики|округа)$")


def _completed(mention: OrgMention, regions: Sequence[str]) -> OrgMention:
    if mention.name is None or mention.type != "authority" or mention.rule == "link":
        return mention
    return replace(mention, name=complete(mention.name, regions))


_TELLS = re.compile(
    r"^\W*(?:\S+\s+){0,3}?(?:сообща\w+|пиш\w+|опубликовал\w*|публику\w+|вышел|вышла|рассказыва\w+|напечатал\w*|показал\w*)",
    re.IGNORECASE,
)


_CARRIED = re.compile(  # «сюжет на ГТРК», «11 материалов – в газете»: where it was told, whoever counts it
    r"(?:\b(?:сюжет|репортаж|публикаци|эфир|стать|интервью|материал|новост|заметк|анонс|выступлени|вышел|вышл|показал"
    r"|напечата|опубликова|размещ)[а-яё]*[^.!?\n]{0,70}?|\n[^\n]{0,24}?)\s(?:в|во|на)\s+(?:[а-яё]+\s+){0,1}$",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:\b(?:сюжет\w*|репортаж\w*|публикаци\w+|эфир\w*|стать\w+ в|интервью|материал\w*"
    r"|сообщ\w+|рассказ\w+|переда[её]т|пишет|пишут|передают|передавал\w*|цитирует|уточня[ею]т"
    r"|корреспондент\w*|в интервью|эфире?)\s+"
    r"|\n(?:источник|фото|текст|по материалам|по информации)[^\n]{0,20}"
    r"|источник\w*\s*[:—–-]\s*|по материалам\s+)$",
    re.IGNORECASE,
)
_ISSUE = re.compile(r"^\s*,\s*(?:выпуск|номер|№)", re.IGNORECASE)  # a masthead
_DATELINE = re.compile(r"(?:^|\n)[^\n]{0,24}\d\s[а-я]{3,8}\.?\s*[–—-]\s*$")


def _fills_line(text: str, mention: OrgMention) -> bool:
    """«ГТРК «X»» in a line by itself: whose page it is."""
    before = text[max(0, mention.start - MAX_BESIDE) : mention.start].rpartition("\n")
    after = text[mention.end : mention.end + MAX_BESIDE].partition("\n")
    return not any(c.isalnum() for c in before[2] + after[0])


MAX_BESIDE = 40


def _is_owners(text: str, mention: OrgMention) -> bool:
    """«© ООО «Портал»»: who owns the page, or who signs as its press office."""
    line = text[max(0, mention.start - MAX_BESIDE) : mention.start].rpartition("\n")[2]
    if _RIGHTS.search(line):
        return True
    return (
        not line.strip()
        and mention.type == "authority"
        and names_press_service(text[mention.start : mention.end])
    )


_RIGHTS = re.compile(r"(?:©|\([cс]\))[\s\d–—-]*$", re.IGNORECASE)


def _in_body(prose: Prose, mention: OrgMention) -> bool:
    block = prose.block(mention.start)
    return block is not None and block.kind not in {"signature", "furniture"}


_CHAIN = re.compile(r"^(?:\s*\([^)]{2,40}\))?\s*(?:,|и|,?\s*а также|совместно с|вместе с)\s+$")
_PLACE = re.compile(r"\b(?:в|во|на|при|из)\s+$", re.IGNORECASE)
_PROJECT_BELOW = re.compile(r"^[^\n.«»\d]{0,40}\n\s*[«\"„“]")  # a list of winners: the name, then its project
_OWNER = re.compile(r"^\s*[—–,(-]?\s*(?:от\s+|автор\w*\s*[—–:-]?\s*)?$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:в|во|на|о|об|при|с|со|к|ко|по|из|от|для|у|до|за|под|над|между|через|без|про|из-за)\s+$",
    re.IGNORECASE,
)


def places_of(text: str, name: str | None) -> list[tuple[int, int]]:
    """Where the name stands as it is written, without overlap."""
    found: list[tuple[int, int]] = []
    at = text.find(name) if name else -1
    while name and at >= 0:
        found.append((at, at + len(name)))
        at = text.find(name, at + len(name))
    return found


class _Scene:
    """All mentions of a report side by side: what stands before and after each, and the chains they form."""

    def __init__(
        self,
        prose: Prose,
        mentions: Sequence[OrgMention],
        project_ends: frozenset[int],
        publisher: str | None,
        projects: Places,
    ) -> None:
        self.prose = prose
        self.projects = projects
        self.mentions = list(mentions)
        self.places = {id(m): i for i, m in enumerate(self.mentions)}
        first = prose.text.lstrip().partition("\n")[0]
        self.wall = prose.text.find(first) + len(first) if " | " in first else -1  # where its header ends
        self.project_ends = project_ends
        self.publisher = publisher
        self.signed = places_of(prose.text, publisher)
        self.press = publisher is not None and names_press_service(publisher)

    def only_publishes(self, organisation: Organisation) -> bool:
        """A newspaper that tells of the activity, or the page's own."""
        if organisation.best.head in {
            "правительство",
            "администрация",
            "митрополия",
        }:  # the letterhead of a part
            if self.publisher is None or names_press_service(self.publisher):
                kept = [m for m in organisation.mentions if _in_body(self.prose, m)]
            else:
                kept = [m for m in organisation.named if _in_body(self.prose, m) or self._signs(m)]
            if not kept:
                return True
        text = self.prose.text
        if all(_is_owners(text, m) for m in organisation.named):
            kind = organisation.best.type
            return kind == "business" or any(
                m.type == kind and m.name is not None and m not in organisation.mentions
                for m in self.mentions
            )
        if organisation.best.type != "media":
            return False
        return all(
            self._signs(m)
            or _TELLS.match(text[m.end : m.end + 80])
            or _TOLD.search(text[max(0, m.start - 50) : m.start])
            or _CARRIED.search(text[max(0, m.start - 110) : m.start])
            or _ISSUE.match(text[m.end : m.end + 20])
            or _DATELINE.search(text[max(0, m.start - 30) : m.start])
            or _fills_line(text, m)
            for m in organisation.named
        )

    def page(self, organisations: Sequence[Organisation]) -> Page:
        """What is the same for all these organisations."""
        owner = "none" if self.publisher is None else "press" if self.press else "published"
        owner_type = next((m.type for m in self.mentions if self._signs(m)), None)
        return read_page(self.prose.text, organisations, owner, owner_type, self.projects.first)

    def partner(self, organisation: Organisation, page: Page) -> PartnerMention:
        best = organisation.best
        signs = self._signs_of(organisation, page)
        role, rule = weighed(signs), told_by(signs)
        evidence = Evidence(
            start=best.start,
            end=best.end,
            quote=self.prose.text[best.start : best.end],
            rule=f"{best.rule}/{rule}",
            confidence=SILENT if rule == "default" else CONFIDENCE.get(best.rule, 0.7),
        )
        named = [m for m in organisation.named if _in_body(self.prose, m)]
        stated = role is not None and rule != "default" and "publisher" not in signs
        project = self.projects.project_of(named, stated=stated)
        return PartnerMention(
            name=organisation.name, type=best.type, role=role, evidence=evidence, project=project
        )

    def _signs_of(self, organisation: Organisation, page: Page) -> frozenset[str]:
        """The signs of its role, on the page and over its mentions."""
        body = [m for m in organisation.mentions if _in_body(self.prose, m)]
        publishes = self._is_publisher(organisation)
        found = set(of_page(page, organisation, in_body=len(body), publishes=publishes))
        for mention in body[:MAX_MENTIONS]:
            found |= of_mention(self.prose, self._seen(mention, organisation.best.type, organisation.name))
        return frozenset(found)

    def _is_publisher(self, organisation: Organisation) -> bool:
        named = self.publisher is not None and organisation.name == self.publisher
        named = named or any(m.rule == "header" or m.end <= self.wall for m in organisation.named)
        return not self.press and (named or any(self._signs(m) for m in organisation.named))

    def _signs(self, mention: OrgMention) -> bool:
        return any(a <= mention.start < b for a, b in self.signed)

    def _seen(self, mention: OrgMention, kind: PartnerType, name: str) -> Seen:
        start, end = self._chain(mention)
        cases = self._cases(mention)
        context = self._context(mention, kind, name, start, end, cases)
        return Seen(mention, context, start, end, cases, self.projects.in_sentence(mention))

    def _context(
        self, mention: OrgMention, kind: PartnerType, name: str, start: int, end: int, cases: frozenset[str]
    ) -> Context:
        a, b = self.prose.sentence(mention.start)
        before = self._head(mention) + plain(self.prose.text[max(a, start - 160) : start]) + " "
        block = self.prose.block(mention.start)
        stop = max(end, block.end) if block is not None else len(self.prose.text)
        after = plain(self.prose.text[end : min(max(b, end) + 60, end + 160, stop)])
        own = plain(self.prose.text[max(a, mention.start - 40) : mention.start]) + " "
        loose = _PREPOSITION.search(own) is None
        return Context(
            before=before,
            after=" " + after,
            type=kind,
            name=name,
            subject=loose and "nomn" in cases,
            agent=loose and "ablt" in cases,
            place=_PLACE.search(own) is not None,
            owner=self._owns(mention),
            title=block is not None and block.kind == "title" and mention.name is not None,
            paid_in=is_receipt(self.prose.text, mention.start, mention.end),
            clause=read_clause(self.prose, start, end),
            given=loose and "datv" in cases and (is_allotted(before) or not cases & {"nomn", "ablt", "gent"}),
        )

    def _head(self, mention: OrgMention) -> str:
        """The head of the list in which the organisation is an item («Партнёры проекта:»)."""
        block = self.prose.block(mention.start)
        if block is None or block.kind != "list_item" or block.head is None:
            return ""
        head = self.prose.layout.blocks[block.head]
        named = _LIST_OF.search(self.prose.text[head.start : head.end][-60:])
        return f"{named[1]}: " if named and head.kind == "list_head" else ""

    def _owns(self, mention: OrgMention) -> bool:
        """Right after a project's name: ««Тихий двор» — ТОС «Южный»»."""
        if _PROJECT_BELOW.match(self.prose.text[mention.end : mention.end + 80]):
            line = self.prose.text[max(0, mention.start - 12) : mention.start].rpartition("\n")[2]
            return not re.search(r"[А-Яа-яё]", line)
        ends = [e for e in range(max(0, mention.start - 12), mention.start) if e in self.project_ends]
        return bool(ends) and _OWNER.match(self.prose.text[ends[-1] : mention.start]) is not None

    def _cases(self, mention: OrgMention) -> frozenset[str]:
        """Cases of the head; a legal form has all of them."""
        words = self.prose.slice(mention.start, mention.end)
        head = next((w for w in words if any(f.lemma == mention.head for f in w.forms)), None)
        forms = noun_forms(head.text) if head is not None else frozenset()
        found = frozenset(case for case, number, _ in forms if number == "sing") or frozenset(
            c for c, _, _ in forms
        )
        return found or frozenset({"nomn", "ablt"})

    def _chain(self, mention: OrgMention) -> tuple[int, int]:
        """Bounds of «A, B и C» around a mention: what rules the first or follows the last holds for all."""
        first = last = end = self.places[id(mention)]
        text = self.prose.text
        while (
            first > 0
            and end - first < MAX_CHAIN
            and self._linked(text, self.mentions[first - 1], self.mentions[first])
        ):
            first -= 1
        while (
            last + 1 < len(self.mentions)
            and last - end < MAX_CHAIN
            and self._linked(text, self.mentions[last], self.mentions[last + 1])
        ):
            last += 1
        return self.mentions[first].start, self.mentions[last].end

    @staticmethod
    def _linked(text: str, a: OrgMention, b: OrgMention) -> bool:
        between = plain(text[a.end : b.start])
        return b.start - a.end < 60 and _CHAIN.match(f" {between} ") is not None
