"""What the triage form shows of the machine's suggestions: names, how sure in words, why, and what one key accepts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.appeals import reading
from huiyin.appeals import rules as appeal_rules
from huiyin.appeals.models import Appeal
from huiyin.catalogue.models import AppealType, Category, Urgency
from huiyin.catalogue.queries import Lead
from huiyin.desk import options
from huiyin.kernel import clock
from huiyin.kernel.held import Held, HeldByKey
from huiyin.people import queries as people
from huiyin.territory import queries as territory
from huiyin.triage import queries, rules, thinking
from huiyin.triage.models import Aspect, Suggestion
from huiyin.triage.rules import Confidence, Tally
from huiyin.triage.starter import Choice
from huiyin.triage.thinking import Words

CONFIDENCES: Final = {
    Confidence.SURE: gettext_lazy("很有把握"),
    Confidence.FAIRLY: gettext_lazy("比较有把握"),
    Confidence.PERHAPS: gettext_lazy("有些像"),
    Confidence.UNSURE: gettext_lazy("拿不准"),
}
_TONES: Final = {Confidence.SURE: "jade", Confidence.FAIRLY: "jade", Confidence.PERHAPS: "amber"}
# A choice less probable than this is not worth a line, unless it is the best there is.
_FAINT: Final = 0.05
_PAST: Final = timedelta(days=180)
_ENOUGH: Final = 20
_UNIT_NAMES: Final[HeldByKey[str, str]] = HeldByKey(seconds=60.0)
_RECORD: Final = Held(
    lambda: queries.right_by_confidence({word.name: word.value for word in Confidence}, since=clock.now() - _PAST),
    seconds=3600.0,
)


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as it is shown: its code and name, how sure in words, and the words that decided."""

    code: str
    name: str
    confidence: Confidence
    words: tuple[str, ...]

    @property
    def sure(self) -> str:
        """How sure, in words."""
        return str(CONFIDENCES[self.confidence])

    @property
    def tone(self) -> str:
        """The tone of that word's label."""
        return _TONES.get(self.confidence, "plain")


@dataclass(frozen=True, slots=True)
class Line:
    """One aspect of the suggestion: what it is called and the best choice."""

    label: str
    best: Option


@dataclass(frozen=True, slots=True)
class Likely:
    """One category that words seem to belong to, the unit the 派单目录 names for it, and whether it is chosen."""

    category: Option
    lead: Lead | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """The suggestions for one matter; `values` are the form's fields that one key sends, empty when it must not."""

    lines: Sequence[Line]
    categories: Sequence[Option]
    values: Mapping[str, str]
    initial: Mapping[str, str]
    source: str
    record: str
    is_stored: bool

    @property
    def can_take(self) -> bool:
        """Whether all of it can be accepted with one key."""
        return bool(self.values)


def of(found: Appeal) -> Advice | None:
    """What is suggested for a matter, stored or, before the worker has read it, by the starter; None without any."""
    stored = queries.of_appeal(found.pk)
    choices = {aspect: _choices(row) for aspect, row in stored.items()} or _fresh(found)
    choices = _allowed(found, choices)
    if not choices:
        return None
    told = [aspect for aspect in Aspect if aspect in choices]
    lines = [Line(str(aspect.label), _option(aspect, choices[aspect][0])) for aspect in told]
    categories = [_option(Aspect.CATEGORY, choice) for choice in choices.get(Aspect.CATEGORY, [])]
    initial = _initial(found, choices)
    is_whole = bool(stored) and {"category", "appeal_type"} <= set(initial)
    sure = categories[0].confidence if categories else Confidence.UNSURE
    return Advice(
        lines=[line for line in lines if _is_worth_a_line(line)],
        categories=categories,
        values=initial if is_whole else {},
        initial=initial,
        source=_source(stored.get(Aspect.CATEGORY)),
        record=_record(sure),
        is_stored=bool(stored),
    )


def while_typing(detail: str, area_path: str, *, chosen: str) -> list[Likely]:
    """The categories words that nobody has stored yet seem to belong to, with whom each would go to in a place.

    The one that was chosen already stays among them, whatever is typed after it.
    """
    today = clock.today()
    words = Words(appeal_rules.subject_of(detail), detail, area_path=area_path)
    thoughts = {each.aspect: each.choices for each in queries.first_thoughts(words, today)}
    known = codes()
    found = _worth_showing([choice for choice in thoughts[Aspect.CATEGORY] if choice.code in known])
    if chosen in known and chosen not in {choice.code for choice in found}:
        found.append(Choice(chosen, 0.0, ()))
    return [
        Likely(
            _option(Aspect.CATEGORY, choice),
            thinking.lead_of(choice.code, area_path, today),
            is_chosen=choice.code == chosen,
        )
        for choice in found
    ]


