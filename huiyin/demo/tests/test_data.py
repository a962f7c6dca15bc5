"""Every reference in our own data resolves, its counts hold, and nothing in it belongs to a real person or place."""

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

PACKAGES: Final = Path(__file__).resolve().parents[2]
DEMO: Final = PACKAGES / "demo" / "data"
CATALOGUE: Final = PACKAGES / "catalogue" / "data"
TERRITORY: Final = PACKAGES / "territory" / "data"
OPEN: Final = {
    "registered", "info_needed", "redirected", "not_accepted", "accepted", "answered_on_spot",
    "dispatched", "handling", "reply_review", "feedback_due", "rating", "rework",
}  # fmt: skip
ENDED: Final = {"closed", "archived", "withdrawn"}
REAL_PLACES: Final = (
    "北京", "上海", "广东", "深圳", "湖南", "长沙", "海淀", "盐田区", "阳泉",
    "朔州", "绵阳", "太原", "青岛", "卢湾", "济南", "西安",
)  # fmt: skip
TELEPHONE: Final = re.compile(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
PLACEHOLDER: Final = re.compile(r"%\((\w+)\)s")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def told(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def stories() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DEMO / "appeals.jsonl").read_text(encoding="utf-8").splitlines()]


APPEALS: Final = stories()
DISTRICT: Final = told("district.json")
PEOPLE: Final = told("people.json")
CATEGORIES: Final = table(CATALOGUE / "categories.csv")
LEAVES: Final = {row["code"] for row in CATEGORIES if row["level"] == "3"}
UNITS: Final = {row["code"]: row for row in DISTRICT["units"]}
COMMUNITIES: Final = {row["code"]: row for row in DISTRICT["communities"]}
GRIDS: Final = {grid["code"] for row in COMMUNITIES.values() for grid in row["grids"]}
BUILDINGS: Final = {
    building["code"]: row["code"]
    for row in COMMUNITIES.values()
    for estate in row["estates"]
    for building in estate["buildings"]
}
LOGINS: Final = {row["login"]: row for row in PEOPLE["users"]}
RESIDENTS: Final = {row["id"]: row for row in PEOPLE["residents"]}
FILES: Final = sorted(path for folder in (DEMO, CATALOGUE, TERRITORY) for path in folder.iterdir() if path.is_file())


# --- calendar ---------------------------------------------------------------------------------------------------------


def calendar() -> dict[date, str]:
    return {date.fromisoformat(row["date"]): row["kind"] for row in table(TERRITORY / "calendar.csv")}


def test_calendar_is_in_order_and_names_every_day() -> None:
    rows = table(TERRITORY / "calendar.csv")
    days = [date.fromisoformat(row["date"]) for row in rows]
    assert all(before < after for before, after in pairwise(days))
    assert {row["kind"] for row in rows} == {"off", "work"}
    assert all(row["name"] and row["source"] for row in rows)
    assert {day.year for day in days} == set(range(2004, 2027))


def test_make_up_days_are_weekend_days() -> None:
    assert all(day.weekday() >= 5 for day, kind in calendar().items() if kind == "work")


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        ("2026-02-14", "work"), ("2026-02-28", "work"), ("2026-05-09", "work"), ("2026-10-10", "work"),
        ("2026-02-23", "off"), ("2026-04-06", "off"), ("2026-06-19", "off"), ("2026-10-07", "off"),
        ("2005-12-31", "work"), ("2006-01-03", "off"), ("2020-01-31", "off"), ("2015-09-03", "off"),
    ],
)  # fmt: skip
def test_days_named_in_the_yearly_notices(day: str, kind: str) -> None:
    assert calendar()[date.fromisoformat(day)] == kind


def test_every_year_has_its_notice() -> None:
    rows = table(TERRITORY / "years.csv")
    assert [int(row["year"]) for row in rows] == list(range(2004, 2027))
    assert all(row["source"] == f"国务院办公厅关于{row['year']}年部分节假日安排的通知" for row in rows)
    assert {row["mark"] for row in rows} <= {"SRC", "MEM"}


