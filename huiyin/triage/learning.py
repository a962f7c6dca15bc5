"""Learns a reader from closed appeals and compares it with the one that serves; loads the solvers, so never the web.

Only `huiyin triage train` imports it, in a process of its own.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from huiyin.kernel import clock
from huiyin.text.classify import training
from huiyin.text.classify.model import Classifier
from huiyin.text.classify.views import Appeal
from huiyin.text.mask.masking import mask
from huiyin.triage import queries, readers, rules, starter, thinking
from huiyin.triage.lessons import Lesson
from huiyin.triage.models import Aspect, Reader
from huiyin.triage.readers import Stated
from huiyin.triage.rules import Learned, Missing, Verdict
from huiyin.triage.starter import Choice
from huiyin.triage.thinking import Words

Progress = Callable[[], object]
STEPS: Final = 2
_WITH_FILE: Final = (Verdict.LIVE, Verdict.PINNED)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one aspect is learned from and judged by: appeals with their label, what else is learned, held out ones."""

    aspect: str
    taught: Sequence[tuple[Lesson, str]]
    learned: Learned
    held_out: Sequence[Lesson]
    closed_count: int


def plan(lessons: Sequence[Lesson], aspect: str) -> Plan | Missing:
    """Part the lessons of an aspect into those that teach and those that judge, or say what is missing."""
    usable = [lesson for lesson in lessons if lesson.labels.get(aspect)]
    since = rules.judged_since(lesson.closed_at for lesson in usable)
    if since is None:
        return Missing.LESSONS
    held_out = [lesson for lesson in usable if rules.is_held_out(lesson.appeal_id, lesson.closed_at, since)]
    aside = {lesson.appeal_id for lesson in held_out}
    teaching = [lesson for lesson in usable if lesson.appeal_id not in aside]
    counts = Counter(lesson.labels[aspect] for lesson in teaching)
    label_of = rules.labels_by_leaf(counts, _parents() if aspect == Aspect.CATEGORY else {})
    taught = [(lesson, label_of[code]) for lesson in teaching if (code := lesson.labels[aspect]) in label_of]
    lacking = rules.missing([label for _, label in taught], lessons=len(usable))
    if lacking is not None:
        return lacking
    return Plan(
        aspect, taught, Learned(label_of, dict(counts), rules.trust(len(taught), len(teaching))), held_out, len(lessons)
    )


def _parents() -> Mapping[str, str]:
    return thinking.starter_of(clock.today()).parents


def learn(given: Plan, *, progress: Progress) -> Reader:
    """A reader trained on what teaches and compared on what judges with the one that serves; not yet stored.

    Its file is in the store when it may go live.
    """
    appeals = [_without_persons(lesson) for lesson, _ in given.taught]
    classifier = training.trained(appeals, [label for _, label in given.taught])
    progress()
    service = queries.serving().get(given.aspect)
    live = service.reader if service is not None else None
    right = _right(given, _choices_by(given, classifier, given.learned))
    live_right = _right(given, _live_choices(given, live))
    verdict = rules.verdict(
        right=right,
        live_right=live_right,
        held_out=len(given.held_out),
        is_pinned=service is not None and service.is_pinned,
    )
    progress()
    sha256, size_bytes = readers.keep(classifier) if verdict in _WITH_FILE else ("", 0)
    return Reader(
        aspect=given.aspect,
        trained_at=clock.now(),
        closed_count=given.closed_count,
        lessons_count=len(given.taught),
        labels_count=len(classifier.labels),
        sha256=sha256,
        size_bytes=size_bytes,
        learned=asdict(given.learned),
        figures=classifier.figures,
        held_out_count=len(given.held_out),
        right_count=right,
        live_right_count=live_right,
        compared_with=live,
        outcome=verdict.value,
    )


def _without_persons(lesson: Lesson) -> Appeal:
    """The words of a lesson with names, numbers and house numbers masked, so that no reader's file holds them."""
    return Appeal(mask(lesson.subject).text, mask(lesson.detail).text)


def _right(given: Plan, chosen: Sequence[Sequence[Choice]]) -> int:
    pairs = zip(given.held_out, chosen, strict=True)
    return sum(bool(choices) and choices[0].code == lesson.labels[given.aspect] for lesson, choices in pairs)


def _live_choices(given: Plan, live: Reader | None) -> list[list[Choice]]:
    """What the reader that serves, or the starter, makes of the held out appeals."""
    if live is not None and readers.is_there(live.sha256):
        return _choices_by(given, readers.load(live.sha256), queries.learned_of(live))
    match given.aspect:
        case Aspect.CATEGORY:
            known = thinking.starter_of(clock.today())
            return [thinking.of_category(known, Words(each.subject, each.detail)) for each in given.held_out]
        case Aspect.KIND:
            return [starter.kinds(each.subject, each.detail) for each in given.held_out]
        case _:
            return [starter.urgencies(each.subject, each.detail) for each in given.held_out]


def _choices_by(given: Plan, classifier: Classifier, learned: Learned) -> list[list[Choice]]:
    said = readers.all_stated(classifier, [Appeal(each.subject, each.detail) for each in given.held_out])
    if given.aspect != Aspect.CATEGORY:
        return [thinking.of_labels(each) for each in said]
    return [_category(lesson, learned, each) for lesson, each in zip(given.held_out, said, strict=True)]


def _category(lesson: Lesson, learned: Learned, said: Mapping[str, Stated]) -> list[Choice]:
    known = thinking.starter_of(clock.today())
    return thinking.of_category(known, Words(lesson.subject, lesson.detail), learned, said)
