"""Finds names of persons by surname, given name and context; says how sure it is and why."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from huiyin.text import segment
from huiyin.text.mask import cues, surnames
from huiyin.text.mask.findings import Finding, Kind, Party

_HAN = "一-龥"
_GAP = r"[\s·•\u200b]{0,2}"
_SURNAMES = "".join(sorted(surnames.COMMON | surnames.RARE))
_CANDIDATE = re.compile(rf"(?=((?:{'|'.join(surnames.COMPOUND)})[{_HAN}]{{1,2}}|[{_SURNAMES}][{_HAN}]{{1,2}}))")
_INITIALLY_SPACED = re.compile(rf"(?<![{_HAN}])([{_SURNAMES}])[ \u200b]([{_HAN}])(?:[ \u200b]?([{_HAN}]))?(?![{_HAN}])")

_LINK = r"(?:名字?叫|叫|是|为|名为|姓名|[:：\s\"“「'(（—\-、]){0,3}"
_OTHER = rf"[^{_HAN}\w]"


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_LEFT = (
    (re.compile(rf"{_any(cues.NAMING)}{_LINK}$"), 3.0, "after_naming_word"),
    (re.compile(rf"{_any(cues.ROLES)}{_LINK}$"), 2.2, "after_role"),
    (re.compile(r"我(?:就)?是$"), 1.5, "after_naming_word"),
    (re.compile(rf"{_any(cues.VERBS_BEFORE)}\s?$"), 1.0, "after_verb"),
    (re.compile(rf"(?:^|{_OTHER})$"), 0.9, "starts_clause"),
    (re.compile(rf"{_any(cues.WORDS_BEFORE)}$"), 0.2, "plain"),
)
_FOREIGN = re.compile(
    rf"(?:{_any(cues.NAMING)}|{_any(cues.ROLES)}){_LINK}"
    rf"(?P<name>[{_HAN}]{{2,6}}[·•][{_HAN}]{{2,6}}|[A-Z][a-z]+(?:[ ·][A-Z][a-z]+){{1,2}})"
)
_TITLE = _any(cues.TITLES)
_PARTICULARS = (
    r"\s?[(,、]\s?(?:男|女)(?=[,、)\s。;\d])"
    r"|\s?[(,、]?\s?(?:身份证|电话|手机|联系电话|联系方式|现?年|今年)?[:]?\s?\d{1,3}周?岁"
    r"|\s?[(,]?\s?(?:身份证|公民身份)"
)
_RIGHT = (
    (re.compile(_TITLE), 2.2, "before_title"),
    (re.compile(_PARTICULARS), 2.2, "before_particulars"),
    (re.compile(r"\s?[(,:]?\s?(?:电话|手机|联系电话|联系方式|微信|\+?\d{11}|1[3-9]\d)"), 1.6, "before_contact"),
    (re.compile(_any(cues.VERBS_AFTER)), 1.1, "before_verb"),
    (re.compile(r"的(?=$|[,。!;?])"), 0.7, "before_word"),
    (re.compile(_any(cues.WORDS_AFTER)), 0.5, "before_word"),
    (re.compile(rf"(?:$|{_OTHER})"), 0.7, "ends_clause"),
)
_TITLED = re.compile(rf"{_TITLE}|[姓氏某]")
_LISTING = frozenset("、和与及,")
_THRESHOLD = 2.8
_CERTAIN = 3.6


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    score: float
    reason_code: str


def known_names(narrow: str, parties: Iterable[Party]) -> Iterator[Finding]:
    """Every appearance of a known party's name or identifier, also with spaces, dots or full-width signs inside."""
    for party in parties:
        kind = Kind.MINOR if party.is_minor else Kind.NAME_KNOWN
        for written in (party.name, *party.identifiers):
            pattern = _spaced(written)
            if pattern:
                for at in re.finditer(pattern, narrow, re.IGNORECASE):
                    yield Finding(at.start(), at.end(), kind, "known_party", 1.0)
        yield from _familiar(narrow, party, kind)


def names(narrow: str) -> Iterator[Finding]:
    """Names found by surname, given name and the words around; confidence in [0.5, 0.99].

    A name that was found once is found wherever it stands, and so are its neighbours in a list of names.
    """
    boundaries = _boundaries(narrow)
    candidates: list[_Name] = []
    for at in _CANDIDATE.finditer(narrow):
        candidates.extend(_scored(narrow, at.start(), at.group(1), boundaries))
    found = _strongest(_with_neighbours(narrow, candidates))
    for name in found:
        confidence = min(0.99, 0.5 + (name.score - _THRESHOLD) / 8)
        yield Finding(name.start, name.end, Kind.NAME_CONTEXT, name.reason_code, round(confidence, 2))
    for written in sorted({narrow[each.start : each.end] for each in found if each.score >= _CERTAIN}):
        for again in re.finditer(re.escape(written), narrow):
            yield Finding(again.start(), again.end(), Kind.NAME_CONTEXT, "same_name_again", 0.6)
    yield from _other_names(narrow)
    for at in _INITIALLY_SPACED.finditer(narrow):
        if all(sign in surnames.GIVEN for sign in at.groups()[1:] if sign):
            yield Finding(at.start(), at.end(), Kind.NAME_CONTEXT, "spaced_name", 0.7)


