"""The parser of `huiyin demo`."""

import argparse
from typing import Any

Subparsers = Any  # argparse keeps the type of its subparsers private


def add_to(subparsers: Subparsers) -> None:
    """Add the command of this package."""
    demo = subparsers.add_parser(
        "demo",
        help="load the demo district 海清区",
        description="Load the demo district 海清区: people of every role and some 300 appeals of the last 60 days.",
        epilog="example:\n  huiyin demo --if-empty",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    demo.add_argument("--if-empty", action="store_true", help="do nothing when a district is set up already")
    demo.add_argument("--without-appeals", action="store_true", help="territory and people only")
    demo.set_defaults(run="huiyin.demo.running:load")
