"""R1: a receipt number means the appeal exists, exactly once, whatever is killed in between.

Registers appeals over the web while web, worker and database processes are killed with SIGKILL at random, then counts:
every acknowledged number exists, no form made two appeals, every event's reactions were done once.

    .venv/bin/python -m checks.crash --registrations 10000 --kills 20 --seed 1
    .venv/bin/python -m checks.crash --fault lost|double|missing     the planted fault has to be found (exit code 1)
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "c" * 32
CLIENTS = 8
GIVE_UP_SECONDS = 180.0
SETTLE_SECONDS = 45.0


@dataclass
class Told:
    """What the clients were told: the number that was acknowledged for each form's key."""

    numbers: dict[str, str] = field(default_factory=dict)
    retries: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def environment(state: Path, fault: str) -> dict[str, str]:
    """The environment of the house under test; a planted fault comes in through the interpreter's start."""
    told = os.environ | {"HUIYIN_STATE": str(state)}
    if fault:
        told |= {"PYTHONPATH": str(ROOT / "checks" / "faults"), "HUIYIN_PLANTED": fault}
    return told


def command(*words: str) -> list[str]:
    """One of the house's own commands."""
    return [sys.executable, "-m", "huiyin.config.command", *words]


def post(port: int, key: str, words: str) -> str:
    """Post the form once; the acknowledged number, or empty when no receipt came."""
    form = {
        "key": key,
        "detail": words,
        "place_text": "",
        "unsure": "on",
        "reach": "contact",
        "name": "李测试",
        "phone": "19900001234",
        "csrfmiddlewaretoken": TOKEN,
    }
    body = urllib.parse.urlencode(form)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={TOKEN}"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("POST", "/say/", body, headers)
        answer = connection.getresponse()
        answer.read()
        place = answer.getheader("Location") or ""
        return place.strip("/").rpartition("/")[2] if answer.status == 302 else ""
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def client(port: int, keys: list[str], told: Told) -> None:
    """One resident after another: the same form again until there is a receipt."""
    for key in keys:
        begun = time.monotonic()
        number = ""
        while not number and time.monotonic() - begun < GIVE_UP_SECONDS:
            number = post(port, key, f"楼道灯不亮，第 {key[:8]} 号测试。")
            if not number:
                told.retries += 1
                time.sleep(0.2)
        with told.lock:
            told.numbers[key] = number


def victims(server: psutil.Process, state: Path) -> list[psutil.Process]:
    """What may be killed: web and worker processes below the server, and every process of its database."""
    ours = [child for child in server.children(recursive=True) if "postgres" not in child.name()]
    database = [
        process
        for process in psutil.process_iter(["name"])
        if process.info["name"] == "postgres" and _belongs(process, state)
    ]
    return ours + database


def _belongs(process: psutil.Process, state: Path) -> bool:
    try:
        return process.cwd().startswith(str(state))
    except psutil.Error:
        return False


def kill_one(rng: random.Random, server: psutil.Process, state: Path) -> str:
    """Kill one process, a database process every third time; returns what it was."""
    found = victims(server, state)
    database = [process for process in found if process.name() == "postgres"]
    rest = [process for process in found if process.name() != "postgres"]
    pool = database if database and rng.random() < 1 / 3 else rest or database
    if not pool:
        return "nothing"
    process = rng.choice(pool)
    try:
        name = process.name()
        os.kill(process.pid, signal.SIGKILL)
    except (psutil.Error, ProcessLookupError):
        return "gone"
    return name


def run(arguments: argparse.Namespace, say: Callable[[str], None]) -> int:
    """Set up, register under kills, count; 0 when nothing is lost, double or missing."""
    state = Path(tempfile.mkdtemp(prefix="huiyin-crash-"))
    told_env = environment(state, arguments.fault)
    port = free_port()
    server = None
    try:
        subprocess.run(command("migrate"), env=environment(state, ""), check=True, stdout=subprocess.DEVNULL)
        subprocess.run(
            command("demo", "--without-appeals"), env=environment(state, ""), check=True, stdout=subprocess.DEVNULL
        )
        log = (state / "serve.log").open("wb")
        server = subprocess.Popen(command("serve", "--bind", f"127.0.0.1:{port}"), env=told_env, stdout=log, stderr=log)
        told, kills = register_all(arguments, port, server, state, say)
        return verdict(told, kills, state, told_env, say)
    finally:
        if server is not None:
            server.terminate()
            server.wait(60)
        shutil.rmtree(state, ignore_errors=True)


