"""Runs `huiyin demo` at a terminal: the district, its stories, its notices, the users to log in with."""

import argparse
import sys
from typing import Final

from django.db import transaction
from tqdm import tqdm

from huiyin.demo import board, district, stories
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, RuleBroken

PASSWORD: Final = "haiqing-2026"  # noqa: S105  the demo's own password, printed where the demo is loaded
USERS: Final = (
    ("clerk.lt", "龙躺社区工作室文员"),
    ("director.lt", "龙躺社区工作室主任（审核）"),
    ("contact.housing", "住建局联络员"),
    ("head.housing", "住建局主要负责人"),
    ("rep1.lt", "人大代表"),
    ("officer.hq", "区委群众工作部"),
    ("leader.hq", "区领导"),
    ("engineer", "系统管理员"),
)


def load(arguments: argparse.Namespace) -> int:
    """Load the demo, or do nothing when a district is set up already."""
    if district.is_loaded():
        if arguments.if_empty:
            tell_users()
            return 0
        raise RuleBroken("not_empty", N_("这里已经有一个区，演示数据只装进空的系统。"))
    with transaction.atomic(), tqdm(total=stories_count(), desc="演示诉求", unit="件", disable=None) as bar:
        district.load(password=PASSWORD)
        if not arguments.without_appeals:
            stories.tell_all(clock.now(), progress=bar.update)
            board.release_all()
    tell_users()
    return 0


def stories_count() -> int:
    """How many stories there are to tell."""
    with (district.DATA / "appeals.jsonl").open(encoding="utf-8") as file:
        return sum(1 for _ in file)


def tell_users() -> None:
    """Print the users of the demo and their password."""
    sys.stdout.write(f"演示用户（密码都是 {PASSWORD}）：\n")
    for login, what in USERS:
        sys.stdout.write(f"  {login:<16} {what}\n")
