"""Running the command `map`."""

import argparse

from huiyin.choice.opinions import files, reading
from huiyin.choice.opinions.chart import opinion_map
from huiyin.choice.results import refuse, say
from huiyin.choice.wording import Refused


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
    except (Refused, OSError) as error:
        return refuse(reading_now, error)
    say(drawn.explanations()[:3])
    return 0
