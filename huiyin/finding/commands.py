"""The parser of `huiyin finding`."""

import argparse
from typing import Any

Subparsers = Any  # argparse keeps the type of its subparsers private


def add_to(subparsers: Subparsers) -> None:
    """Add the command of this package."""
    finding = subparsers.add_parser(
        "finding",
        help="(re)build what searches look in",
        description="(Re)build what searches look in, while the house keeps running; safe to stop and to run again.",
        epilog="example:\n  huiyin finding rebuild",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    finding.add_argument("what", choices=("rebuild",), help="read every matter and every notice again")
    finding.set_defaults(run="huiyin.finding.running:rebuild")
