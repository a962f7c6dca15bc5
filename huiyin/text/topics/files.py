"""Groups the appeals of a CSV file into topics."""

import argparse
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from huiyin.text import tables
from huiyin.text.topics import growing, listing
from huiyin.text.topics.items import Item
from huiyin.text.topics.listing import Topic

SUMMARY = ("topic", "name", "members", "first", "last", "growth", "heat", "persons", "likes", "quote")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


def topics_of_file(arguments: argparse.Namespace) -> int:
    """Write OUT and, when asked, the summary. Raises TableError (an OSError) when FILE or its columns are not there."""
    items = _items(arguments.file)
    groups = growing.grown(items).groups()
    topics = listing.listed(groups, as_of=arguments.as_of)
    named = {member: topic for topic in topics for member in topic.members}
    tables.write(arguments.out, ("id", "topic", "name"), (_place(item.key, named.get(item.key)) for item in items))
    if arguments.summary:
        tables.write(arguments.summary, SUMMARY, (_told(topic) for topic in topics))
    return 0


def _place(key: str, topic: Topic | None) -> dict[str, str]:
    return {"id": key, "topic": topic.key if topic else "", "name": topic.name if topic else ""}


def _told(topic: Topic) -> dict[str, str]:
    """One line of the summary; quote is the most liked appeal, masked."""
    return {
        "topic": topic.key,
        "name": topic.name,
        "members": str(len(topic.members)),
        "first": str(topic.first or ""),
        "last": str(topic.last or ""),
        "growth": "" if topic.growth is None else str(topic.growth),
        "heat": str(topic.heat),
        "persons": str(topic.persons),
        "likes": str(topic.likes),
        "quote": topic.quotes[0][1],
    }


def _items(file: Path) -> list[Item]:
    table = tables.read(file, required=["id"])
    if not {"subject", "detail"} & set(table.columns):
        raise tables.TableError(f"{file} has neither a column subject nor a column detail")
    items = [_item(row) for row in table.rows]
    doubled = [key for key, count in Counter(item.key for item in items).items() if count > 1]
    if doubled:
        raise tables.TableError(f"{file}: the id {doubled[0]} stands there twice")
    return items


def _item(row: Mapping[str, str]) -> Item:
    likes = row.get("likes", "").strip()
    return Item(
        key=row["id"],
        subject=row.get("subject", ""),
        detail=row.get("detail", "").strip(),
        day=_day(row.get("time_iso") or row.get("time") or ""),
        person=row.get("user", ""),
        place=row.get("place", ""),
        likes=int(likes) if likes.lstrip("-").isdigit() else 0,
    )


def _day(written: str) -> date | None:
    """The day a time begins with, in any of the usual ways; None where it cannot be read."""
    found = _DAY.search(written)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None
