"""The parser of `huiyin hotspots grow`."""

import argparse
from typing import Any

Subparsers = Any  # argparse keeps the type of its subparsers private


def add_to(subparsers: Subparsers) -> None:
    """Add the command of hotspots: it stands here because it reads appeals."""
    parser = subparsers.add_parser(
        "hotspots",
        help="gather what many people say alike",
        description="Hotspots: what at least three people say about the same matter in the same place.",
        epilog="examples:\n  huiyin hotspots grow\n  huiyin hotspots grow --days 366 --rebuild",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="hotspots_command")
    grow = commands.add_parser(
        "grow",
        help="let new appeals join their hotspots",
        description="Let appeals that are not in the hotspots yet join them. The worker does it every quarter of an "
        "hour, and every night for the whole year with a rebuild; after an import or a replay do it yourself.",
    )
    grow.add_argument("--days", type=int, default=2, help="how far back to look for appeals (default 2)")
    grow.add_argument("--rebuild", action="store_true", help="then weigh all words anew and gather all appeals again")
    grow.add_argument("--for-worker", action="store_true", help="step back behind other work and end with the worker")
    grow.set_defaults(run="huiyin.appeals.running:grow")