def test_weekends_touching_a_holiday_are_listed() -> None:
    kept = calendar()
    for day in (day for day, kind in kept.items() if kind == "off"):
        for near in (day - timedelta(1), day + timedelta(1)):
            assert near.weekday() < 5 or near in kept


# --- catalogue --------------------------------------------------------------------------------------------------------


def test_limits_cover_the_whole_table_and_name_their_source() -> None:
    rows = table(CATALOGUE / "limits.csv")
    assert {row["code"][:3] for row in rows} == {f"L{n:02d}" for n in range(1, 27)}
    assert all(row["source"] for row in rows)
    assert {row["mark"] for row in rows} <= {"SRC", "DEF", "FRAG", "MEM"}
    assert {row["unit"] for row in rows} <= {"wd", "d", "wh", "h", "min", "now"}
    assert all((row["rolls_forward"] == "1") == (row["unit"] == "d") for row in rows)
    keys = Counter((row["code"], row["track"], row["appeal_type"], row["urgency"], row["valid_from"]) for row in rows)
    assert set(keys.values()) == {1}


@pytest.mark.parametrize(
    ("code", "track", "kind", "urgency", "amount", "unit"),
    [
        ("L05", "community_order", "", "", "1", "wd"), ("L05", "petition", "", "", "15", "d"),
        ("L10s", "community_order", "", "", "4", "wh"), ("L10s_max", "community_order", "", "", "1", "wd"),
        ("L10c", "community_order", "", "", "1", "wd"), ("L10c", "community_order", "", "urgent", "2", "h"),
        ("L11", "community_order", "", "", "2", "wd"), ("L11", "petition", "", "", "5", "wd"),
        ("L13", "community_order", "inquiry", "", "1", "wd"), ("L13", "community_order", "complaint", "", "5", "wd"),
        ("L13x", "community_order", "", "", "15", "wd"), ("L13e", "community_order", "", "", "10", "wd"),
        ("L13", "petition", "", "", "60", "d"), ("L13e", "petition", "", "", "30", "d"),
        ("L13", "community_order", "", "critical", "24", "h"), ("L17", "community_order", "", "", "7", "d"),
        ("L18", "community_order", "", "", "3", "wd"),
    ],
)  # fmt: skip
def test_limits_of_the_field(code: str, track: str, kind: str, urgency: str, amount: str, unit: str) -> None:
    found = [
        (row["amount"], row["unit"])
        for row in table(CATALOGUE / "limits.csv")
        if (row["code"], row["track"], row["appeal_type"], row["urgency"]) == (code, track, kind, urgency)
    ]
    assert found == [(amount, unit)]


def test_categories_form_a_tree_of_three_levels() -> None:
    known = {row["code"]: row for row in CATEGORIES}
    assert len(known) == len(CATEGORIES)
    for row in CATEGORIES:
        assert len(row["code"]) == 2 * int(row["level"])
        assert row["parent"] == row["code"][:-2]
        assert not row["parent"] or row["parent"] in known
        assert row["zh"] and row["en"]
        assert bool(row["keywords"]) == (row["level"] == "3")
    levels = Counter(row["level"] for row in CATEGORIES)
    assert levels["1"] == 14
    assert levels["2"] >= 50
    assert levels["3"] >= 150


def test_every_leaf_has_one_lead_and_communities_lead_only_their_own_list() -> None:
    rows = table(CATALOGUE / "dispatch.csv")
    assert Counter(row["category"] for row in rows) == Counter(LEAVES)
    for row in rows:
        assert (row["lead_scope"] == "unit") == bool(row["lead_unit"])
        assert not row["lead_unit"] or UNITS[row["lead_unit"]]["kind"] in {"department", "utility", "work_department"}
        assert (row["lead_scope"] == "community") == (row["community_list"] == "1")
        assert row["reason"]
        others = [unit for unit in row["co_units"].split(";") if unit]
        assert all(unit in UNITS or unit in {"@community", "@subdistrict"} for unit in others)
        assert row["lead_unit"] not in others


