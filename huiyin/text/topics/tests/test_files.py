"""The topics command reads times, likes and places as they come and writes topics and a summary."""

import argparse
import csv
import importlib
import random
from pathlib import Path

from huiyin.text.topics import commands
from huiyin.text.topics.tests.planted import planted


def test_topics_and_summary_are_written(tmp_path: Path) -> None:
    items, truth = planted(random.Random(11))
    source, out, summary = tmp_path / "in.csv", tmp_path / "out.csv.gz", tmp_path / "summary.csv"
    with source.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "user", "subject", "detail", "time", "likes"])
        for item in items:
            assert item.day
            time = f"{item.day.year}/{item.day.month}/{item.day.day} 8:05:00"
            writer.writerow([item.key, item.person, item.subject, item.detail, time, item.likes])
    parser = argparse.ArgumentParser()
    commands.add_to(parser.add_subparsers())
    arguments = parser.parse_args(["topics", str(source), "--out", str(out), "--summary", str(summary)])
    module, function = arguments.run.split(":")
    assert getattr(importlib.import_module(module), function)(arguments) == 0
    with summary.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [*rows[0]][:7] == ["topic", "name", "members", "first", "last", "growth", "heat"]
    assert rows[0]["first"].startswith("2025-")
    assert int(rows[0]["members"]) >= 7
    assert rows[0]["topic"] in truth
