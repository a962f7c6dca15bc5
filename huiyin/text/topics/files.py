"""Groups the appeals of a CSV file into topics."""

import argparse
import csv
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from huiyin.text.mask import sheets
from huiyin.text.topics import growing, listing
from huiyin.text.topics.items import Item
from huiyin.text.topics.listing import Topic

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})")


def topics_of_file(arguments: argparse.Namespace) -> int:
    """Write OUT and, when asked, the summary. Raises OSError when FILE or its columns are not there."""
    items = _items(arguments.file)
    groups = growing.grown(items).groups()
    topics = listing.listed(groups, as_of=arguments.as_of)
    named = {member: topic for topic in topics for member in topic.members}
    with sheets.to_write(arguments.out) as target:
        writer = csv.writer(target)
        writer.writerow(["id", "topic", "name"])
        for item in items:
            topic = named.get(item.key)
            writer.writerow([item.key, topic.key if topic else "", topic.name if topic else ""])
    if arguments.summary:
        _summarise(arguments.summary, topics)
    return 0


def _summarise(file: Path, topics: Sequence[Topic]) -> None:
    with sheets.to_write(file) as target:
        writer = csv.writer(target)
        writer.writerow(["topic", "name", "members", "first", "last", "growth", "heat", "persons", "likes", "quote"])
        for topic in topics:
            growth = "" if topic.growth is None else topic.growth
            told = [topic.key, topic.name, len(topic.members), topic.first or "", topic.last or "", growth, topic.heat]
            writer.writerow([*told, topic.persons, topic.likes, topic.quotes[0][1]])


def _items(file: Path) -> list[Item]:
    with sheets.to_read(file) as source:
        table = csv.DictReader(source)
        header = list(table.fieldnames or [])
        sheets.require(file, header, ["id", "detail" if "subject" not in header else "subject"])
        return [_item(row) for row in table]


def _item(row: Mapping[str, str | None]) -> Item:
    likes = (row.get("likes") or "").strip()
    return Item(
        key=row["id"] or "",
        subject=row.get("subject") or "",
        detail=(row.get("detail") or "").strip(),
        day=_day(row.get("time_iso") or row.get("time") or ""),
        person=row.get("user") or "",
        place=row.get("place") or "",
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