def test_channels_types_and_refusal_codes() -> None:
    channels = {row["code"]: row for row in table(CATALOGUE / "channels.csv")}
    assert {"room_visit", "opinion_box", "phone", "web", "rep_visit", "hotline_12345", "from_110"} <= set(channels)
    assert channels["opinion_box"]["paper"] == "1"
    kinds = [row["code"] for row in table(CATALOGUE / "appeal_types.csv")]
    assert kinds == ["inquiry", "help", "complaint", "report", "suggestion", "praise"]
    codes = {row["code"]: row for row in table(CATALOGUE / "refusal_codes.csv")}
    assert list(codes) == [f"N{n:02d}" for n in range(1, 9)]
    assert codes["N02"]["place_needed"] == "1"
    for row in codes.values():
        assert set(PLACEHOLDER.findall(row["script_zh"])) == set(PLACEHOLDER.findall(row["script_en"]))


def test_letters_say_the_same_in_both_languages() -> None:
    letters = json.loads((CATALOGUE / "templates.json").read_text(encoding="utf-8"))["templates"]
    assert {letter["code"] for letter in letters} == {
        "acceptance_notice", "refusal_notice", "info_request", "legal_route_notice",
        "extension_notice", "feedback_slip", "privacy_notice", "phone_script",
    }  # fmt: skip
    for letter in letters:
        names = set(letter["placeholders"])
        assert names == set(PLACEHOLDER.findall(letter["body"])) == set(PLACEHOLDER.findall(letter["body_en"]))
        values = dict.fromkeys(names, "…")
        assert "%(" not in letter["body"] % values
        assert "%(" not in letter["body_en"] % values
        assert re.search(r"[\u4e00-\u9fff]", letter["body_en"]) is None


# --- district and people ----------------------------------------------------------------------------------------------


def test_district_is_the_common_fixture() -> None:
    assert (DISTRICT["district"]["code"], DISTRICT["district"]["name"]) == ("990101", "海清区")
    names = {row["code"]: row["name"] for row in [*DISTRICT["subdistricts"], *DISTRICT["communities"]]}
    assert names == {
        "990101001": "南山路街道", "990101002": "盐港街道",
        "990101001001": "龙躺社区", "990101001002": "梅林社区",
        "990101002001": "盐田东社区", "990101002002": "海山社区",
    }  # fmt: skip
    longtang = COMMUNITIES["990101001001"]
    assert (longtang["households"], longtang["persons"], len(longtang["grids"])) == (2130, 4048, 8)
    assert {row["community"] for row in DISTRICT["studios"]} == set(COMMUNITIES)
    assert all(row["opening"]["hours"] == ["09:00-12:00", "13:30-18:00"] for row in DISTRICT["studios"])


def test_grids_hold_all_households_and_persons() -> None:
    for row in COMMUNITIES.values():
        assert sum(grid["households"] for grid in row["grids"]) == row["households"]
        assert sum(grid["persons"] for grid in row["grids"]) == row["persons"]
        for grid in row["grids"]:
            assert re.fullmatch(rf"{row['code']}J\d{{3}}", grid["code"])
        assert 6 <= len(row["estates"]) <= 10
        assert all(b["grid"] in GRIDS for estate in row["estates"] for b in estate["buildings"])
    assert len(BUILDINGS) == sum(len(e["buildings"]) for row in COMMUNITIES.values() for e in row["estates"])


def test_posts_point_to_a_territory_or_a_unit() -> None:
    places = {"990101", *(row["code"] for row in DISTRICT["subdistricts"]), *COMMUNITIES, *GRIDS}
    assert len(LOGINS) == len(PEOPLE["users"])
    for user in PEOPLE["users"]:
        assert re.fullmatch(r"[a-z]+\d?(\.[a-z]+)?", user["login"])
        assert user["posts"]
        assert "password" not in user
        for post in user["posts"]:
            assert (post["territory"] in places) != (post["unit"] in UNITS)
            assert post["order"] in {"first", "second"}


