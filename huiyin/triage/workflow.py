"""The only writer of suggestions and services: suggest, settle, take; go live, use, go back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.db import connection, transaction

from huiyin.journal import workflow as journal
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people.actors import Actor
from huiyin.triage import queries, readers, thinking
from huiyin.triage.models import Aspect, Reader, Service, Suggestion
from huiyin.triage.thinking import Thought, Words

# Beside those that serve now or served just before, so many files of readers are kept.
FILES_KEPT: Final = 4
_TAKEN: Final = (Aspect.CATEGORY, Aspect.KIND, Aspect.URGENCY, Aspect.PLACE)
_TABLE: Final = Suggestion._meta.db_table  # noqa: SLF001  Django's public way to a table's name
# One statement for all aspects of a matter: this runs at every acceptance, dispatch and closing.
_SETTLE: Final = f"""
    UPDATE "{_TABLE}" AS s SET
        chosen = given.code,
        settled_at = COALESCE(s.settled_at, given.at),
        rank = (SELECT place - 1 FROM jsonb_array_elements(s.choices) WITH ORDINALITY AS listed(choice, place)
                WHERE choice ->> 'code' = given.code)
    FROM (SELECT unnest(%s::text[]) AS aspect, unnest(%s::text[]) AS code, %s::timestamptz AS at) AS given
    WHERE s.appeal_id = %s AND s.aspect = given.aspect AND s.chosen <> given.code
"""  # noqa: S608  our own table's name


def suggest(appeal_id: int, words: Words, *, day: date) -> None:
    """Store what the words of a matter seem to be; done once, a second call changes nothing."""
    suggest_all([(appeal_id, words, day)])


def suggest_all(matters: Iterable[tuple[int, Words, date]]) -> None:
    """Store what the words of several matters seem to be, each with the day it was said."""
    live = queries.live()
    rows = [
        _row(appeal_id, words.area_path, thought)
        for appeal_id, words, day in matters
        for thought in thinking.thoughts(words, day=day, live=live)
    ]
    Suggestion.objects.bulk_create(rows, ignore_conflicts=True)


def _row(appeal_id: int, area_path: str, thought: Thought) -> Suggestion:
    choices = thought.choices[:3]
    return Suggestion(
        appeal_id=appeal_id,
        area_path=area_path,
        aspect=thought.aspect,
        reader_id=thought.reader_id,
        best=choices[0].code if choices else "",
        probability=choices[0].probability if choices else 0.0,
        choices=[{"code": each.code, "p": round(each.probability, 4), "words": each.words} for each in choices],
        abstains=thought.abstains,
        suggested_at=clock.now(),
    )


def settle(appeal_id: int, chosen: Mapping[str, str]) -> None:
    """Keep beside each suggestion what people chose; a later choice takes the place of an earlier one."""
    given = {aspect: code for aspect, code in chosen.items() if code}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [list(given), list(given.values()), clock.now(), appeal_id])


@transaction.atomic
def take(actor: Actor, appeal_id: int) -> None:
    """Keep that the suggestions of a matter were accepted with one key, by somebody who has just accepted it."""
    Suggestion.objects.filter(appeal_id=appeal_id, aspect__in=_TAKEN).update(is_taken=True)
    journal.record(actor, "suggestion.take", kind="suggestion", subject_id=appeal_id)


@transaction.atomic
def keep_reader(actor: Actor, reader: Reader) -> Reader:
    """Keep the row of a reader that was just trained and, when it was not worse, let it serve from now on."""
    reader.save(force_insert=True)
    journal.record(
        actor,
        "reader.train",
        kind="reader",
        subject_id=reader.pk,
        after=reader.outcome,
        data={"aspect": reader.aspect, "lessons": reader.lessons_count, "sha256": reader.sha256},
    )
    if reader.outcome == Reader.Outcome.LIVE:
        _serve(actor, reader.aspect, reader, is_pinned=False)
    return reader


def use(actor: Actor, pk: int) -> Service:
    """Let a reader serve because a person says so; the nights go on training but switch no more (see `release`).

    Raises NotFound, RuleBroken when its file is not kept.
    """
    reader = queries.reader(pk)
    if not reader.sha256 or not readers.is_there(reader.sha256):
        raise RuleBroken("reader_without_file", N_("第 %(number)s 号模型的文件没有保留，不能上线。"), number=pk)
    with transaction.atomic():
        return _serve(actor, reader.aspect, reader, is_pinned=True)


@transaction.atomic
def use_starter(actor: Actor, aspect: str) -> Service:
    """Let the starter serve an aspect because a person says so."""
    return _serve(actor, aspect, None, is_pinned=True)


@transaction.atomic
def go_back(actor: Actor, aspect: str) -> Service:
    """Let the reader serve again that served before the present one; the nights switch no more (see `release`).

    Raises RuleBroken when nothing served before.
    """
    now = _locked(aspect)
    if now is None:
        raise RuleBroken(
            "nothing_before", N_("「%(aspect)s」一直用词表，没有更早的模型可以换回。"), aspect=Aspect(aspect).label
        )
    before = now.before
    service = Service(
        aspect=aspect,
        reader=before.reader if before else None,
        since=clock.now(),
        is_pinned=True,
        before=before.before if before else None,
    )
    return _record(actor, service, "reader.go_back")


@transaction.atomic
def release(actor: Actor, aspect: str) -> Service | None:
    """Let the nights switch an aspect's reader again; the present one goes on serving until a better one comes."""
    now = _locked(aspect)
    if now is None or not now.is_pinned:
        return now
    service = Service(aspect=aspect, reader=now.reader, since=clock.now(), is_pinned=False, before=now.before)
    return _record(actor, service, "reader.release")


def _locked(aspect: str) -> Service | None:
    return Service.objects.select_for_update().filter(aspect=aspect).order_by("-pk").first()


def _serve(actor: Actor, aspect: str, reader: Reader | None, *, is_pinned: bool) -> Service:
    now = _locked(aspect)
    service = Service(aspect=aspect, reader=reader, since=clock.now(), is_pinned=is_pinned, before=now)
    return _record(actor, service, "reader.serve")


def _record(actor: Actor, service: Service, verb: str) -> Service:
    service.save(force_insert=True)
    journal.record(
        actor,
        verb,
        kind="reader",
        subject_id=service.reader_id or 0,
        data={"aspect": service.aspect, "pinned": service.is_pinned},
    )
    queries.forget_live()
    return service


def drop_old_files() -> int:
    """Take the files of readers out of the store that nobody goes back to; returns how many were dropped.

    Kept are the files that serve, those that served before them, and the newest ones of each aspect.
    """
    kept: set[str] = set()
    for service in queries.serving().values():
        chain: Service | None = service
        for _ in range(2):
            if chain is not None:
                kept |= {chain.reader.sha256} if chain.reader is not None else set()
                chain = chain.before
    dropped = 0
    seen: dict[str, int] = {}
    for reader in queries.with_files():
        seen[reader.aspect] = seen.get(reader.aspect, 0) + 1
        if reader.sha256 not in kept and seen[reader.aspect] > FILES_KEPT:
            readers.drop(reader.sha256)
            reader.sha256, reader.size_bytes = "", 0
            reader.save(update_fields=["sha256", "size_bytes"])
            dropped += 1
    return dropped
