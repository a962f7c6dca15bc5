"""Running the command `budget`."""

import argparse

from huiyin.choice.budget import pabulib, report
from huiyin.choice.budget.words import Completion, Request, Utility
from huiyin.choice.results import refuse, say, write_json
from huiyin.choice.wording import Refused, Sentence


def run_budget(args: argparse.Namespace) -> int:
    """Choose projects and write the result; 1 with one line of reason when the file is wrong."""
    request = Request(
        args.rule, Utility(args.utility), Completion(args.completion), args.step, tuple(args.ties.split(","))
    )
    try:
        content = args.file.read_bytes()
        result = report.result(content, request)
        if args.pb_out is not None:
            election = pabulib.parse(content)
            winners = [place for place, p in enumerate(election.projects) if p.code in result["winners"]]
            args.pb_out.write_text(pabulib.write(election, winners), "utf-8")
        write_json(args.out, result)
    except (Refused, OSError) as error:
        return refuse(args.file, error)
    chosen, all_ = len(result["winners"]), len(result["projects"])
    spent, budget = result["spent"]["text"], result["budget"]["text"]
    zh = f"选出 {chosen} / {all_} 项,使用 {spent} / {budget}:{'、'.join(result['winners'])}"
    say([Sentence(zh, f"Chosen {chosen} of {all_}, spent {spent} of {budget}: {', '.join(result['winners'])}")])
    return 0
