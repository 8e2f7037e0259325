"""Whether a paragraph is still on the project that it named some sentences ago.

It opens with the project, the figure's own sentence refers back to it, or it goes on with the same things.
"""

from __future__ import annotations

from svod.extract.figures.context import Scene, Spot, Stretch, is_predicate
from svod.extract.projects.topics import Place
from svod.extract.words.screened import Screened

LABEL = 3  # tokens of a line that only says where
LOOSE = 3  # sentences
_GOES_ON = Screened(
    r"(?<![а-яё])(?:он[аио]?|е[её]|его|им[и]?|их|ей|ему|н[её]м|него|нему|ней|них|ним[и]?|это[мгй]?[оаи]?|эт[аиоу]"
    r"|здесь|там|тут|проект\w*|программ\w*|участник\w*|грант|бюджет|стоимость|сумма|средства"
    r"|всего|итого|кроме|также|ещё|еще|за это время)(?![а-яё])"
)


def refers_back(spot: Spot) -> bool:
    """«Там побывали …», «Кроме того, …», «Бюджет – …»: the sentence goes on with what was told."""
    return _GOES_ON.search(spot.sentence_text) is not None


def still_on(spot: Spot, place: Place) -> bool:
    """The paragraph is about the project: it opens with it, or the figure's own sentence refers back."""
    scene = spot.scene
    opening = scene.sentence(scene.doc.token_index(spot.block.start))
    if (
        opening.last - opening.first <= LABEL
        and opening.last < len(scene.tokens)
        and scene.tokens[opening.first].text[:1].isalpha()
    ):
        opening = scene.sentence(opening.last)  # «Сургут. …»: the first sentence after the place
    at = scene.doc.token_index(place.start)
    if at in opening:
        return True
    near = scene.sentence_number(spot.first) - scene.sentence_number(at)
    caption = near <= 1 and not place.project.needs_metric and _is_caption(spot, opening)
    if caption and at in scene.sentence(opening.last):
        return True
    if near == 1 and _nouns(spot.sentence, scene) & _nouns(scene.sentence(at), scene):
        return True  # «совершила 64 выезда. Внеплановых выездов – 5»
    return near <= LOOSE and refers_back(spot)


def _nouns(sentence: Stretch, scene: Scene) -> set[str]:
    return {t.lemma for t in scene.words(sentence) if t.forms and t.forms[0].pos == "NOUN"}


def _is_caption(spot: Spot, opening: Stretch) -> bool:
    """«3. Поддержка инвалидов. Услугами службы «X» …»: the first words only say what the paragraph is on."""
    scene = spot.scene
    return opening.last < len(scene.tokens) and not any(is_predicate(t) for t in scene.words(opening))
