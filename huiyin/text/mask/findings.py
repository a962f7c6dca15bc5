"""What masking knows and what it hands back: kinds of personal data, known parties, findings and spans."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """A kind of personal data; stored with every span and shown to the person who releases."""

    NAME_KNOWN = "name_known"
    ID_CARD = "id_card"
    BANK_CARD = "bank_card"
    PHONE = "phone"
    LANDLINE = "landline"
    EMAIL = "email"
    WECHAT_QQ = "wechat_qq"
    PLATE = "plate"
    MINOR = "minor"
    HOUSE_NUMBER = "house_number"
    NAME_CONTEXT = "name_context"


RANK = {kind: place for place, kind in enumerate(Kind)}

REPLACEMENTS = {
    Kind.NAME_KNOWN: "某某",
    Kind.NAME_CONTEXT: "某某",
    Kind.MINOR: "某某",
    Kind.HOUSE_NUMBER: "＊＊",
}
OTHER_REPLACEMENT = "＊＊＊"


@dataclass(frozen=True, slots=True)
class Party:
    """A person known to belong to the appeal: the name, and whatever else must not appear (numbers, nicknames)."""

    name: str
    identifiers: tuple[str, ...] = ()
    is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch [start, end) of the original text that one rule holds for personal data."""

    start: int
    end: int
    kind: Kind
    reason_code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Span:
    """One masked stretch: [start, end) in the original, [masked_start, masked_end) in the masked text."""

    start: int
    end: int
    masked_start: int
    masked_end: int
    kind: Kind
    original_length: int
    reason_code: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Masked:
    """The masked text and every stretch that was replaced, in order of appearance; spans never overlap."""

    text: str
    spans: tuple[Span, ...]


def resolved(findings: Iterable[Finding]) -> list[Finding]:
    """Findings without overlaps: what overlaps becomes one stretch, named after its most serious kind."""
    merged: list[Finding] = []
    for found in sorted(findings, key=lambda each: (each.start, each.end, RANK[each.kind], -each.confidence)):
        if merged and found.start < merged[-1].end:
            merged[-1] = _union(merged[-1], found)
        else:
            merged.append(found)
    return merged


def _union(first: Finding, second: Finding) -> Finding:
    lead = min(first, second, key=lambda each: (RANK[each.kind], -each.confidence))
    return Finding(first.start, max(first.end, second.end), lead.kind, lead.reason_code, lead.confidence)
