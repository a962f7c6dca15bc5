"""Running the command `stv`."""

import argparse

from huiyin.choice.ballots import blt
from huiyin.choice.ballots.meek import Fine, meek
from huiyin.choice.ballots.pairwise import borda_json, duels
from huiyin.choice.ballots.rounds import Count
from huiyin.choice.ballots.scottish import scottish
from huiyin.choice.results import refuse, say, write_json
from huiyin.choice.wording import Refused, Sentence


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
        write_json(args.out, result)
    except (Refused, OSError) as error:
        return refuse(args.file, error)
    names = [papers.names[place] for place in count.elected]
    zh = f"当选 {len(names)} 人:{'、'.join(names)}" + (f"({remark.zh})" if remark else "")
    say([Sentence(zh, f"{len(names)} elected: {', '.join(names)}" + (f" ({remark.en})" if remark else ""))])
    return 0


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
