"""The command `choice`: budgets, transferable votes, majorities, panels and maps from files, without a database."""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from huiyin.choice.ballots import blt
from huiyin.choice.ballots.meek import Fine, meek
from huiyin.choice.ballots.pairwise import borda_json, duels
from huiyin.choice.ballots.rounds import Count
from huiyin.choice.ballots.scottish import scottish
from huiyin.choice.budget import pabulib, report
from huiyin.choice.budget.completion import Completion
from huiyin.choice.budget.equal_shares import Utility
from huiyin.choice.budget.ties import CRITERIA
from huiyin.choice.majority.files import read_counts, read_rule
from huiyin.choice.majority.verdict import decide
from huiyin.choice.opinions import commands as opinion_commands
from huiyin.choice.sortition import commands as sortition_commands
from huiyin.choice.wording import Refused, Sentence

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
    sortition_commands.add_to(commands)
    opinion_commands.add_to(commands)


def run_budget(args: argparse.Namespace) -> int:
    """Choose projects and write the result; 1 with one line of reason when the file is wrong."""
    request = report.Request(
        args.rule, Utility(args.utility), Completion(args.completion), args.step, tuple(args.ties.split(","))
    )
    try:
        content = args.file.read_bytes()
        result = report.result(content, request)
        if args.pb_out is not None:
            election = pabulib.parse(content)
            winners = [place for place, p in enumerate(election.projects) if p.code in result["winners"]]
            args.pb_out.write_text(pabulib.write(election, winners), "utf-8")
        _write(args.out, result)
    except (Refused, OSError) as error:
        return _refuse(args.file, error)
    chosen, all_ = len(result["winners"]), len(result["projects"])
    spent, budget = result["spent"]["text"], result["budget"]["text"]
    print(f"选出 {chosen} / {all_} 项,使用 {spent} / {budget}:{'、'.join(result['winners'])}")
    print(f"Chosen {chosen} of {all_}, spent {spent} of {budget}: {', '.join(result['winners'])}")
    return 0


def run_stv(args: argparse.Namespace) -> int:
    """Count a transferable vote and write every round; 1 with one line of reason when the file is wrong."""
    try:
        papers = blt.read(args.file)
        count, remark = _count(papers, args.rule)
        result = count.as_json()
        if remark is not None:
            result["remark"] = remark.as_json()
        result["pairs"] = duels(papers).as_json()
        result["borda"] = borda_json(papers)
        _write(args.out, result)
    except (Refused, OSError) as error:
        return _refuse(args.file, error)
    names = [papers.names[place] for place in count.elected]
    print(f"当选 {len(names)} 人:{'、'.join(names)}" + (f"({remark.zh})" if remark else ""))
    print(f"{len(names)} elected: {', '.join(names)}" + (f" ({remark.en})" if remark else ""))
    return 0


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
            _write(args.out, verdict.as_json())
    except (Refused, OSError) as error:
        return _refuse(at, error)
    findings = (finding.sentence for finding in verdict.findings)
    sentences = [verdict.sentence, *findings, verdict.basis, *verdict.remarks, *verdict.reference]
    for language in ("zh", "en"):
        print("\n".join(getattr(sentence, language) for sentence in sentences))
    return 0


def _add_budget(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("budget", help="choose projects from a PABULIB file")
    parser.add_argument("file", type=Path, metavar="FILE.pb")
    parser.add_argument("--rule", choices=report.RULES, required=True)
    parser.add_argument("--utility", choices=[utility.value for utility in Utility], default="cost")
    parser.add_argument("--completion", choices=[kind.value for kind in Completion], default="none")
    parser.add_argument("--step", type=_amount, default=Fraction(1), help="by how much a share grows (increment)")
    parser.add_argument("--ties", default="code", help=f"comma-separated: {', '.join(CRITERIA)}")
    parser.add_argument("--out", type=Path, required=True, metavar="RESULT.json")
    parser.add_argument("--pb-out", type=Path, metavar="FILE.pb", help="the file again, with the winners selected")
    parser.set_defaults(run=run_budget, needs_django=False)


def _add_stv(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("stv", help="count a single transferable vote from a BLT file")
    parser.add_argument("file", type=Path, metavar="FILE.blt")
    parser.add_argument("--rule", choices=STV_RULES, required=True)
    parser.add_argument("--out", type=Path, required=True, metavar="ROUNDS.json")
    parser.set_defaults(run=run_stv, needs_django=False)


def _add_majority(commands: "Subparsers[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("majority", help="decide a vote under a rule")
    parser.add_argument("rule", type=Path, metavar="RULE.json")
    parser.add_argument("counts", type=Path, metavar="COUNTS.json")
    parser.add_argument("--out", type=Path, metavar="VERDICT.json")
    parser.set_defaults(run=run_majority, needs_django=False)


def _amount(text: str) -> Fraction:
    if not AMOUNT.fullmatch(text):
        raise argparse.ArgumentTypeError(f"not an amount such as 1, 0.5 or 1/3: {text[:40]}")
    return Fraction(text)


def _count(papers: blt.RankedPapers, rule: str) -> tuple[Count, Sentence | None]:
    """The count, and what is to be said about the rule used."""
    if rule == "scottish":
        return scottish(papers), None
    if rule == "meek-fine":
        return meek(papers, Fine()), None
    if papers.has_equal_ranks:
        zh, en = "有并列名次,改用 meek-fine", "equal ranks, so meek-fine was used"
        return meek(papers, Fine()), Sentence(zh, en)
    return meek(papers), None


def _write(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _refuse(path: Path, error: Exception) -> int:
    at, reason = path, str(error)
    if isinstance(error, OSError):
        at, reason = error.filename or path, error.strerror or str(error)
    print(f"{at}: {reason}", file=sys.stderr)
    return 1