def _is_worth_a_line(line: Line) -> bool:
    """Whether a line says something: it is not a mere guess, and not that nothing is urgent."""
    return line.best.confidence is not Confidence.UNSURE and line.best.code != Urgency.NORMAL


def _choices(row: Suggestion) -> list[Choice]:
    return [Choice(each["code"], each["p"], tuple(each["words"])) for each in row.choices]


def _fresh(found: Appeal) -> dict[str, list[Choice]]:
    return {each.aspect: list(each.choices) for each in queries.first_thoughts(reading.words_of(found), clock.today())}


def _allowed(found: Appeal, choices: Mapping[str, list[Choice]]) -> dict[str, list[Choice]]:
    """Without what cannot be: kinds an anonymous matter cannot have, categories that ended, places elsewhere."""
    known = codes()
    keep = {
        Aspect.KIND: lambda each: not found.is_anonymous or appeal_rules.may_anonymous(each.code),
        Aspect.CATEGORY: lambda each: each.code in known,
    }
    kept = {
        aspect: [each for each in given if aspect not in keep or keep[Aspect(aspect)](each)]
        for aspect, given in choices.items()
    }
    return {aspect: _worth_showing(given) for aspect, given in kept.items() if given}


def _worth_showing(given: list[Choice]) -> list[Choice]:
    return given[:1] + [each for each in given[1 : rules.SHOWN] if each.probability >= _FAINT]


def _option(aspect: str, choice: Choice) -> Option:
    words = tuple(category_name(word) for word in choice.words) if aspect == Aspect.UNIT else choice.words
    return Option(choice.code, _name(aspect, choice), rules.confidence(choice.probability), words)


def _name(aspect: str, choice: Choice) -> str:
    match aspect:
        case Aspect.CATEGORY:
            return category_name(choice.code)
        case Aspect.KIND:
            return str(AppealType(choice.code).label)
        case Aspect.URGENCY:
            return str(Urgency(choice.code).label)
        case Aspect.UNIT:
            return _UNIT_NAMES.get(choice.code, lambda: people.unit_by_code(choice.code).name)
        case _:
            return choice.words[0]


def _row(code: str) -> Category | None:
    return next((row for row in options.category_rows() if row.code == code), None)


def codes() -> set[str]:
    """The categories a matter can be filed under today: the third level of the catalogue."""
    return {row.code for row in options.category_rows() if row.level == 3}


def category_name(code: str) -> str:
    """A category with the branch it belongs to; its code when the catalogue does not have it any more."""
    row = _row(code)
    if row is None:
        return code
    top = row.parent.parent if row.parent is not None and row.parent.parent is not None else None
    return _("%(name)s（%(branch)s）") % {"name": row, "branch": top} if top is not None else str(row)


def _initial(found: Appeal, choices: Mapping[str, list[Choice]]) -> dict[str, str]:
    """The values of the form as suggested, without those nobody should rely on."""
    fields = {Aspect.CATEGORY: "category", Aspect.KIND: "appeal_type", Aspect.URGENCY: "urgency"}
    kept = {
        name: choices[aspect][0].code
        for aspect, name in fields.items()
        if aspect in choices and choices[aspect][0].probability >= rules.LEAST_PROBABILITY
    }
    return kept | {"place": _place(found, choices), "subject": found.subject, "urgency": kept.get("urgency", "normal")}


def _place(found: Appeal, choices: Mapping[str, list[Choice]]) -> str:
    """The place named in the words when it lies within the registered one and says more; else the registered one."""
    best = next(iter(choices.get(Aspect.PLACE, [])), None)
    if best is None or best.probability < rules.LEAST_PROBABILITY or best.code == found.area.code:
        return found.area.full_name
    lies_within = territory.area_by_code(best.code).path.startswith(found.area_path)
    return best.words[0] if lies_within else found.area.full_name


def _source(category: Suggestion | None) -> str:
    if category is None or category.reader is None:
        return _("根据事项分类的词表；还没有从本地办结的诉求里学习")
    return _("从本地办结的 %(count)s 件里学来的（第 %(number)s 号模型）") % {
        "count": category.reader.lessons_count,
        "number": category.reader.pk,
    }


def _record(word: Confidence) -> str:
    """How often what was said with this word was left as it was, once there are enough to tell."""
    tally: Tally = _RECORD.get()[word.name]
    if tally.settled < _ENOUGH:
        return ""
    return _("近半年说「%(word)s」的 %(count)s 件里，工作人员没有改的有 %(right)s 件。") % {
        "word": CONFIDENCES[word],
        "count": tally.settled,
        "right": tally.right,
    }
