"""The command `map`: votes in, groups, statements and a summary out."""

import argparse
import sys
from pathlib import Path

from huiyin.choice.opinions import files, reading
from huiyin.choice.opinions.chart import opinion_map
from huiyin.choice.wording import Refused

Subparsers = argparse._SubParsersAction  # noqa: SLF001  # argparse gives the type of its subcommands no public name


def add_to(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `map` to the subcommands of `huiyin choice`."""
    parser = subparsers.add_parser("map", help="map of opinions from votes on statements")
    parser.add_argument("votes", type=Path, metavar="VOTES.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="GROUPS.csv", help="one row per person")
    parser.add_argument("--statements", type=Path, metavar="STATEMENTS.csv", help="one row per statement")
    parser.add_argument("--summary", type=Path, metavar="SUMMARY.json", help="the map and its reasons")
    parser.add_argument("--comments", type=Path, metavar="COMMENTS.csv", help="leave out statements moderated with -1")
    parser.add_argument("--earlier", type=Path, metavar="GROUPS.csv", help="an earlier map, whose groups are kept")
    parser.set_defaults(run=run_map, needs_django=False)


def run_map(args: argparse.Namespace) -> int:
    """Draw the map and write what was asked for; 1 with one line of reason when a file is wrong."""
    reading_now = args.votes
    try:
        table = reading.read_votes(args.votes)
        reading_now = args.comments
        left_out = reading.read_left_out(args.comments) if args.comments else frozenset()
        reading_now = args.earlier
        earlier = reading.read_earlier(args.earlier) if args.earlier else None
        reading_now = args.votes
        drawn = opinion_map(table, left_out=left_out, earlier=earlier)
        files.write_groups(drawn, args.out)
        if args.statements:
            files.write_statements(drawn, args.statements)
        if args.summary:
            files.write_summary(drawn, args.summary)
    except Refused as error:
        print(f"{reading_now}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    for sentence in drawn.explanations()[:3]:
        print(sentence.zh)
        print(sentence.en)
    return 0
