"""Replaces personal data in a text by neutral signs and says what was replaced, where and why."""

from collections.abc import Collection, Sequence

from huiyin.text.mask import accounts, folding, houses, minors, names, numbers
from huiyin.text.mask.findings import OTHER_REPLACEMENT, REPLACEMENTS, Finding, Masked, Party, Span, resolved
from huiyin.text.mask.houses import Depth


def mask(
    text: str,
    *,
    known: Sequence[Party] = (),
    keep: Collection[str] = (),
    depth: Depth = Depth.BELOW_BUILDING,
) -> Masked:
    """The text with personal data replaced, ready to be compared with the original by the person who releases it.

    known: the parties of the appeal, whose names go wherever they stand. keep: strings that stay as they are, such as
    a unit's public telephone or the name of an official acting in office. depth: Depth.BUILDING leaves only the estate
    of an address. Outside the spans every sign of the original stays. Linear in the length; no error for any string.
    """
    spans: list[Span] = []
    parts: list[str] = []
    at = length = 0
    for found in findings(text, known=known, keep=keep, depth=depth):
        replacement = REPLACEMENTS.get(found.kind, OTHER_REPLACEMENT)
        parts += [text[at : found.start], replacement]
        length += found.start - at
        spans.append(_span(found, length, length + len(replacement)))
        length += len(replacement)
        at = found.end
    return Masked("".join([*parts, text[at:]]), tuple(spans))


def findings(
    text: str, *, known: Sequence[Party] = (), keep: Collection[str] = (), depth: Depth = Depth.BELOW_BUILDING
) -> list[Finding]:
    """What mask would replace, in order and without overlaps, offsets in the original text."""
    narrow = folding.narrowed(text)
    found = [
        *names.known_names(narrow, [_narrowed(party) for party in known]),
        *numbers.numbers(narrow),
        *accounts.plates(narrow),
        *accounts.accounts(narrow),
        *houses.house_numbers(narrow, depth),
        *minors.as_minors(narrow, names.names(narrow)),
        *minors.minors(narrow),
    ]
    kept = _kept(narrow, keep)
    return resolved(each for each in found if not any(start <= each.start and each.end <= end for start, end in kept))


def _narrowed(party: Party) -> Party:
    identifiers = tuple(folding.narrowed(each) for each in party.identifiers)
    return Party(folding.narrowed(party.name), identifiers, party.is_minor)


def _kept(narrow: str, keep: Collection[str]) -> list[tuple[int, int]]:
    stretches = []
    for string in keep:
        sought = folding.narrowed(string)
        at = narrow.find(sought) if sought else -1
        while at >= 0:
            stretches.append((at, at + len(sought)))
            at = narrow.find(sought, at + 1)
    return stretches


def _span(found: Finding, masked_start: int, masked_end: int) -> Span:
    return Span(
        start=found.start,
        end=found.end,
        masked_start=masked_start,
        masked_end=masked_end,
        kind=found.kind,
        original_length=found.end - found.start,
        reason_code=found.reason_code,
        confidence=found.confidence,
    )
