"""Who finds what: by words and by likeness, never more than the right to see, from the moment it is registered."""

import pytest
from django.db.models import Q

from huiyin.access import policy
from huiyin.appeals import queries, searching, wording
from huiyin.appeals.workflow import closing, intake, triage
from huiyin.catalogue.models import RefusalCode
from huiyin.finding import queries as finding
from huiyin.finding import reach, workflow
from huiyin.finding.models import Wording
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, numbers
from huiyin.people import queries as people
from huiyin.people.actors import NOBODY, SYSTEM, resident
from huiyin.territory import queries as territory
from tests.journeys.steps import intake as said
from tests.journeys.steps import who

pytestmark = pytest.mark.usefixtures("_haiqing")

WORDS = "铁路小区 3 号楼前路灯不亮，晚上看不见路"


def registered(words: str = WORDS, *, by: str = "clerk.lt", place: str = "lt-tielu-03", **more: object) -> int:
    found = intake.register(who(by), said(words, place=place, name="王秀兰", phone="199 0000 1001", **more))  # type: ignore[arg-type]
    return found.pk


def hits(login: str, typed: str) -> list[int]:
    return [row.pk for row in searching.search(who(login), typed).rows]


def test_a_matter_is_found_at_once_by_those_who_see_it_and_by_nobody_else() -> None:
    pk = registered(place_text="小卖部旁边")
    assert hits("clerk.lt", "路灯") == hits("leader.hq", "路燈 不亮") == hits("clerk.lt", "小卖部") == [pk]
    assert hits("clerk.ml", "路灯") == hits("contact.housing", "路灯") == []
    for actor in (NOBODY, resident(), SYSTEM):
        assert searching.search(actor, "路灯").rows == []
    assert [row.pk for row in searching.search(resident(pk), "路灯").rows] == [pk]
    assert hits("clerk.lt", "王秀兰") == hits("clerk.lt", "19900001001") == []


def test_the_unit_finds_its_orders_and_only_those() -> None:
    pk, other = registered(), registered("铁路小区路灯杆歪了")
    triage.accept(who("clerk.lt"), pk, appeal_type="help", category="010101")
    triage.dispatch(who("clerk.lt"), pk, unit_id=people.unit_by_code("housing").pk, reason="道路照明养护职责")
    assert hits("contact.housing", "路灯") == []
    journal_tasks.run_held_reactions()
    assert hits("contact.housing", "路灯") == [pk]
    assert hits("clerk.lt", "路灯") == [other, pk]


def test_another_place_and_subject_settled_at_acceptance_are_found() -> None:
    pk = registered(by="dispatch.hq", place="lt-tielu-03")
    other = queries.visible(who("leader.hq")).get().area
    assert hits("clerk.ml", "路灯") == []
    moved = territory.area_by_code("990101001002").pk
    triage.accept(who("dispatch.hq"), pk, appeal_type="help", category="010101", area_id=moved, subject="照明设施损坏")
    taken_up = searching.search(who("clerk.lt"), "路灯")
    assert (taken_up.rows, taken_up.total, taken_up.is_more_than_total) == ([], 0, False)
    journal_tasks.run_held_reactions()
    assert hits("clerk.ml", "路灯") == hits("clerk.ml", "照明设施") == [pk]
    assert other.code == "lt-tielu-03" and hits("clerk.lt", "路灯") == []


def test_a_whole_number_leads_to_its_matter_and_half_a_number_to_none() -> None:
    pk = registered()
    number = queries.appeal(who("clerk.lt"), pk).number
    assert hits("clerk.lt", numbers.grouped(number)) == [pk]
    assert hits("clerk.ml", number) == [] and hits("clerk.lt", number[:6]) == []


def test_ended_matters_are_found_too() -> None:
    pk = registered()
    ground = RefusalCode.objects.filter(is_redirect=True).order_by("code")[0]
    triage.redirect(who("clerk.lt"), pk, ground=ground.code, text="请到区人民法院立案庭。")
    assert hits("clerk.lt", "路灯") == [pk]


def test_pages_go_on_where_the_last_one_ended_and_the_total_stays() -> None:
    ids = [registered(f"路灯不亮第{at}次") for at in range(60)]
    seen: list[int] = []
    after = ""
    while True:
        page = searching.search(who("clerk.lt"), "路灯", after=after)
        assert (page.total, page.is_more_than_total) == (60, False)
        seen += [row.pk for row in page.rows]
        after = page.after
        if not after:
            break
    assert seen == ids[::-1]


