"""Drawing people and mapping opinions against their peers, in one run; peers run if PEERS_PYTHON is set.

    PEERS_PYTHON=/path/to/venv/bin/python python bench/choice_people.py

The peers' environment holds sortition-algorithms and red-dwarf; without it their column is empty.
"""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from huiyin.choice.opinions import groups, reading, statements
from huiyin.choice.opinions.chart import opinion_map
from huiyin.choice.opinions.votes import assemble, vote_table
from huiyin.choice.sortition import draw
from huiyin.choice.sortition.pool import Pool, Quota, pool_of, read_pool, read_quotas
from huiyin.choice.sortition.rule import Rule

SHARED = (
    Path(os.environ.get("HUIYIN_SHARED", Path(__file__).resolve().parents[1].parent / "shared")) / "data" / "choice"
)
PEER_SORTITION = """
import resource, sys
from pathlib import Path
from sortition_algorithms import CSVFileDataSource, SelectionData, Settings, run_stratification
folder, size = Path(sys.argv[1]), int(sys.argv[2])
data = SelectionData(CSVFileDataSource(features_file=folder / "q.csv", people_file=folder / "p.csv",
    already_selected_file=None, selected_file=folder / "s.csv", remaining_file=folder / "r.csv"))
features, _ = data.load_features(size)
settings = Settings(id_column="id", columns_to_keep=[], selection_algorithm="maximin")
people, _ = data.load_people(settings, features)
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
run_stratification(features, people, size, settings, max_seconds=600)
print(resource.getrusage(resource.RUSAGE_SELF).ru_utime - before)
"""
PEER_MAP = """
import csv, resource, sys
from reddwarf.implementations.polis import run_pipeline
last = {}
with open(sys.argv[1], encoding="utf-8") as file:
    for row in csv.DictReader(file):
        key = int(row["voter-id"]), int(row["comment-id"])
        if key not in last or int(row["timestamp"]) >= last[key][0]:
            last[key] = int(row["timestamp"]), int(row["vote"])
votes = [dict(participant_id=p, statement_id=s, vote=v, modified=t) for (p, s), (t, v) in last.items()]
before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
found = run_pipeline(votes=votes, random_state=0)
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime - before, used.ru_maxrss // 1024)
print(",".join(f"{p}:{int(g)}" for p, g in found.participants_df["cluster_id"].dropna().items()))
"""


class Row(NamedTuple):
    """One line of the comparison."""

    work: str
    peer: str
    ours: str
    bar: str
    holds: bool


def rows() -> list[Row]:
    """Every measurement of this file; those that need the shared data are left out where it is not."""
    return [*_draws(), *_big_map(), *_published_groups(), *_service_figures()]


def pool(people: int, size: int, *, seed: int, housemates: float) -> tuple[Pool, list[Quota]]:
    """A made-up pool with five features whose shares differ from the population's, and quotas of ± 1."""
    rng = np.random.default_rng(seed)
    columns, quotas = [], []
    for feature, values in zip(("sex", "age", "school", "place", "view"), (2, 5, 4, 8, 3), strict=True):
        population = rng.dirichlet(np.full(values, 6.0))
        answering = population * np.exp(rng.normal(0, 0.5, values))
        columns.append(rng.choice(values, people, p=answering / answering.sum()))
        for value, share in enumerate(population):
            low, high = int(np.floor(share * size - 1)), int(np.ceil(share * size + 1))
            quotas.append(Quota(feature, str(value), max(low, 0), high))
    home = np.arange(people)
    for person in range(1, people):
        if rng.random() < housemates:
            home[person] = home[person - 1]
    named = [(str(person), [str(column[person]) for column in columns]) for person in range(people)]
    return pool_of(named, ["sex", "age", "school", "place", "view"], home.astype(str).tolist()), quotas