def test_every_role_is_held_and_every_unit_can_be_reached() -> None:
    held = {(post["role"], post["territory"] or post["unit"]) for user in PEOPLE["users"] for post in user["posts"]}
    assert {role for role, _ in held} >= {
        "studio_clerk", "studio_director", "liaison_officer", "grid_worker", "information_officer", "dispatcher",
        "reviewer", "work_officer", "unit_contact", "unit_leader", "representative", "resident_representative",
        "leader", "archivist", "engineer", "mediator", "lawyer", "supervisor", "community_worker",
    }  # fmt: skip
    assert all({("unit_contact", unit), ("unit_leader", unit)} <= held for unit in UNITS)
    assert all(("grid_worker", grid) in held for grid in GRIDS)
    for place in ("990101", "990101001", "990101002", *COMMUNITIES):
        assert {("dispatcher", place), ("reviewer", place)} <= held
    kinds = {u["profile"]["kind"] for u in PEOPLE["users"] if any(p["role"] == "representative" for p in u["posts"])}
    assert kinds == {"party_delegate", "npc_deputy", "cppcc_member"}


def test_residents_live_in_buildings_and_are_linked() -> None:
    assert len(RESIDENTS) == len(PEOPLE["residents"]) == 120
    assert all(row["home"] in BUILDINGS for row in PEOPLE["residents"])
    assert not {row["name"] for row in PEOPLE["residents"]} & {row["name"] for row in PEOPLE["users"]}
    enterprises = {row["code"] for row in DISTRICT["enterprises"]}
    for entry in DISTRICT["contact_lists"]:
        assert entry["representative"] in LOGINS
        assert entry["linked"]
        assert all(
            link.get("resident") in RESIDENTS or link.get("enterprise") in enterprises for link in entry["linked"]
        )


# --- appeals ----------------------------------------------------------------------------------------------------------


def test_three_hundred_appeals_in_their_own_words() -> None:
    assert [row["id"] for row in APPEALS] == [f"a{n:03d}" for n in range(1, 301)]
    assert len({row["subject"] for row in APPEALS}) == len({row["detail"] for row in APPEALS}) == 300
    assert all(30 <= len(row["detail"]) <= 300 for row in APPEALS)
    assert all(4 <= len(row["subject"]) <= 40 for row in APPEALS)
    assert all(-60 <= row["day_offset"] <= 0 for row in APPEALS)


def test_appeals_refer_to_what_exists() -> None:
    channels = {row["code"] for row in table(CATALOGUE / "channels.csv")}
    kinds = {row["code"] for row in table(CATALOGUE / "appeal_types.csv")}
    for row in APPEALS:
        assert BUILDINGS[row["building"]] == row["community"]
        assert row["channel"] in channels
        assert row["appeal_type"] in kinds
        assert row["category"] in LEAVES
        assert row["urgency"] in {"normal", "urgent", "critical"}
        assert row["collector"] is None or LOGINS[row["collector"]]["posts"][0]["territory"] == row["community"]
        assert row["collector"] or row["channel"] not in {"rep_visit", "rep_reception"}


def test_petitioners_are_known_anonymous_or_collective() -> None:
    for row in APPEALS:
        who = row["petitioner"]
        if who["kind"] == "resident":
            assert who["resident"] in RESIDENTS
        elif who["kind"] == "collective":
            assert who["persons"] >= 5  # 五人以上共同提出
            assert 1 <= len(who["delegates"]) <= 5  # 信访工作条例 第20条
            assert set(who["delegates"]) <= set(RESIDENTS)
        else:
            assert who == {"kind": "anonymous"}
            assert row["appeal_type"] in {"suggestion", "report"}  # nobody to answer a personal claim
    assert {row["petitioner"]["kind"] for row in APPEALS} == {"resident", "anonymous", "collective"}


def test_every_stage_occurs_in_lifelike_shares() -> None:
    goals = Counter(row["story"]["goal"] for row in APPEALS)
    assert set(goals) == OPEN | ENDED
    assert 0.52 <= sum(goals[goal] for goal in ENDED) / 300 <= 0.66
    still_open = sum(goals[goal] for goal in OPEN)
    overdue = sum(1 for row in APPEALS if row["story"].get("overdue"))
    assert 0.06 <= overdue / still_open <= 0.15
    ways = {row["story"].get("outcome") for row in APPEALS}
    assert ways >= {"satisfied", "unsatisfied", "unrated", "nobody_to_rate", "redirected"}