def register_all(
    arguments: argparse.Namespace, port: int, server: subprocess.Popen[bytes], state: Path, say: Callable[[str], None]
) -> tuple[Told, Counter[str]]:
    """Let the clients register while processes are killed, spread over the whole run."""
    rng = random.Random(arguments.seed)
    _await(port)
    keys = [str(uuid.UUID(int=rng.getrandbits(128), version=4)) for _ in range(arguments.registrations)]
    told, kills = Told(), Counter[str]()
    threads = [threading.Thread(target=client, args=(port, keys[n::CLIENTS], told)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    watched = psutil.Process(server.pid)
    while any(thread.is_alive() for thread in threads):
        time.sleep(0.2)
        if sum(kills.values()) < arguments.kills * len(told.numbers) / arguments.registrations:
            what = kill_one(rng, watched, state)
            kills[what] += 1
            say(f"  {len(told.numbers):>6} registered; killed: {what}")
    for thread in threads:
        thread.join()
    return told, kills


def _await(port: int) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.3)
    raise SystemExit("the house did not start")


COUNT = """
import json
from django.db.models import Count
from huiyin.appeals.models import Appeal
from huiyin.journal import reactions
from huiyin.journal.models import Delivery, Event
from huiyin.messaging.models import Message
events = Event.objects.filter(verb="appeal.submit").count()
wanted = sum(len(reactions.concerned(event)) for event in Event.objects.filter(verb="appeal.submit"))
print("COUNT " + json.dumps({
    "numbers": {str(k): n for k, n in Appeal.objects.values_list("submission_key", "number")},
    "appeals": Appeal.objects.count(), "events": events,
    "details": Appeal.objects.values("detail").distinct().count(),
    "wanted": wanted, "deliveries": Delivery.objects.filter(event__verb="appeal.submit").count(),
    "messages": Message.objects.filter(template="came_in").count(),
}))
"""


def counted(env: dict[str, str]) -> dict[str, object]:
    """What is in the database, read by a process of its own."""
    done = subprocess.run(
        command("manage", "shell", "-v0", "-c", COUNT),
        env=env | {"HUIYIN_PLANTED": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("COUNT "))
    found: dict[str, object] = json.loads(line.removeprefix("COUNT "))
    return found


def settled(env: dict[str, str]) -> dict[str, object]:
    """What is in the database once the worker has caught up, or has got no further for a while."""
    found, moved_at = counted(env), time.monotonic()
    while found["deliveries"] != found["wanted"] and time.monotonic() - moved_at < SETTLE_SECONDS:
        time.sleep(3)
        before, found = found, counted(env)
        if found["deliveries"] != before["deliveries"]:
            moved_at = time.monotonic()
    return found


def verdict(told: Told, kills: Counter[str], state: Path, env: dict[str, str], say: Callable[[str], None]) -> int:
    """Compare what was acknowledged with what is there, once the worker has caught up."""
    assert state.exists()
    found = settled(env)
    numbers = found["numbers"]
    assert isinstance(numbers, dict)
    lost = [key for key, number in told.numbers.items() if number and numbers.get(key) != number]
    unanswered = [key for key, number in told.numbers.items() if not number]
    double = int(str(found["appeals"])) - int(str(found["details"]))
    missing = int(str(found["wanted"])) - int(str(found["deliveries"]))
    unsent = int(str(found["events"])) - int(str(found["messages"]))
    say(
        f"registered {len(told.numbers)}, kills {sum(kills.values())}, retries {told.retries}: lost {len(lost)}, "
        f"unanswered {len(unanswered)}, double {double}, missing effects {missing}, missing messages {unsent}"
    )
    return 1 if lost or unanswered or double or missing or unsent else 0


def main() -> int:
    """Run the check, or show that a planted fault is found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--registrations", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=("", "lost", "double", "missing"), default="")
    arguments = parser.parse_args()

    def say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    return run(arguments, say)


if __name__ == "__main__":
    sys.exit(main())
