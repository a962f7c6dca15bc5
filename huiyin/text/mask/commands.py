"""The command `huiyin text mask`: masks one or more columns of a CSV file."""

import argparse
from pathlib import Path


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `mask FILE --column detail [--known FILE] --out OUT` to a parser's commands."""
    parser = subparsers.add_parser(
        "mask",
        help="mask personal data in a CSV file before publication",
        description="Replaces personal data in the named columns; adds a column `masks` that says what, where and why.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or CSV.GZ, UTF-8, with a header row")
    parser.add_argument("--column", action="append", help="column to mask, may be repeated (default: detail)")
    parser.add_argument(
        "--known",
        type=Path,
        metavar="FILE",
        help="CSV of known parties: name; optional identifiers (split by |), minor (1), id (only for that row of FILE)",
    )
    parser.add_argument("--keep", action="append", default=[], help="a string that stays, may be repeated")
    parser.add_argument(
        "--depth",
        choices=["below_building", "building"],
        default="below_building",
        help="what goes of an address: unit and door, or the building too",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="CSV or CSV.GZ to write")
    parser.set_defaults(run="huiyin.text.mask.files:mask_file", needs_django=False)
