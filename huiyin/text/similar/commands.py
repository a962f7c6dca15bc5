"""The command `huiyin text similar`: near-duplicates among the appeals of a CSV file."""

import argparse
from pathlib import Path


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `similar FILE --out OUT` to a parser's commands."""
    parser = subparsers.add_parser(
        "similar",
        help="find repeats and similar appeals in a CSV file",
        description="Writes id, other_id (an earlier row), score, kind (repeat or similar), reasons; a line per pair.",
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help="CSV or CSV.GZ: id, subject and/or detail, optional user"
    )
    parser.add_argument("--least", type=float, help="lowest score to report, 0 to 1 (default 0.58)")
    parser.add_argument("--most", type=int, default=50, help="pairs to report for one appeal (default 50)")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="CSV or CSV.GZ to write")
    parser.set_defaults(run="huiyin.text.similar.files:similar_in_file", needs_django=False)
