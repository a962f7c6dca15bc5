"""The `huiyin` command: one parser over what every package offers, clear refusals, exit codes 0, 1 and 2."""

import argparse
import importlib
import os
import pkgutil
import signal
import sys
import traceback
from collections.abc import Callable
from typing import NoReturn

import django
from django.db import DatabaseError

import huiyin
from huiyin.config import terminal
from huiyin.config.errors import RefusedError
from huiyin.kernel.errors import DomainError

# Each module has `add_to(subparsers)`; a parser's `run` is a callable or "module:function", loaded after Django.
# `needs_django` (True unless the parser says otherwise) and `needs_database` (as needs_django) are made ready before.
MODULES = (
    "huiyin.config.commands",
    "huiyin.appeals.commands",
    "huiyin.demo.commands",
    "huiyin.transfer.commands",
    "huiyin.triage.commands",
    "huiyin.finding.commands",
)
# The libraries offer commands on files that need no Django; they are loaded only when asked for.
LIBRARIES = {
    "choice": ("huiyin.choice.commands", "votes, budgets, panels and maps of opinions from files"),
    "text": ("huiyin.text.commands", "classify, group, compare and mask texts from files"),
}

_DATABASE = "huiyin.config.embedded:ensure_running"  # named, since its drivers take a while to load

_EXAMPLES = """examples:
  huiyin serve                 database, pages and worker on 127.0.0.1:8000; Ctrl-C stops all of it
  huiyin check                 is everything well?
  huiyin backup                one folder with everything, under .huiyin/backup
  huiyin restore FOLDER        that backup into an empty installation

exit codes: 0 done, 1 refused or a check failed, 2 wrong usage. HUIYIN_DEBUG=1 shows where an error arose.
environment: DATABASE_URL, HUIYIN_STATE, HUIYIN_BIND (see docs/operations.md)."""


def parser(chosen: str = "") -> argparse.ArgumentParser:
    """The command line; making it loads neither Django's models nor a database. Of a library `chosen`, that alone."""
    made = argparse.ArgumentParser(
        prog="huiyin",
        description=huiyin.__doc__,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--version", action="version", version=f"huiyin {huiyin.__version__}")
    subparsers = made.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="command")
    for name in () if chosen in LIBRARIES else MODULES:
        importlib.import_module(name).add_to(subparsers)
    for library, (name, purpose) in LIBRARIES.items():
        if library == chosen:
            importlib.import_module(name).add_to(subparsers)
        else:
            subparsers.add_parser(library, help=purpose)
    return made


def main(argv: list[str] | None = None) -> int:
    """Run one command and return its exit code; every refusal is one line on stderr."""
    words = sys.argv[1:] if argv is None else argv
    terminal.show_what_can_be_shown()
    arguments = parser(words[0] if words else "").parse_args(words)
    signal.signal(signal.SIGTERM, _terminated)
    try:
        return _run(arguments)
    except KeyboardInterrupt:
        return 130
    except (RefusedError, DomainError) as error:
        return _refuse(str(error))
    except DatabaseError as error:
        return _refuse(f"the database refused: {str(error).strip().splitlines()[0]}")
    except OSError as error:
        return _refuse(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
    except Exception as error:  # noqa: BLE001  the outermost boundary: a person gets one line, an engineer asks for more
        return _refuse(f"unexpected {type(error).__name__}: {error} (HUIYIN_DEBUG=1 shows where)")


def _run(arguments: argparse.Namespace) -> int:
    needs_django = getattr(arguments, "needs_django", arguments.command not in LIBRARIES)
    if getattr(arguments, "needs_database", needs_django):
        pkgutil.resolve_name(_DATABASE)()
    if needs_django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
        django.setup()
    run: Callable[[argparse.Namespace], int] | str = arguments.run
    found: Callable[[argparse.Namespace], int] = pkgutil.resolve_name(run) if isinstance(run, str) else run
    return found(arguments)


def _refuse(sentence: str) -> int:
    if os.environ.get("HUIYIN_DEBUG"):
        traceback.print_exc()
    terminal.tell(f"huiyin: {sentence}")
    return 1


def _terminated(_number: int, _frame: object) -> NoReturn:
    """Leave by the ordinary way on SIGTERM, so that what this command started is stopped."""
    raise SystemExit(143)


if __name__ == "__main__":
    sys.exit(main())
