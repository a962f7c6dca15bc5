"""Writes which matter is in which hotspot and what hotspots are called, under the yardstick's lock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import uuid4

from huiyin.hotspots import rules
from huiyin.hotspots.models import Hotspot, Matter, Yardstick
from huiyin.hotspots.workflow import mirror
from huiyin.kernel import clock
from huiyin.text.topics import naming, scale

NAMED_FROM: Final = 200


@dataclass(frozen=True, slots=True)
class _Present:
    """What decides about one matter: the hotspot it is in, whose it is, how many joined in."""

    hotspot_id: int | None
    person: str
    likes: int


def locked() -> Yardstick:
    """The yardstick, locked until the end of the transaction; a new house gets the one that knows nothing."""
    rows = Yardstick.objects.select_for_update().filter(pk=1).defer("grams", "tells")
    found = rows.first()
    if found is None:
        empty = {"fitted_to": 0, "fitted_at": clock.now(), "version": uuid4(), "revision": uuid4()}
        Yardstick.objects.get_or_create(pk=1, defaults=empty | mirror.columns_of_scale(scale.EMPTY))
        found = rows.get()
    return found


def changed(yardstick: Yardstick) -> None:
    """Tell every other process that the matters are others now."""
    yardstick.revision = uuid4()
    yardstick.save(update_fields=["revision"])
    mirror.moved_on(yardstick.revision)


def regroup(groups: Iterable[Sequence[str]]) -> None:
    """Bring the rows of these groups up to date: hotspots go on, are found or go into others, and get their names."""
    members = [[int(key) for key in group] for group in groups]
    present = _present([matter for group in members for matter in group])
    former = {matter: row.hotspot_id for matter, row in present.items() if row.hotspot_id is not None}
    decided = rules.continued(members, former)
    for group, hotspot_id in zip(members, decided.of_group, strict=True):
        _settle(group, hotspot_id, present)
    for lost, heir in decided.went_into.items():
        Hotspot.objects.filter(pk=lost).update(went_into_id=heir)


def _present(matters: list[int]) -> dict[int, _Present]:
    rows = Matter.objects.filter(pk__in=matters).values_list("pk", "hotspot_id", "person", "likes")
    return {pk: _Present(hotspot_id, person, likes) for pk, hotspot_id, person, likes in rows}


def _settle(group: list[int], hotspot_id: int | None, present: dict[int, _Present]) -> None:
    rows = [present[matter] for matter in group]
    if hotspot_id is None:
        concerned = rules.people_concerned([row.person for row in rows], [row.likes for row in rows])
        if concerned >= rules.LEAST_CONCERNED:
            hotspot_id = Hotspot.objects.create(name="", named_for=0, found_at=clock.now()).pk
    moved = [matter for matter in group if present[matter].hotspot_id != hotspot_id]
    if moved:
        Matter.objects.filter(pk__in=moved).update(hotspot_id=hotspot_id)
    if hotspot_id is not None:
        _name(hotspot_id, len(group), is_changed=bool(moved))


def _name(hotspot_id: int, matters: int, *, is_changed: bool) -> None:
    named_for = Hotspot.objects.values_list("named_for", flat=True).get(pk=hotspot_id)
    if not rules.is_to_be_named(named_for, matters) or (matters == named_for and not is_changed):
        return
    rows = Matter.objects.filter(hotspot_id=hotspot_id).order_by("-day", "-pk").values_list("wording", "places")
    newest = list(reversed(rows[:NAMED_FROM]))
    wording = naming.named_from([words for words, _ in newest])
    name = rules.placed(wording, [registered[0] for _, (*_, registered) in newest])
    Hotspot.objects.filter(pk=hotspot_id).update(name=name, named_for=matters)