def test_more_than_a_thousand_is_said_honestly(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [registered(f"路灯不亮第{at}次") for at in range(31)]
    monkeypatch.setattr(searching, "COUNT_LIMIT", 10)
    page = searching.search(who("clerk.lt"), "路灯")
    assert (page.total, page.is_more_than_total, [row.pk for row in page.rows]) == (10, True, ids[:5:-1][:11])
    later = searching.search(who("clerk.lt"), "路灯", after=str(ids[20]))
    assert [row.pk for row in later.rows] == ids[19::-1]


def test_lists_are_narrowed_by_the_same_words() -> None:
    pk = registered()
    registered("自来水发黄")
    chosen = queries.Chosen(words="路燈　不亮")
    found = queries.narrowed(queries.in_list(who("clerk.lt"), "all"), chosen, now=clock.now())
    assert [row.pk for row in found] == [pk]
    assert finding.says("appeal", " ") == Q()


def test_a_list_of_open_matters_finds_what_is_open_within_its_scope() -> None:
    pk, other = registered(), registered("铁路小区路灯杆歪了")
    ground = RefusalCode.objects.filter(is_redirect=True).order_by("code")[0]
    triage.redirect(who("clerk.lt"), other, ground=ground.code, text="请到区人民法院立案庭。")
    closing.close(who("clerk.lt"), other)
    journal_tasks.run_held_reactions()
    for login, expected in (("clerk.lt", [pk]), ("leader.hq", [pk]), ("clerk.ml", [])):
        actor, chosen = who(login), queries.Chosen(words="路灯")
        found = queries.narrowed(
            queries.in_list(actor, "all"),
            chosen,
            now=clock.now(),
            scope=policy.scope_q(actor, "appeal.see"),
            only_open=True,
        )
        assert [row.pk for row in found] == expected
    assert reach.OPEN not in Wording.objects.get(pk=other).keys and hits("clerk.lt", "路灯") == [other, pk]


def test_a_word_of_very_many_matters_is_looked_up_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [registered(f"路灯不亮第{at}次") for at in range(4)]
    monkeypatch.setattr(finding, "_COMPLETE", 2)
    found = queries.visible(who("clerk.lt")).filter(finding.says("appeal", "路灯"))
    assert sorted(row.pk for row in found) == ids
    assert not queries.visible(who("clerk.lt")).filter(finding.says("appeal", "路灯 电梯")).exists()


def test_alike_are_those_one_sees_first_those_of_the_same_phone() -> None:
    mine = registered()
    other = intake.register(who("clerk.lt"), said("铁路小区5号楼门前的路灯不亮", place="lt-tielu-03")).pk
    registered("自来水发黄，有异味")
    found = searching.alike(who("clerk.lt"), "铁路小区8号楼前路灯不亮了", phone="19900001001")
    assert [(each.appeal.pk, each.is_same_phone) for each in found] == [(mine, True), (other, False)]
    assert searching.alike(who("clerk.ml"), "铁路小区8号楼前路灯不亮了", phone="19900001001") == []
    assert searching.alike(NOBODY, "铁路小区8号楼前路灯不亮了") == []
    again = searching.alike_to(who("clerk.lt"), queries.appeal(who("clerk.lt"), mine))
    assert [each.appeal.pk for each in again] == [other]


def test_a_rebuild_gives_the_same_as_what_was_kept_and_takes_out_what_is_gone() -> None:
    for at in range(7):
        registered(f"{WORDS}，第{at}次")
    kept = list(Wording.objects.order_by("pk").values_list("pk", "folded", "keys"))
    Wording.objects.filter(pk=kept[0][0]).delete()
    Wording.objects.filter(pk=kept[1][0]).update(folded="旧", keys=[1])
    assert finding.missing_count("appeal") == 1
    told: list[tuple[str, int, int]] = []
    for _ in range(2):
        workflow.rebuild(lambda *far: told.append(far))
        assert list(Wording.objects.order_by("pk").values_list("pk", "folded", "keys")) == kept
    assert finding.missing_count("appeal") == 0 and told[-1][0] in ("appeal", "notice")
    wording.refresh(kept[0][0])
    wording.refresh(10**9)
    assert Wording.objects.count() == 7