POOLS = (  # people, size, share who live with the person before them, seed, bar in seconds; beside the first, the peer
    (1000, 50, 0.0, 0, 5.0),
    (1000, 50, 0.0, 1, 5.0),
    (2000, 60, 0.3, 0, 10.0),
    (2000, 60, 0.3, 5, 10.0),
    (2000, 60, 0.45, 5, 10.0),
    (2000, 60, 0.6, 7, 10.0),
)


def _draws() -> list[Row]:
    found = []
    for people, size, housemates, seed, bar in POOLS:
        everyone, quotas = pool(people, size, seed=seed, housemates=housemates)
        peer = _peer_draw(everyone, quotas, size) if not found else ""
        seconds, drawn = _measured(lambda e=everyone, q=quotas, n=size: draw.draw(e, q, n, text="a", rule=Rule.MAXIMIN))
        away = float(drawn.proof.bound - drawn.proof.smallest)
        ours = f"{seconds:.1f} s CPU, smallest {float(drawn.proof.smallest):.4%}, {away:.1e} below the proved bound"
        homes = f", {housemates:.0%} with households" if housemates else ""
        work = f"{size} of {people}{homes}, maximin, pool {seed}"
        found.append(Row(work, peer, ours, f"{bar} s", seconds <= bar and away < 1e-6))
    folder = SHARED / "sortition" / "data" / "example_small_20"
    if folder.exists():
        quotas = read_quotas(folder / "categories.csv")
        people = read_pool(folder / "respondents.csv", quotas)
        _, drawn = _measured(lambda: draw.draw(people, quotas, 20, text="a", rule=Rule.LEXIMIN))
        chances = drawn.chances()
        ours = f"smallest {float(min(chances)):.4%}, largest {float(max(chances)):.4%}"
        found.append(Row("example_small_20, leximin", "10.0 %", ours, "10.0 %", min(chances) * 10 == 1))
    return found


