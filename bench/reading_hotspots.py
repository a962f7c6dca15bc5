"""Measures hotspots on PostgreSQL: a matter more among 10,000, a restart, the nightly rebuild, lists, memory.

    nice .venv/bin/python bench/reading_hotspots.py [--n 10000]

Seeds a scratch database of the embedded PostgreSQL by joining n matters one by one: the peers' planted corpus in
../shared (or HUIYIN_SHARED); without it says so and repeats the planted matters of our own tests. CPU is that of
application and database together, the slowest of a hundred that of the application alone.
"""

import argparse
import importlib
import os
import random
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import psutil
from printing import table
from spending import Spending

SHARED = Path(os.environ.get("HUIYIN_SHARED", Path(__file__).resolve().parents[1].parent / "shared"))
PEERS = SHARED / "bench" / "peers"
LAST = 300
BARS_FROM = 10_000


@dataclass(frozen=True)
class Row:
    """One line: the work, nothing beside it, what we measured, the bar, and whether it holds."""

    work: str
    baseline: str
    ours: str
    bar: str
    holds: bool


def main() -> int:
    """Seed, measure, print; 1 when a bar does not hold."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--n", type=int, default=10_000)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="huiyin-hotspots."))
    os.environ |= {"HUIYIN_STATE": str(folder), "DJANGO_SETTINGS_MODULE": "huiyin.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    embedded = importlib.import_module("huiyin.config.embedded")
    embedded.ensure_running()
    try:
        importlib.import_module("django").setup()
        importlib.import_module("django.core.management").call_command("migrate", verbosity=0)
        return table(list(Bench(asked.n).rows()), other="baseline")
    finally:
        embedded.cluster().leave()
        shutil.rmtree(folder)


class Bench:
    """A scratch database with n matters and everything measured in it."""

    def __init__(self, n: int) -> None:
        self.n = n
        self.workflow, self.mirror, self.rebuilding, self.queries, self.clock = (
            importlib.import_module(name)
            for name in (
                "huiyin.hotspots.workflow.joining",
                "huiyin.hotspots.workflow.mirror",
                "huiyin.hotspots.workflow.rebuilding",
                "huiyin.hotspots.queries",
                "huiyin.kernel.clock",
            )
        )
        self.texts, self.truth = corpus(n + LAST)
        self.spending = Spending(importlib.import_module("huiyin.config.embedded").cluster().server_pid())

    def rows(self):
        """Every line of the table."""
        before = psutil.Process().memory_info().rss
        for at in range(self.n // 2):
            self.join(at)
        self.rebuilding.rebuild()
        for at in range(self.n // 2, self.n):
            self.join(at)
        rebuild_s = self.cpu(self.rebuilding.rebuild)
        self.mirror.forget()
        restart_s = self.cpu(lambda: self.join(self.n))
        mean, late = self.one_more()
        leave_ms = self.cpu(lambda: [self.workflow.leave(at + 1) for at in range(self.n, self.n + 50)]) * 20
        after = psutil.Process().memory_info().rss
        work = f"hotspots of {self.n:,} matters"
        yield Row(f"{work}: one more, CPU", "-", f"{mean:.1f} ms, p99 {late:.1f}", "<= 20 ms", late <= 20)
        yield Row(f"{work}: one leaves, CPU", "-", f"{leave_ms:.1f} ms", "reported", holds=True)
        yield Row(f"{work}: first one after a restart, CPU", "-", f"{restart_s:.1f} s", "reported", holds=True)
        yield Row(f"{work}: nightly rebuild, CPU", "-", f"{rebuild_s:.1f} s", "<= 60 s", rebuild_s <= 60)
        yield Row(f"{work}: memory of a worker", "-", f"{(after - before) / 1e6:.0f} MB more", "reported", holds=True)
        yield from self.found(work)
        yield self.listed(work)

    def join(self, at: int) -> None:
        """One matter of the corpus, spread over the last 300 days and over two communities."""
        when = self.clock.now() - timedelta(days=at % 300)
        self.workflow.join(at + 1, "", self.texts[at], "", f"1/{at % 2}/", when, f"p{at % 4001}")

    def one_more(self):
        """CPU milliseconds of one more matter: application and database on average, the application's slow ones."""
        took = []

        def join_all():
            for at in range(self.n + 1, self.n + LAST):
                started = time.process_time()
                self.join(at)
                took.append((time.process_time() - started) * 1000)

        mean = self.cpu(join_all) * 1000 / (LAST - 1)
        return mean, sorted(took)[int(0.99 * len(took))]

    def cpu(self, work) -> float:
        """CPU seconds of this process and its database while it works."""
        return sum(self.spending.of(work))

    def found(self, work):
        """How many of the planted issues the rows hold, and how pure those are."""
        judged = importlib.import_module("reading_topics").judged
        groups = {}
        for pk, hotspot in self.mirror.Matter.objects.filter(hotspot__isnull=False).values_list("pk", "hotspot_id"):
            groups.setdefault(hotspot, []).append(pk)
        share, purity = judged(list(groups.values()), {at + 1: of for at, of in self.truth.items() if at < self.n})
        asked = self.n >= BARS_FROM
        told = (">= 0.9", ">= 0.95") if asked else ("reported", "reported")
        yield Row(f"{work}: planted issues found in the rows", "-", f"{share:.3f}", told[0], share >= 0.9 or not asked)
        yield Row(f"{work}: purity of those", "-", f"{purity:.3f}", told[1], purity >= 0.95 or not asked)

    def listed(self, work):
        """The list of an actor over the whole district."""
        actors, roles = (importlib.import_module(f"huiyin.people.{name}") for name in ("actors", "roles"))
        seat = actors.Seat(roles.Role.WORK_DEPARTMENT, area_path="1/")
        actor = actors.Actor(actors.Kind.STAFF, 1, "", (seat,))
        ms = self.cpu(lambda: [self.queries.hotspots(actor) for _ in range(20)]) * 50
        return Row(f"{work}: the twenty hottest, CPU", "-", f"{ms:.0f} ms", "reported", holds=True)


def corpus(n: int) -> tuple[list[str], dict[int, int]]:
    """Texts and the planted issue of those that have one."""
    if not PEERS.is_dir():
        sys.stdout.write("../shared is not there: the planted matters of our own tests, over and over\n\n")
        planted = importlib.import_module("huiyin.text.topics.tests.planted").planted
        items, truth = planted(random.Random(11))
        own = {item.key: at for at, item in enumerate(items)}
        texts = [f"{items[at % len(items)].detail}，第{at}次" for at in range(n)]
        return texts, {own[key]: of for key, of in truth.items()}
    for folder in (PEERS / "analysis", PEERS / "common"):
        sys.path.insert(0, str(folder))
    texts, labels = importlib.import_module("analysis").corpus(n)
    return texts, {at: label for at, label in enumerate(labels) if label >= 0}


if __name__ == "__main__":
    sys.exit(main())
