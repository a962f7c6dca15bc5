import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from huiyin.config import cluster, embedded
from huiyin.config.cluster import Cluster
from huiyin.config.errors import RefusedError


def made(folder: Path) -> Cluster:
    return Cluster(folder / "pg", folder / "run" / "pg", settings=embedded.TESTED, tell=lambda _: None)


@pytest.fixture(scope="module")
def ready_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder made once and stopped well: making is what costs time."""
    folder = tmp_path_factory.mktemp("ready")
    server = made(folder)
    server.use()
    server.leave()
    return folder / "pg"


@pytest.fixture
def running(ready_made: Path, tmp_path: Path) -> Iterator[Cluster]:
    shutil.copytree(ready_made, tmp_path / "pg", copy_function=shutil.copy)
    server = made(tmp_path)
    server.use()
    yield server
    server.leave()


def ask(server: Cluster, question: str) -> str:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return str(row[0])


def test_new_folder_serves_without_a_port_and_without_superuser(running: Cluster) -> None:
    assert ask(running, "SELECT current_setting('listen_addresses')") == ""
    assert ask(running, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == "False"
    assert ask(running, "SELECT datcollate FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
    assert ask(running, "SHOW server_encoding") == "UTF8"
    assert running.folder.stat().st_mode & 0o077 == 0
    assert running.sockets.stat().st_mode & 0o077 == 0


def test_log_never_holds_what_a_statement_held(running: Cluster) -> None:
    with pytest.raises(psycopg.Error), psycopg.connect(running.dsn()) as connection:
        connection.execute("SELECT 'telephone 13800138000'::integer")
    with psycopg.connect(running.dsn()) as connection:
        connection.execute("CREATE TABLE t (name text PRIMARY KEY)")
    with pytest.raises(psycopg.Error), psycopg.connect(running.dsn()) as connection:
        connection.execute("INSERT INTO t VALUES ('13800138000'), ('13800138000')")
    assert "DETAIL" not in running.log.read_text()
    assert "STATEMENT" not in running.log.read_text()


def test_last_who_leaves_stops_it(running: Cluster, tmp_path: Path) -> None:
    second = made(tmp_path)
    second.use()
    running.leave()
    assert second.is_running()
    second.leave()
    assert not second.is_running()
    assert not running.is_running()
    assert not (second.folder / "postmaster.pid").exists()


def test_many_starters_at_once_get_one_server(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from huiyin.config import cluster, embedded;"
        "c = cluster.Cluster(Path(sys.argv[1]) / 'pg', Path(sys.argv[1]) / 'run' / 'pg',"
        " settings=embedded.TESTED, tell=lambda _: None);"
        "c.use(); print(c.server_pid(), flush=True); sys.stdin.read(); c.leave()"
    )
    starters = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(4)
    ]
    pids = {starter.stdout.readline() for starter in starters if starter.stdout}
    for starter in starters:
        starter.communicate()
    assert len(pids) == 1
    assert b"None" not in pids.pop()
    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert not made(tmp_path).is_running()


def test_what_was_committed_survives_a_killed_server(tmp_path: Path) -> None:
    running = Cluster(tmp_path / "pg", tmp_path / "run", settings=embedded.SERVED, tell=lambda _: None)
    running.use()
    with psycopg.connect(running.dsn()) as connection:
        connection.execute("CREATE TABLE kept (n integer)")
        connection.execute("INSERT INTO kept SELECT generate_series(1, 1000)")
    pid = running.server_pid()
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    end = time.monotonic() + 10
    while running.is_running() and time.monotonic() < end:
        time.sleep(0.01)
    running.revive()
    assert running.server_pid() != pid
    assert ask(running, "SELECT count(*) FROM kept") == "1000"
    running.leave()


def test_number_left_by_a_dead_server_that_is_now_another_process(running: Cluster) -> None:
    told = (running.folder / "postmaster.pid").read_text().splitlines()
    running.stop()
    stale = [str(os.getpid()), *told[1:]]
    (running.folder / "postmaster.pid").write_text("\n".join(stale) + "\n")
    (running.sockets / ".s.PGSQL.5432").touch()
    (running.sockets / ".s.PGSQL.5432.lock").write_text("\n".join(stale) + "\n")
    assert not running.is_running()
    running.revive()
    assert ask(running, "SELECT 1") == "1"


def test_interrupted_making_begins_anew(tmp_path: Path) -> None:
    (tmp_path / "pg.new").mkdir()
    (tmp_path / "pg.new" / "PG_VERSION").write_text("half")
    server = made(tmp_path)
    server.use()
    assert ask(server, "SELECT 1") == "1"
    server.leave()


def test_data_of_another_version_tell_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir(mode=0o700)
    (tmp_path / "pg" / "PG_VERSION").write_text("16\n")
    with pytest.raises(RefusedError, match=r"are of PostgreSQL 16, .* version 18.*huiyin backup.*huiyin restore"):
        made(tmp_path).use()


def test_folder_that_holds_no_data_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pg").mkdir(mode=0o700)
    (tmp_path / "pg" / "photo.jpg").touch()
    server = made(tmp_path)
    with pytest.raises(RefusedError, match="no PostgreSQL data folder"):
        server.use()
    assert not server.is_used_here()


def test_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    server = Cluster(tmp_path / "pg", tmp_path / "run", settings={"shared_buffers": "nonsense"}, tell=lambda _: None)
    with pytest.raises(RefusedError, match=r"did not start: .*shared_buffers"):
        server.use()


def test_long_path_and_comma_take_a_short_socket_folder() -> None:
    assert cluster.short_socket_folder(Path("/srv/huiyin/run/pg")) == Path("/srv/huiyin/run/pg")
    for path in (Path("/srv") / ("long" * 30) / "pg", Path("/srv/回音" * 8) / "pg", Path("/srv/a,b/pg")):
        short = cluster.short_socket_folder(path)
        assert len(os.fsencode(short)) < 85
        assert short == cluster.short_socket_folder(path)


def test_space_and_length_in_the_path(tmp_path: Path) -> None:
    folder = tmp_path / "回音 的 folder" / ("long " * 30).strip()
    server = made(folder)
    server.use()
    assert ask(server, "SELECT 1") == "1"
    assert server.sockets.stat().st_uid == os.geteuid()
    server.leave()
    server.sockets.rmdir()
