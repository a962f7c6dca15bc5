"""The parsers of `huiyin import` and `huiyin replay`."""

import argparse
import os
from pathlib import Path
from typing import Any

Subparsers = Any  # argparse keeps the type of its subparsers private


def add_to(subparsers: Subparsers) -> None:
    """Add the commands of this package."""
    importing = subparsers.add_parser(
        "import",
        help="register the appeals of a table",
        description="Register the appeals of a CSV or XLSX table.",
        epilog="example:\n  huiyin import appeals old.xlsx --map detail=诉求内容 --as clerk.lt --dry-run",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    importing.add_argument("what", choices=("appeals",), help="what the table holds")
    _add_file(importing)
    importing.add_argument("--as", dest="login", required=True, metavar="LOGIN", help="who registers them")
    importing.add_argument("--channel", default="web", help="channel of rows that name none (default web)")
    importing.add_argument("--area", default="", metavar="CODE", help="place of rows that name none")
    importing.add_argument("--dry-run", action="store_true", help="check only, import nothing")
    importing.add_argument("--leave-out-bad", action="store_true", help="import the good rows although some are bad")
    importing.set_defaults(run="huiyin.transfer.running:import_file")
    replay = subparsers.add_parser(
        "replay",
        help="lead real appeals with their answers through the whole chain",
        description="Lead the appeals of a table, with their real replies and dates, through the whole chain.",
        epilog="example:\n  HUIYIN_STATE=/var/tmp/replay huiyin replay replies.csv.gz",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    _add_file(replay)
    replay.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="processes at once (default: cores)")
    replay.set_defaults(run="huiyin.transfer.running:replay_file")


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help=".csv, .csv.gz or .xlsx with a header row")
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="OURS=THEIRS",
        help="name of the file's column for ours: detail, subject, time, place, area, name, phone, type, reply, …",
    )
