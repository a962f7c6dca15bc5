"""The command `huiyin text topics`: growing topics among the appeals of a CSV file."""

import argparse
from datetime import date
from pathlib import Path


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `topics FILE --out OUT [--summary OUT2]` to a parser's commands."""
    parser = subparsers.add_parser(
        "topics",
        help="group the appeals of a CSV file into topics",
        description="Writes id, topic, name; appeals that concern fewer than three people stay without a topic.",
    )
    parser.add_argument(
        "file",
        type=Path,
        metavar="FILE",
        help="CSV or CSV.GZ: id, subject and/or detail, optional time, place, likes, user",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="CSV or CSV.GZ to write")
    parser.add_argument(
        "--summary",
        type=Path,
        metavar="OUT2",
        help="CSV to write: topic, name, members, first, last, growth, heat, persons, likes, quote; hottest first",
    )
    parser.add_argument(
        "--as-of", type=date.fromisoformat, metavar="DAY", help="day growth is told for (default: last)"
    )
    parser.set_defaults(run="huiyin.text.topics.files:topics_of_file", needs_django=False)
