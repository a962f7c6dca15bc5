"""Runs `huiyin hotspots grow`: new appeals join their hotspots, with a bar, and all are gathered anew if asked for."""

import argparse
import sys
from datetime import timedelta

from tqdm import tqdm

from huiyin.appeals import reading
from huiyin.hotspots.workflow import rebuilding
from huiyin.journal import beside


def grow(arguments: argparse.Namespace) -> int:
    """Let appeals of the last days join, then rebuild when asked to; prints how many there are."""
    if arguments.for_worker:
        beside.hold()
    with tqdm(desc="归入热点", unit="件", disable=None) as bar:
        read = reading.grow_hotspots(within=timedelta(days=arguments.days), progress=bar.update)
    told = f"新归入 {read} 件"
    if arguments.rebuild:
        done = rebuilding.rebuild()
        told += f"，重新归拢 {done.matters} 件，热点 {done.hotspots} 个"
    sys.stdout.write(told + "\n")
    return 0
