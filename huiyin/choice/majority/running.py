"""Running the command `majority`."""

import argparse

from huiyin.choice.majority.files import read_counts, read_rule
from huiyin.choice.majority.verdict import decide
from huiyin.choice.results import refuse, say, write_json
from huiyin.choice.wording import Refused


def run_majority(args: argparse.Namespace) -> int:
    """Decide a vote under a rule and print the verdict; 1 with one line of reason when a file is wrong."""
    at = args.rule
    try:
        rule = read_rule(args.rule)
        rule.check_usable(None)
        at = args.counts
        tallies, held_on = read_counts(args.counts)
        verdict = decide(rule, tallies, held_on=held_on)
        if args.out is not None:
            write_json(args.out, verdict.as_json())
    except (Refused, OSError) as error:
        return refuse(at, error)
    findings = (finding.sentence for finding in verdict.findings)
    sentences = [verdict.sentence, *findings, verdict.basis, *verdict.remarks, *verdict.reference]
    say(sentences)
    return 0
