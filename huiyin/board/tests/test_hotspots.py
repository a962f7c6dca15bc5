"""Hotspots as staff see them: named, counted within their territory, each with its matters."""

from django.urls import reverse

from huiyin.board.tests.conftest import Enter, lamp
from huiyin.hotspots.workflow import joining
from huiyin.kernel import clock


def _three_say_it() -> int:
    found = None
    for number, name in enumerate(("王秀兰", "李建国", "陈玉梅")):
        matter = lamp(name=name, phone=f"199 0000 100{number}")
        subject, place = "铁路小区3号楼路灯不亮", "龙躺社区"
        found = joining.join(matter.pk, subject, matter.detail, place, matter.area_path, clock.now(), name)
    assert found is not None, "three people concern a hotspot"
    return found


def test_what_three_people_say_is_a_hotspot_with_its_matters(enter: Enter) -> None:
    pk = _three_say_it()
    page = enter("clerk.lt").get(reverse("board:hotspots")).content.decode()
    assert reverse("board:hotspot", args=[pk]) in page
    assert "路灯不亮" in page
    assert "3 人反映" in page
    assert "王秀兰" not in page and "1990000" not in page.replace(" ", "")
    shown = enter("clerk.lt").get(reverse("board:hotspot", args=[pk])).content.decode()
    assert shown.count('class="row-what"') == 3


def test_nobody_sees_hotspots_of_another_territory(enter: Enter) -> None:
    pk = _three_say_it()
    other = enter("clerk.ml")
    assert "现在没有热点" in other.get(reverse("board:hotspots")).content.decode()
    assert other.get(reverse("board:hotspot", args=[pk])).status_code == 404


def test_the_order_and_the_place_that_are_asked_for_stay_chosen(enter: Enter) -> None:
    _three_say_it()
    page = enter("leader.hq").get(reverse("board:hotspots"), {"order_by": "newest", "area": "nowhere"})
    assert page.status_code == 200
    assert '<option value="newest" selected>' in page.content.decode()
