"""Measures topics and near-duplicates against their bars, beside KMeans and a plain Jaccard in the same process.

    .venv/bin/python bench/reading_topics.py

Uses ../shared (or HUIYIN_SHARED) when it is there: the planted hot issues and 4,326 real appeals; without it, says so
and uses the planted matters of our own tests.
"""

import csv
import gzip
import importlib
import json
import os
import random
import resource
import sys
import time
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import numpy as np
import rjieba
from sklearn.cluster import MiniBatchKMeans
from sklearn.feature_extraction.text import TfidfVectorizer

from huiyin.text.similar import index, reading, weights
from huiyin.text.similar.tests import appeals
from huiyin.text.topics import growing, listing
from huiyin.text.topics.items import Item
from huiyin.text.topics.tests.planted import planted

SHARED = Path(os.environ.get("HUIYIN_SHARED", Path(__file__).resolve().parents[1].parent / "shared"))
PEERS = SHARED / "bench" / "peers"
DEMO = Path(__file__).resolve().parents[1] / "huiyin" / "demo" / "data" / "appeals.jsonl"
SIZES = (10_000, 50_000)
# KMeans takes minutes beyond this size.
KMEANS_AT_MOST = 20_000


@dataclass(frozen=True)
class Row:
    """One line of the table: the work, what the baseline and we measured, the bar, and whether it holds."""

    work: str
    baseline: str
    ours: str
    bar: str
    holds: bool


def rows() -> list[Row]:
    """Near-duplicates, planted hot issues, and the hottest topics of the real appeals as lines without a bar."""
    table = _duplicates()
    if PEERS.is_dir():
        for size in SIZES:
            table += _issues(f"topics of {size} texts", *_peer_corpus(size))
        return [*table, *_real(_liked(), "real")]
    items, truth = planted(random.Random(11))
    table += _issues("topics (own planted matters; ../shared is not there)", items, truth)
    return [*table, *_real(_of_demo(), "demo")]


def _peer_corpus(size: int) -> tuple[list[Item], dict[str, int]]:
    for folder in (PEERS / "analysis", PEERS / "common"):
        sys.path.insert(0, str(folder))
    texts, labels = importlib.import_module("analysis").corpus(size)
    items = [Item(f"{at:06}", "", text) for at, text in enumerate(texts)]
    return items, {f"{at:06}": label for at, label in enumerate(labels) if label >= 0}


def _issues(work: str, items: Sequence[Item], truth: dict[str, int]) -> list[Row]:
    started = time.process_time()
    topics = growing.grown(items)
    groups = topics.groups()
    seconds = time.process_time() - started
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found, purity = judged([[item.key for item in members] for members in groups.values()], truth)
    started = time.process_time()
    for at, item in enumerate(items[:200]):
        topics.add(Item(f"new{at}", item.subject, item.detail))
    one = (time.process_time() - started) / min(200, len(items)) * 1000
    judged_kmeans = judged(_kmeans(items), truth) if len(items) <= KMEANS_AT_MOST else None
    other_found, other_purity = (f"{each:.3f} (KMeans)" for each in judged_kmeans) if judged_kmeans else ("-", "-")
    return [
        Row(
            f"{work}: hot issues found (F1 >= 0.5)",
            other_found,
            f"{found:.3f}",
            ">= 0.9",
            found >= 0.9,
        ),
        Row(f"{work}: purity of those", other_purity, f"{purity:.3f}", ">= 0.95", purity >= 0.95),
        Row(f"{work}: CPU seconds", "-", f"{seconds:.1f}", "<= 60", seconds <= 60),
        Row(f"{work}: MB at most (whole run)", "-", f"{megabytes:.0f}", "<= 1024", megabytes <= 1024),
        Row(f"{work}: ms for one more", "-", f"{one:.2f}", "<= 20", one <= 20),
    ]