def test_stories_carry_the_texts_their_stage_needs() -> None:
    for row in APPEALS:
        story = row["story"]
        goal = story["goal"]
        replied = goal in {"reply_review", "feedback_due", "rating", "rework"}
        assert not replied or story["rounds"]
        assert goal != "info_needed" or len(story["missing"]) >= 2
        assert goal not in {"redirected", "not_accepted"} or story["refusal"]["reason"]
        assert goal != "answered_on_spot" or story["on_spot_answer"]
        assert goal != "withdrawn" or story["withdraw_note"]
        assert not story.get("rounds") or story["first_contact"]
        if goal in {"closed", "archived"}:
            assert story["outcome"]
            assert story.get("rounds") or story.get("on_spot_answer") or story.get("refusal")
        assert story.get("outcome") != "unsatisfied" or (len(story["rounds"]) >= 2 and story["final_note"])


def test_rounds_follow_the_machine() -> None:
    for row in APPEALS:
        rounds = row["story"].get("rounds", [])
        for told_round in rounds:
            assert told_round["handling_result"] in {"resolved", "partly", "explained", "not_supported"}
            decision = told_round.get("review", {}).get("decision")
            assert decision in {"pass", "fail", None}
            assert decision == "pass" or "ratings" not in told_round
            assert told_round["after"] > 0
        for earlier in rounds[:-1]:
            grades = {rating["grade"] for rating in earlier.get("ratings", {}).values()}
            assert earlier["review"]["decision"] == "fail" or grades & {"dissatisfied", "very_dissatisfied"}
        anonymous = row["petitioner"]["kind"] == "anonymous"
        assert not (anonymous and any("resident" in told_round.get("ratings", {}) for told_round in rounds))


def test_replies_are_not_one_template() -> None:
    replies = [told_round["reply"] for row in APPEALS for told_round in row["story"].get("rounds", [])]
    assert len(set(replies)) == len(replies)
    openings = Counter(reply[:8] for reply in replies)
    assert openings.most_common(1)[0][1] <= 3
    passed = [
        told_round["reply"]
        for row in APPEALS
        for told_round in row["story"].get("rounds", [])
        if told_round.get("review", {}).get("decision") == "pass"
    ]
    assert sum(len(reply) for reply in passed) / len(passed) >= 60
    assert all(re.fullmatch(r"[dw][+-]\d+", mark) for reply in replies for mark in re.findall(r"\{(.*?)\}", reply))


def test_about_forty_groups_of_similar_appeals() -> None:
    groups = Counter(row["group"] for row in APPEALS if row["group"])
    assert 35 <= len(groups) <= 50
    assert min(groups.values()) >= 2
    assert max(groups.values()) >= 10
    where = {group: {row["community"] for row in APPEALS if row["group"] == group} for group in groups}
    assert all(len(communities) == 1 for communities in where.values())


# --- nothing real -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}/{path.name}")
def test_telephones_are_of_the_fictional_range(path: Path) -> None:
    for number in TELEPHONE.findall(path.read_text(encoding="utf-8")):
        assert number.startswith(("1990000", "0990-0"))


@pytest.mark.parametrize("name", ["district.json", "people.json", "appeals.jsonl"])
def test_no_real_place_is_named(name: str) -> None:
    text = (DEMO / name).read_text(encoding="utf-8")
    assert [place for place in REAL_PLACES if place in text] == []


def test_no_identity_number_occurs() -> None:
    for path in FILES:
        assert re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("name", ["appeals.jsonl", "people.json"])
def test_chinese_prose_is_set_with_chinese_punctuation(name: str) -> None:
    assert re.findall(r"[\u4e00-\u9fff][,;?!]", (DEMO / name).read_text(encoding="utf-8")) == []