def _other_names(narrow: str) -> Iterator[Finding]:
    """Names with a dot inside and names in Latin letters, when a word for a person or a naming word stands before."""
    for at in _FOREIGN.finditer(narrow):
        yield Finding(at.start("name"), at.end("name"), Kind.NAME_CONTEXT, "foreign_name", 0.7)


def _with_neighbours(narrow: str, candidates: list[_Name]) -> list[_Name]:
    """The candidates above the threshold, and weaker ones that stand in a list beside a stronger one."""
    sure = [each for each in candidates if each.score >= _THRESHOLD + 0.4]
    after = {each.end + 1 for each in sure if narrow[each.end : each.end + 1] in _LISTING}
    before = {each.start - 1 for each in sure if each.start and narrow[each.start - 1] in _LISTING}
    raised = [
        replace(each, score=each.score + 1.0, reason_code="in_list_of_names")
        if each.start in after or each.end in before
        else each
        for each in candidates
    ]
    return [each for each in raised if each.score >= _THRESHOLD]


def _spaced(written: str) -> str:
    signs = [re.escape(sign) for sign in written if not sign.isspace()]
    return r"[\s·•.\-_\u200b]{0,3}".join(signs)


def _familiar(narrow: str, party: Party, kind: Kind) -> Iterator[Finding]:
    """The given name before a word of kinship, as neighbours say it."""
    given = party.name[2:] if party.name[:2] in surnames.COMPOUND else party.name[1:]
    if len(given) == 2:
        for at in re.finditer(rf"{re.escape(given)}(?=[哥姐叔婶爷嫂姨妹弟伯])", narrow):
            yield Finding(at.start(), at.end(), kind, "given_name_of_known_party", 0.95)


def _boundaries(narrow: str) -> frozenset[int]:
    places, at = {0}, 0
    for word in segment.pieces(narrow):
        at += len(word)
        places.add(at)
    return frozenset(places)


def _scored(narrow: str, start: int, longest: str, boundaries: frozenset[int]) -> Iterator[_Name]:
    size = 2 if longest[:2] in surnames.COMPOUND else 1
    for length in range(size + 1, len(longest) + 1):
        name = _score(narrow, start, longest[:length], size, boundaries)
        if name:
            yield name


def _score(narrow: str, start: int, written: str, size: int, boundaries: frozenset[int]) -> _Name | None:
    surname, given, end = written[:size], written[size:], start + len(written)
    if written in surnames.ORDINARY or any(sign in surnames.NEVER_GIVEN for sign in given):
        return None
    if _TITLED.match(narrow, start + size):
        return None
    left, reason = _cue(_LEFT, narrow[max(0, start - 14) : start], from_end=True)
    right, right_reason = _cue(_RIGHT, narrow[end : end + 14], from_end=False)
    if any(narrow.startswith(place, end) for place in surnames.PLACE_AFTER) and right < 2:
        return None
    if left + right < 0.4:
        return None
    score = left + right + _surname_weight(surname, size) + _given_weight(given)
    score += _alignment(start, end, boundaries) - _glue(narrow, start, left)
    score -= 1.5 if narrow[start : start + 2] in surnames.ORDINARY else 0.0
    if score < _THRESHOLD - 1.0:
        return None
    return _Name(start, end, score, reason if left >= right else right_reason)


def _cue(cues: tuple[tuple[re.Pattern[str], float, str], ...], around: str, *, from_end: bool) -> tuple[float, str]:
    for pattern, weight, reason in cues:
        if pattern.search(around) if from_end else pattern.match(around):
            return weight, reason
    return 0.0, "surname"


def _surname_weight(surname: str, size: int) -> float:
    if size == 2:
        return 1.6
    weight = 1.0 if surname in surnames.COMMON else 0.6
    return weight - 0.7 if surname in surnames.AMBIGUOUS else weight


def _given_weight(given: str) -> float:
    usual = sum(sign in surnames.GIVEN for sign in given)
    joining = 1.2 if given[-1] in "和家同" else 0.0
    worded = 1.2 if usual < len(given) == 2 and segment.is_word(given) else 0.0
    return (1.0 if len(given) == 2 else 0.4) * (2 * usual / len(given) - 1) - joining - worded


def _alignment(start: int, end: int, boundaries: frozenset[int]) -> float:
    return (0.4 if start in boundaries else -0.5) + (0.4 if end in boundaries else -0.5)


def _glue(narrow: str, start: int, left: float) -> float:
    """How much the sign before the surname holds on to it, as in 紧张 or 主张."""
    if start and left < 2 and segment.is_word(narrow[start - 1 : start + 1]):
        return 0.8
    return 0.0


def _strongest(candidates: list[_Name]) -> list[_Name]:
    """Of candidates that overlap, the one with the highest score."""
    chosen: list[_Name] = []
    for name in sorted(candidates, key=lambda each: (-each.score, each.start - each.end, each.start)):
        if all(name.end <= other.start or name.start >= other.end for other in chosen):
            chosen.append(name)
    return chosen