def judged(groups: Sequence[Sequence[str]], truth: dict[str, int]) -> tuple[float, float]:
    """Share of issues for which some group reaches F1 >= 0.5, and the mean purity of those groups."""
    totals = Counter(truth.values())
    best: defaultdict[int, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for group in groups:
        for issue, count in Counter(truth[key] for key in group if key in truth).items():
            best[issue] = max(best[issue], (2 * count / (totals[issue] + len(group)), count / len(group)))
    found = [purity for score, purity in best.values() if score >= 0.5]
    return len(found) / len(totals), sum(found) / max(1, len(found))


def _kmeans(items: Sequence[Item]) -> list[list[str]]:
    words = rjieba.Jieba()
    texts = [" ".join(words.cut(item.subject + item.detail)) for item in items]
    matrix = TfidfVectorizer(token_pattern=r"(?u)\b\w+\b", min_df=2, max_df=0.5, sublinear_tf=True).fit_transform(texts)
    model = MiniBatchKMeans(max(10, len(items) // 50), random_state=0, n_init=1, batch_size=4096)
    groups: defaultdict[int, list[str]] = defaultdict(list)
    for item, label in zip(items, model.fit_predict(matrix), strict=True):
        groups[int(label)].append(item.key)
    return list(groups.values())


def _real(items: list[Item], told: str) -> list[Row]:
    """The ten hottest topics of appeals as people wrote them: no bar, to be read."""
    hottest = listing.listed(growing.grown(items).groups())[:10]
    return [
        Row(f"{told} topic {place}: {topic.name}", "-", f"heat {topic.heat}",
            f"{topic.persons} persons, {topic.likes} likes", holds=True)
        for place, topic in enumerate(hottest, start=1)
    ]  # fmt: skip


def _liked() -> list[Item]:
    with gzip.open(SHARED / "data" / "messages_hot.csv.gz", "rt", encoding="utf-8", newline="") as stream:
        return [
            Item(row["id"], row["subject"], row["detail"].strip(), date.fromisoformat(row["time_iso"][:10]),
                 row["user"], likes=int(row["likes"]))
            for row in csv.DictReader(stream)
        ]  # fmt: skip


def _of_demo() -> list[Item]:
    rows = [json.loads(line) for line in DEMO.read_text(encoding="utf-8").splitlines()]
    return [
        Item(row["id"], row["subject"], row["detail"], date(2026, 1, 1) + timedelta(row["day_offset"]),
             row["id"], row["building"])
        for row in rows
    ]  # fmt: skip


def _duplicates() -> list[Row]:
    """Five changed copies of every own appeal, among the real appeals where those are there."""
    chance = random.Random(3)
    file = SHARED / "data" / "messages_labelled.csv.gz"
    background: list[str] = []
    group: list[str] = []
    if file.is_file():
        with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                background.append(f"{row['subject']}。{row['detail']}")
                group.append(row["grp"])
    texts, wanted = [*background, *appeals.APPEALS], set()
    group += [f"own {at}" for at in range(len(appeals.APPEALS))]
    bases = range(len(texts)) if not background else chance.sample(range(len(texts)), 600)
    for at in bases:
        changed = texts[at].replace("。", "|", 1)
        for change in chance.choice((appeals.CHANGES, (chance.choice(appeals.CHANGES),))):
            changed = change(chance, changed) if "，" in changed or "。" in changed else changed
        wanted.add((at, len(texts)))
        texts.append(changed)
        group.append(group[at])
    readings = [reading.read(text) for text in texts]
    known = index.Index(weights.fitted(each.grams for each in readings))
    found = set()
    for at, each in enumerate(readings):
        found |= {(int(match.other), at) for match in known.matches_of(each, least=0.58, most=50)}
        known.add_reading(str(at), each)
    recall = len(found & wanted) / len(wanted)
    planted_at = {at for _, at in wanted}
    claimed = {pair for pair in found if pair[1] in planted_at}
    # The data name the groups of texts that were near-duplicates before anything was planted.
    right = {(i, j) for i, j in claimed if group[i] == group[j]}
    precision = len(right) / max(1, len(claimed))
    hashed = {pair for pair in _minhash(texts) if pair[1] in planted_at}
    hashed_right = sum(group[i] == group[j] for i, j in hashed) / max(1, len(hashed))
    return [
        Row(f"similar: recall of {len(wanted)} planted variants", f"{len(hashed & wanted) / len(wanted):.3f} (MinHash)",
            f"{recall:.4f}", ">= 0.98", recall >= 0.98),
        Row("similar: precision of what is paired with them", f"{hashed_right:.3f} (MinHash)",
            f"{precision:.4f}", ">= 0.97", precision >= 0.97),
    ]  # fmt: skip


def _minhash(texts: Sequence[str]) -> set[tuple[int, int]]:
    """Pairs by the usual recipe: 128 minima of 3-signs hashes, 32 bands of 4, then an estimate of at least 0.5."""
    chance = np.random.default_rng(1)
    times, plus = chance.integers(1, 2**31, (2, 128, 1), dtype=np.uint64)
    signatures = []
    for text in texts:
        grams = {text[at : at + 3] for at in range(max(1, len(text) - 2))}
        codes = np.array([zlib.crc32(gram.encode()) for gram in grams], dtype=np.uint64)
        signatures.append(((times * codes + plus) % np.uint64(2**31 - 1)).min(axis=1))
    buckets: defaultdict[tuple[int, bytes], list[int]] = defaultdict(list)
    for at, signature in enumerate(signatures):
        for band in range(32):
            buckets[band, signature[4 * band : 4 * band + 4].tobytes()].append(at)
    pairs = {pair for members in buckets.values() for pair in combinations(members, 2)}
    return {(i, j) for i, j in pairs if np.mean(signatures[i] == signatures[j]) >= 0.5}


def main() -> None:
    """Print the table."""
    for row in rows():
        print(f"{'holds' if row.holds else 'FAILS':5}  {row.work:58}  {row.ours:>11}  {row.bar:>26}  {row.baseline}")


if __name__ == "__main__":
    main()