def _big_map() -> list[Row]:
    rng = np.random.default_rng(5)
    camp = rng.choice(3, 10_000, p=[0.5, 0.3, 0.2])
    leaning = np.clip(rng.normal(0.5, 0.25, (3, 500)), 0.05, 0.95)
    person = np.repeat(np.arange(10_000), 60)
    statement = np.concatenate([rng.choice(500, 60, replace=False) for _ in range(10_000)])
    side = np.where(rng.random(len(person)) < leaning[camp[person], statement], 1, -1)
    vote = np.where(rng.random(len(person)) < 0.12, 0, side)
    at_ms = 1_600_000_000_000 + rng.integers(0, 10**10, len(person))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("timestamp", "comment-id", "voter-id", "vote"))
            writer.writerows(zip(at_ms.tolist(), statement.tolist(), person.tolist(), vote.tolist(), strict=True))
        peer = _peer_map(path)
        table = assemble(person, statement, vote, at_ms)
        seconds, _ = _measured(lambda: opinion_map(table))
        code = f"""
import resource
from pathlib import Path
from huiyin.choice.opinions import chart, reading
chart.opinion_map(reading.read_votes(Path({str(path)!r})))
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""
        megabytes = int(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout)
    ours = f"{seconds:.2f} s CPU, {megabytes} MB with reading"
    told = f"{peer[0]:.1f} s CPU, {peer[1]} MB" if peer else ""
    return [Row("map 10,000 × 500, 600,000 votes", told, ours, "1 s, 300 MB", seconds <= 1 and megabytes <= 300)]


def _published_groups() -> list[Row]:
    found = []
    bars = {"scoop-hivemind.biodiversity": 0.954, "vtaiwan.uberx": 0.826, "15-per-hour-seattle": 0.459}
    for folder in sorted((SHARED / "polis-open").glob("*/")):
        with (folder / "participants-votes.csv").open(encoding="utf-8") as file:
            published = {row["participant"]: row["group-id"] for row in csv.DictReader(file) if row["group-id"]}
        drawn = opinion_map(reading.read_votes(folder / "votes.csv"))
        ours = _agreement(
            published, {n: g for n, g in zip(drawn.table.people, drawn.group_of().tolist(), strict=True) if g >= 0}
        )
        peer = _peer_map(folder / "votes.csv")
        told = f"{_agreement(published, peer[2]):.3f}" if peer else ""
        bar = bars.get(folder.name)
        holds = bar is None or ours >= bar
        found.append(Row(f"published groups of {folder.name}", told, f"{ours:.3f}", f"{bar or 'listed'}", holds))
    return found


def _service_figures() -> list[Row]:
    """Representative statements and consensus of the live Polis service, recomputed on its own groups."""
    found = []
    for folder in sorted((SHARED / "polis-fixtures" / "tests" / "fixtures").glob("*/")):
        told = json.loads((folder / "math-pca2.json").read_text(encoding="utf-8"))
        votes = json.loads((folder / "votes.json").read_text(encoding="utf-8"))
        table = vote_table(
            (row.get("participant_id", row.get("pid")), row.get("statement_id", row.get("tid")), int(row["vote"]))
            for row in votes
        )
        members = dict(zip(told["base-clusters"]["id"], told["base-clusters"]["members"], strict=True))
        group = np.full(len(table.people), -1)
        for cluster in told["group-clusters"]:
            names = {str(person) for base in cluster["members"] for person in members[base]}
            group[[name in names for name in table.people]] = cluster["id"]
        counts = statements.counts_of(table, group, len(told["group-clusters"]))
        sides = {"agree": counts.agree, "disagree": counts.disagree}
        figures = {name: statements.side_of(held, counts.seen) for name, held in sides.items()}
        off = [
            max(
                abs(figures[it["repful-for"]].ratio_z[int(number), place] - it["repness-test"]),
                abs(figures[it["repful-for"]].share_z[int(number), place] - it["p-test"]),
            )
            for number, listed in told["repness"].items()
            for it in listed
            for place in [table.statements.index(str(it["tid"]))]
        ]
        off += [
            abs(statements.consensus(counts)[0][table.statements.index(name)] - value)
            for name, value in told["group-aware-consensus"].items()
        ]
        ours = f"{len(off)} figures, largest difference {max(off):.1e}"
        found.append(Row(f"service's figures, {folder.name}", "", ours, "equal", bool(max(off) < 1e-4)))
    return found


def _agreement(published: dict[str, str], found: dict[str, int]) -> float:
    both = sorted(published.keys() & found.keys())
    return groups.agreement(
        np.unique([published[name] for name in both], return_inverse=True)[1], np.array([found[name] for name in both])
    )


def _measured(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def _peer(code: str, *arguments: str) -> str:
    interpreter = os.environ.get("PEERS_PYTHON")
    if not interpreter:
        return ""
    done = subprocess.run([interpreter, "-c", code, *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def _peer_draw(everyone: Pool, quotas: list[Quota], size: int) -> str:
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "p.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("id", *everyone.features))
            writer.writerows((n, *v) for n, v in zip(everyone.names, everyone.values, strict=True))
        with (Path(folder) / "q.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(("feature", "value", "min", "max"))
            writer.writerows((quota.feature, quota.value, quota.least, quota.most) for quota in quotas)
        told = _peer(PEER_SORTITION, folder, str(size))
    return f"{float(told.split()[-1]):.1f} s CPU" if told else ""


def _peer_map(path: Path) -> tuple[float, int, dict[str, int]] | None:
    told = _peer(PEER_MAP, str(path))
    if not told:
        return None
    first, second = told.strip().splitlines()[-2:]
    pairs = (pair.split(":") for pair in second.split(","))
    return float(first.split()[0]), int(first.split()[1]), {name: int(group) for name, group in pairs}


def main() -> int:
    """Print the comparison; 1 when a bar does not hold."""
    measured = rows()
    for row in measured:
        print(
            f"{'ok  ' if row.holds else 'MISS'} {row.work} | peer {row.peer or '–'} | ours {row.ours} | bar {row.bar}"
        )
    print(f"peak of this process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    return 0 if all(row.holds for row in measured) else 1


if __name__ == "__main__":
    sys.exit(main())
