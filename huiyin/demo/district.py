"""Sets up the demo district: territory, units, studios, posts and the dispatch catalogue."""

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Category, DispatchRule
from huiyin.kernel import clock, held
from huiyin.people.models import Post, Studio, Unit, User
from huiyin.people.roles import Role
from huiyin.territory.models import Area

DATA: Final = Path(__file__).parent / "data"
CATALOGUE: Final = Path(__file__).resolve().parents[1] / "catalogue" / "data"
START: Final = date(2004, 1, 1)
SOURCE: Final = "海清区派单目录 2026 版（演示）"


def read(name: str) -> Any:
    """One JSON file of the demo's data."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def is_loaded() -> bool:
    """Whether a district is set up already."""
    return Area.objects.exists()


@transaction.atomic
def load(*, start: date = START, password: str | None = None) -> None:
    """Load the district from `start` on; without a password nobody can log in."""
    told = read("district.json")
    areas = _areas(told, start)
    units = _units(told, areas, start)
    _studios(told, areas, start)
    _people(units, areas, start, make_password(password))
    _dispatch_rules(units, start)
    held.forget_all()


def _areas(told: Mapping[str, Any], start: date) -> dict[str, Area]:
    kept: dict[str, Area] = {}

    def add(code: str, segment: str, row: Mapping[str, Any], kind: str, parent: Area | None, **more: Any) -> Area:
        name = row["name"]
        kept[code] = Area.objects.create(
            code=code,
            name=name,
            kind=kind,
            parent=parent,
            valid_from=start,
            path=f"{parent.path if parent else ''}{segment}/",
            aliases=row.get("aliases", []),
            full_name=more.pop("full_name", f"{parent.full_name if parent else ''}{name}"),
            households=row.get("households"),
            people=row.get("persons"),
            address=row.get("address", ""),
            **more,
        )
        return kept[code]

    district = add(told["district"]["code"], told["district"]["code"], told["district"], "district", None)
    for row in told["subdistricts"]:
        subdistrict = add(row["code"], row["code"][-3:], row, "subdistrict", district)
        for line in row["communities"]:
            code = line if isinstance(line, str) else line["code"]
            community_row = next(c for c in told["communities"] if c["code"] == code)
            community = add(code, code[-3:], community_row, "community", subdistrict)
            for grid in community_row["grids"]:
                add(grid["code"], grid["code"][-4:], grid, "grid", community)
            for estate in community_row["estates"]:
                _estate(estate, community, kept, add)
    return kept


def _estate(row: Mapping[str, Any], community: Area, kept: dict[str, Area], add: Any) -> None:
    estate = add(row["code"], row["code"].replace("/", "-"), row, "estate", community)
    for building in row.get("buildings", []):
        add(
            building["code"],
            building["code"].rpartition("-")[2] + "-" + row["code"].rpartition("-")[2],
            building,
            "building",
            kept[building["grid"]],
            estate=estate,
            full_name=f"{row['name']}{building['name']}",
        )


def _units(told: Mapping[str, Any], areas: Mapping[str, Area], start: date) -> dict[str, Unit]:
    return {
        row["code"]: Unit.objects.create(
            code=row["code"],
            name=row.get("short") or row["name"],
            kind=row["kind"],
            area=areas[row["territory"]],
            phone=row.get("phone", ""),
            valid_from=start,
        )
        for row in told["units"]
    }


def _studios(told: Mapping[str, Any], areas: Mapping[str, Area], start: date) -> None:
    for row in told["studios"]:
        hours = "、".join(span if isinstance(span, str) else "–".join(span) for span in row["opening"]["hours"])
        Studio.objects.create(
            area=areas[row["community"]],
            name=row["name"],
            address=row["address"],
            phone=row["phone"],
            opening_hours=f"每个工作日 {hours}",
            valid_from=start,
        )


def _people(units: Mapping[str, Unit], areas: Mapping[str, Area], start: date, secret: str) -> None:
    rows = read("people.json")["users"]
    users = User.objects.bulk_create(User(login=row["login"], name=row["name"], password=secret) for row in rows)
    Post.objects.bulk_create(
        _post(user, post, row, units, areas, start)
        for user, row in zip(users, rows, strict=True)
        for post in row["posts"]
    )


def _post(
    user: User,
    post: Mapping[str, Any],
    row: Mapping[str, Any],
    units: Mapping[str, Unit],
    areas: Mapping[str, Area],
    start: date,
) -> Post:
    role = row["profile"]["kind"] if post["role"] == "representative" else post["role"]
    made = Post(user=user, role=role, rank=post["order"], valid_from=start)
    if role == "work_officer":
        made.role, made.area = Role.WORK_DEPARTMENT, units[post["unit"]].area
    elif post["unit"]:
        made.unit = units[post["unit"]]
    else:
        made.area = areas[post["territory"]]
    return made


def _dispatch_rules(units: Mapping[str, Unit], start: date) -> None:
    with (CATALOGUE / "dispatch.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    categories = {row.code: row for row in catalogue.categories(clock.today())}
    DispatchRule.objects.bulk_create(
        DispatchRule(
            category=categories[row["category"]],
            scope=row["lead_scope"],
            unit=units.get(row["lead_unit"]),
            reason=row["reason"],
            source=SOURCE,
            mark="DEF",
            valid_from=start,
        )
        for row in rows
    )
    listed = [row["category"] for row in rows if row["community_list"] == "1"]
    Category.objects.filter(code__in=listed).update(on_community_list=True)
