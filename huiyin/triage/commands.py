"""The parsers of `huiyin triage …`: train, models, use, back and figures."""

import argparse
from typing import Any, Final

Subparsers = Any  # argparse keeps the type of its subparsers private
ASPECTS: Final = ("category", "kind", "urgency")

_EXAMPLES: Final = """examples:
  huiyin triage train                  learn from the closed appeals of this house now
  huiyin triage models                 which model speaks for what, and those before
  huiyin triage back                   the model before speaks again, at once
  huiyin triage use 12                 model 12 speaks; `use starter` keywords only; `use auto` as the nights decide
  huiyin triage figures                how often suggestions were right, by week and category

Every night the worker learns by itself when 200 appeals are closed and 20 of them are new; a model that is worse on
the last month does not go live."""


def add_to(subparsers: Subparsers) -> None:
    """Add the command of this package."""
    parser = subparsers.add_parser(
        "triage",
        help="suggestions for new appeals: learn, compare, switch, count",
        description="What the machine suggests for new appeals, learned from the closed appeals of this house alone.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="triage_command")
    _add_train(commands)
    listed = commands.add_parser("models", help="which model speaks for what, and those before")
    listed.set_defaults(run="huiyin.triage.running:show_models")
    _add_use(commands)
    back = commands.add_parser(
        "back",
        help="let the model before speak again",
        description="Let the model speak again that spoke before the present one. The nights switch no more until "
        "`huiyin triage use auto`.",
    )
    _add_aspect(back, "only this one (default: every one that has a model before)")
    back.set_defaults(run="huiyin.triage.running:back")
    figures = commands.add_parser("figures", help="how often suggestions were right, by week and by category")
    figures.set_defaults(run="huiyin.triage.running:show_figures")


def _add_train(commands: Subparsers) -> None:
    train = commands.add_parser(
        "train",
        help="learn from the closed appeals of this house",
        description="Learn from the closed appeals of this house, compare with the model that speaks now on every "
        "third appeal of the last month, and let the new one speak when it is not worse. Exit code 1 when there is "
        "too little to learn from.",
    )
    _add_aspect(train, "learn only this one (default: all three)")
    train.add_argument("--for-worker", action="store_true", help="end with the worker that started this")
    train.set_defaults(run="huiyin.triage.running:train")


def _add_use(commands: Subparsers) -> None:
    use = commands.add_parser(
        "use",
        help="let a model of `models` speak",
        description="Let the model with this number speak from now on, or only keywords (starter), or whatever the "
        "nights find best (auto).",
    )
    use.add_argument("which", metavar="N|starter|auto", help="number of a model, starter or auto")
    _add_aspect(use, "for starter and auto: only this one (default: all three)")
    use.set_defaults(run="huiyin.triage.running:use")


def _add_aspect(parser: argparse.ArgumentParser, purpose: str) -> None:
    parser.add_argument("--aspect", choices=ASPECTS, help=purpose)
