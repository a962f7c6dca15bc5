"""The command `choice`: budgets, transferable votes, majorities, panels and maps from files, without a database.

What a command runs is named, not imported, so that each loads only what it needs.
"""

import argparse
import re
from fractions import Fraction
from pathlib import Path

from huiyin.choice.budget.words import CRITERIA, RULES, Completion, Utility
from huiyin.choice.sortition.rule import Rule

Subparsers = argparse._SubParsersAction  # noqa: SLF001  # argparse gives the type of its subcommands no public name
AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?|[0-9]{1,15}/0*[1-9][0-9]{0,14}")
STV_RULES = ("scottish", "meek", "meek-fine")


def add_to(subparsers: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add `choice` with its subcommands to the command line."""
    parser = subparsers.add_parser("choice", help="votes, budgets, panels and maps of opinions from files")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    _add_budget(commands)
    _add_stv(commands)
    _add_majority(commands)
    _add_draw(commands)
    _add_map(commands)


def _add_budget(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("budget", help="choose projects from a PABULIB file")
    parser.add_argument("file", type=Path, metavar="FILE.pb")
    parser.add_argument("--rule", choices=RULES, required=True)
    parser.add_argument("--utility", choices=[utility.value for utility in Utility], default="cost")
    parser.add_argument("--completion", choices=[kind.value for kind in Completion], default="none")
    parser.add_argument("--step", type=_amount, default=Fraction(1), help="by how much a share grows (increment)")
    parser.add_argument("--ties", default="code", help=f"comma-separated: {', '.join(CRITERIA)}")
    parser.add_argument("--out", type=Path, required=True, metavar="RESULT.json")
    parser.add_argument("--pb-out", type=Path, metavar="FILE.pb", help="the file again, with the winners selected")
    parser.set_defaults(run="huiyin.choice.budget.running:run_budget", needs_django=False)


def _add_stv(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("stv", help="count a single transferable vote from a BLT file")
    parser.add_argument("file", type=Path, metavar="FILE.blt")
    parser.add_argument("--rule", choices=STV_RULES, required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="ROUNDS.json")
    parser.set_defaults(run="huiyin.choice.ballots.running:run_stv", needs_django=False)


def _add_majority(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("majority", help="decide a vote under a rule")
    parser.add_argument("rule", type=Path, metavar="RULE.json")
    parser.add_argument("counts", type=Path, metavar="COUNTS.json")
    parser.add_argument("--out", type=Path, metavar="VERDICT.json")
    parser.set_defaults(run="huiyin.choice.majority.running:run_majority", needs_django=False)


def _add_draw(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("draw", help="draw a panel by lot that keeps quotas, with the fairest chances")
    parser.add_argument("people", type=Path, metavar="PEOPLE.csv")
    parser.add_argument("quotas", type=Path, metavar="QUOTAS.csv")
    parser.add_argument("--size", type=int, required=True, metavar="N", help="people on the panel")
    parser.add_argument("--seed", required=True, metavar="S", help="a public text that nobody could know before")
    parser.add_argument("--household", metavar="COLUMN", help="draw at most one person with the same entry here")
    parser.add_argument("--id", dest="identifier", metavar="COLUMN", help="the column that names people")
    parser.add_argument("--rule", type=Rule, choices=list(Rule), default=Rule.LEXIMIN)
    parser.add_argument("--alternates", type=int, default=0, metavar="N", help="people who may replace others")
    parser.add_argument("--out", type=Path, required=True, metavar="PANEL.csv")
    parser.add_argument("--chances", type=Path, metavar="CHANCES.csv", help="everybody's chance")
    parser.add_argument("--lottery", type=Path, metavar="LOTTERY.json", help="write all panels and their tickets")
    parser.add_argument("--replay", type=Path, metavar="LOTTERY.json", help="draw from a published lottery")
    parser.set_defaults(run="huiyin.choice.sortition.running:run_draw", needs_django=False)


def _add_map(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("map", help="map of opinions from votes on statements")
    parser.add_argument("votes", type=Path, metavar="VOTES.csv")
    parser.add_argument("--out", type=Path, required=True, metavar="GROUPS.csv", help="one row per person")
    parser.add_argument("--statements", type=Path, metavar="STATEMENTS.csv", help="one row per statement")
    parser.add_argument("--summary", type=Path, metavar="SUMMARY.json", help="the map and its reasons")
    parser.add_argument("--comments", type=Path, metavar="COMMENTS.csv", help="leave out statements moderated with -1")
    parser.add_argument("--earlier", type=Path, metavar="GROUPS.csv", help="an earlier map, whose groups are kept")
    parser.set_defaults(run="huiyin.choice.opinions.running:run_map", needs_django=False)


def _amount(text: str) -> Fraction:
    if not AMOUNT.fullmatch(text):
        raise argparse.ArgumentTypeError(f"not an amount such as 1, 0.5 or 1/3: {text[:40]}")
    return Fraction(text)
