import argparse
import io
import socket
import subprocess
import sys
from typing import Any

import pytest
from django.db import OperationalError

from huiyin.config import command, serving
from huiyin.config.errors import RefusedError


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """A command `try` that raises what stands in the list, without Django."""
    raised: list[BaseException] = []

    def run(_arguments: argparse.Namespace) -> int:
        for error in raised:
            raise error
        return 0

    def add_to(subparsers: Any) -> None:
        subparsers.add_parser("try").set_defaults(run=run, needs_django=False)

    module = argparse.Namespace(add_to=add_to)
    monkeypatch.setitem(sys.modules, "huiyin.config.offered", module)
    monkeypatch.setattr(command, "MODULES", ("huiyin.config.offered",))
    monkeypatch.delenv("HUIYIN_DEBUG", raising=False)
    return raised


@pytest.mark.parametrize(
    "name", ["", *sorted({"serve", "work", "migrate", "prepare", "check", "backup", "restore", "manage"})]
)
def test_every_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        command.parser().parse_args([*name.split(), "--help"])
    assert left.value.code == 0
    assert "example" in capsys.readouterr().out


def test_a_command_on_files_loads_neither_drivers_nor_solvers() -> None:
    code = "import sys; from huiyin.config import command; command.parser('choice'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert "huiyin.choice.commands" in loaded
    assert {"psycopg", "numpy", "scipy"}.isdisjoint(loaded)


def test_wrong_usage_is_two() -> None:
    with pytest.raises(SystemExit) as left:
        command.main(["no-such-command"])
    assert left.value.code == 2


def test_a_stream_that_knows_no_chinese_shows_the_rest(
    offered: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    offered.append(RefusedError("差 100 m²"))
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding="gbk"))
    assert command.main(["try"]) == 1
    assert raw.getvalue().decode("gbk") == "huiyin: 差 100 m?\n"


def test_done_is_zero(offered: list[BaseException]) -> None:
    assert command.main(["try"]) == 0


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (RefusedError("Do this instead."), "huiyin: Do this instead."),
        (OperationalError("away\nsecond line"), "huiyin: the database refused: away"),
        (OSError(28, "No space left on device", "/srv/x"), "huiyin: No space left on device: /srv/x"),
        (KeyError("x"), "huiyin: unexpected KeyError: 'x' (HUIYIN_DEBUG=1 shows where)"),
    ],
)
def test_refusal_is_one_line_and_one(
    offered: list[BaseException], capsys: pytest.CaptureFixture[str], error: BaseException, sentence: str
) -> None:
    offered.append(error)
    assert command.main(["try"]) == 1
    assert capsys.readouterr().err == sentence + "\n"


@pytest.mark.parametrize("bind", ["8000", "host:port", ":8000", "127.0.0.1:99999", "nowhere.invalid:80"])
def test_wrong_address_is_refused(bind: str) -> None:
    with pytest.raises(RefusedError, match=r"[Aa]ddress"):
        serving.listen(bind)


def test_taken_address_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(RefusedError, match="HUIYIN_BIND"):
        serving.listen(f"127.0.0.1:{taken.getsockname()[1]}")
