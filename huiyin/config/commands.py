"""The parsers of what runs the house: serve, work, migrate, check, backup, restore, manage."""

import argparse
from pathlib import Path
from typing import Any

Subparsers = Any  # argparse keeps the type of its subparsers private


def add_to(subparsers: Subparsers) -> None:
    """Add the commands of this package."""
    _add_serve(subparsers)
    _add_backup(subparsers)
    _add_restore(subparsers)
    work = _add(subparsers, "work", "run the worker alone (jobs, periodic work)", "huiyin work --concurrency 2")
    work.add_argument("--concurrency", type=int, default=1, help="jobs at the same time (default 1)")
    work.set_defaults(run="huiyin.config.work:work")
    migrate = _add(subparsers, "migrate", "bring the database to this release", "huiyin migrate")
    migrate.set_defaults(run="huiyin.config.prepare:migrate")
    prepare = _add(
        subparsers, "prepare", "migrate and lay out the static files; serve does it itself", "huiyin prepare"
    )
    prepare.set_defaults(run="huiyin.config.prepare:prepare")
    check = _add(subparsers, "check", "tell whether everything is well", "huiyin check")
    check.set_defaults(run="huiyin.config.checkup:check")
    manage = _add(subparsers, "manage", "run one of Django's own commands", "huiyin manage shell")
    manage.add_argument("rest", nargs=argparse.REMAINDER, metavar="ARGUMENTS", help="the command and its arguments")
    manage.set_defaults(run="huiyin.config.prepare:manage")


def _add(subparsers: Subparsers, name: str, purpose: str, *examples: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=purpose,
        description=purpose[0].upper() + purpose[1:] + ".",
        epilog="\n  ".join(("examples:" if len(examples) > 1 else "example:", *examples)),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return made


def _add_serve(subparsers: Subparsers) -> None:
    serve = _add(
        subparsers,
        "serve",
        "run database, pages and worker until Ctrl-C",
        "huiyin serve",
        "huiyin serve --bind 0.0.0.0:8080 --workers 4",
        "DATABASE_URL=postgres://huiyin@db.example/huiyin huiyin serve",
    )
    serve.add_argument("--bind", metavar="ADDRESS:PORT", help="default: HUIYIN_BIND, else 127.0.0.1:8000")
    serve.add_argument("--workers", type=int, default=2, help="web processes, of 4 threads each (default 2)")
    serve.add_argument("--demo", action="store_true", help="first load the demo district into an empty house")
    serve.add_argument("--no-worker", action="store_true", help="pages only; run `huiyin work` elsewhere")
    serve.set_defaults(run="huiyin.config.serving:serve", needs_django=False)


def _add_backup(subparsers: Subparsers) -> None:
    backup = _add(
        subparsers,
        "backup",
        "put everything into one folder or file, while the house keeps running",
        "huiyin backup",
        "huiyin backup /media/disk/huiyin --tar",
    )
    backup.add_argument("to", nargs="?", type=Path, help="folder to put the backup in (default: backup in the state)")
    backup.add_argument("--tar", action="store_true", help="one .tar file instead of a folder")
    backup.set_defaults(run="huiyin.config.backup:backup", needs_django=False, needs_database=True)


def _add_restore(subparsers: Subparsers) -> None:
    restore = _add(
        subparsers,
        "restore",
        "bring a backup into an empty installation and verify it",
        "huiyin restore .huiyin/backup/20261121T080000Z",
        "HUIYIN_STATE=/srv/drill huiyin restore /media/disk/huiyin/20261121T080000Z.tar",
    )
    restore.add_argument("source", type=Path, metavar="BACKUP", help="folder or .tar written by `huiyin backup`")
    restore.set_defaults(run="huiyin.config.restore:restore", needs_django=False, needs_database=False)
