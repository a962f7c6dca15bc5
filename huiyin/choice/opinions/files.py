"""Writing a map of opinions: people, statements and a summary with reasons, the same bytes for the same votes."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from huiyin.choice.opinions import groups, statements
from huiyin.choice.opinions.chart import OpinionMap

DIGITS = 6


def write_groups(drawn: OpinionMap, path: Path) -> None:
    """One row per person: group from 1 (empty with too few votes), place on the plane, number of votes."""
    votes = drawn.table.votes_per_person()
    rows = [
        (name, "" if group < 0 else group + 1, _number(x), _number(y), count)
        for name, group, (x, y), count in zip(
            drawn.table.people, drawn.group_of().tolist(), drawn.points.tolist(), votes.tolist(), strict=True
        )
    ]
    _write_rows(path, ("person", "group", "x", "y", "votes"), rows)


def write_statements(drawn: OpinionMap, path: Path) -> None:
    """One row per statement: counts of the grouped people, consensus, axes, and each group's counts and tests."""
    counts = drawn.counts
    agree, disagree = (statements.side_of(held, counts.seen) for held in (counts.agree, counts.disagree))
    header = ["statement", "votes", "agree", "disagree", "pass", "unites", "consensus_agree", "consensus_disagree"]
    header += ["axis_1", "axis_2", "stands_for"]
    for group in range(1, len(counts.seen) + 1):
        header += [f"group_{group}_{name}" for name in ("votes", "agree", "disagree", "agree_z", "disagree_z")]
    rows = []
    for place, name in enumerate(drawn.table.statements):
        column = [int(part[:, place].sum()) for part in (counts.seen, counts.agree, counts.disagree, counts.passed())]
        standing = [str(number + 1) for number, held in enumerate(drawn.holds) if name in {it.statement for it in held}]
        row: list[object] = [name, *column, int(drawn.unites[place])]
        row += [_number(side[place]) for side in drawn.consensus]
        row += [*(_number(axis[place]) for axis in drawn.plane.axes), " ".join(standing)]
        for group in range(len(counts.seen)):
            row += [int(part[group, place]) for part in (counts.seen, counts.agree, counts.disagree)]
            row += [_number(side.ratio_z[group, place]) for side in (agree, disagree)]
        rows.append(row)
    _write_rows(path, header, rows)


def write_summary(drawn: OpinionMap, path: Path) -> None:
    """The whole map but for single people, with the sentences; keys sorted, numbers rounded to 6 digits."""
    text = json.dumps(_rounded(summary(drawn)), ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def summary(drawn: OpinionMap) -> dict[str, Any]:
    """The map as plain data: counts, criterion, groups and what they hold, uniting statements, firmness, signs."""
    table = drawn.table
    told = drawn.explanations()
    size = np.bincount(drawn.grouping.group, minlength=len(drawn.grouping.centres))
    return {
        "people": len(table.people),
        "people_in_map": int(drawn.counted.sum()),
        "statements": len(table.statements),
        "votes": len(table.vote),
        "votes_sha256": table.digest(),
        "statements_left_out": list(drawn.left_out),
        "groups_kept_from_an_earlier_map": drawn.keeps_earlier,
        "votes_replaced_by_later_ones": table.revoted,
        "votes_contradicting_in_the_same_instant": table.contradicting,
        "plane": {"shares_of_differences": drawn.plane.variance.tolist(), "steadiness": drawn.plane.steadiness},
        "number_of_groups": {
            "chosen": len(size),
            "criterion": f"fewest groups whose mean silhouette is within {groups.CLEARLY_BETTER} of the largest",
            "silhouettes": {str(number): value for number, value in drawn.silhouettes.items()},
            "people_set_aside_while_centres_were_found": drawn.grouping.set_aside,
        },
        "groups": [
            {"group": number + 1, "people": int(size[number]), "centre": centre, "holds": [asdict(it) for it in held]}
            for number, (centre, held) in enumerate(zip(drawn.grouping.centres.tolist(), drawn.holds, strict=True))
        ],
        "uniting": [
            {"statement": table.statements[place], "agrees": bool(drawn.unites[place] > 0)}
            for place in drawn.uniting_places()
        ],
        "stability": asdict(drawn.firmness),
        "signs_of_coordinated_entry": [asdict(sign) for sign in drawn.signs],
        "explanations": {"zh": [line.zh for line in told], "en": [line.en for line in told]},
    }


def _number(value: float) -> str:
    """A number with six digits; minus zero is zero."""
    return f"{round(float(value), DIGITS) + 0.0:.{DIGITS}f}"


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, DIGITS) + 0.0
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(part) for part in value]
    return value


def _write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
