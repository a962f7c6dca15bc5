"""De-identification of what is published, in one place: masked words, the place only as far as the estate."""

import re
from dataclasses import dataclass
from typing import Final

from huiyin.appeals import belongings
from huiyin.appeals.models import Appeal
from huiyin.people import workflow as people
from huiyin.territory.models import Area
from huiyin.text.mask.findings import Masked, Party
from huiyin.text.mask.houses import Depth
from huiyin.text.mask.masking import mask

_CUT_NUMBER: Final = re.compile(
    r"[\dA-Za-z][\dA-Za-z\s\-]*…$"
)  # a subject cut off inside a number hides it from masking


@dataclass(frozen=True, slots=True)
class Draft:
    """The machine's proposal of a notice; a person compares it with the original before anything is shown."""

    title: str
    place: str
    said: str
    answer: str


def parties_of(appeal: Appeal) -> list[Party]:
    """The known parties of an appeal, whose names and numbers must not appear."""
    if appeal.contact is None:
        return []
    name, *identifiers = [*people.known_parties(appeal.contact), ""]
    return [Party(name, tuple(value for value in identifiers if value))] if name else []


def masked(text: str, parties: list[Party]) -> Masked:
    """A text without personal data and without the number of the building."""
    return mask(text, known=parties, depth=Depth.BUILDING)


def public_place(area: Area) -> str:
    """A place as it is published: the estate, else the community; never the building (scenario S01)."""
    if area.estate is not None:
        return area.estate.name
    if area.kind in (Area.Kind.BUILDING, Area.Kind.GRID) and area.parent is not None:
        return public_place(area.parent)
    return area.name


def draft_of(appeal: Appeal) -> Draft:
    """What a notice of an appeal would say."""
    parties = parties_of(appeal)
    return Draft(
        title=_CUT_NUMBER.sub("…", masked(appeal.subject, parties).text)[:80],
        place=public_place(appeal.area)[:80],
        said=masked(appeal.detail, parties).text,
        answer=masked(belongings.answer_given(appeal), parties).text,
    )
