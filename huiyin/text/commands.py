"""The commands `huiyin text …`: what the library does with files; no Django, no database.

Only parsers are made here, so that showing a help text loads no numerical library: each parser names in `run`, as
"module:function", what is to be imported when the command is really run.
"""

import argparse
from pathlib import Path

from huiyin.text.mask import commands as mask
from huiyin.text.similar import commands as similar
from huiyin.text.topics import commands as topics


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `text` with train, classify, topics, similar and mask to a parser's commands."""
    parser = subparsers.add_parser(
        "text",
        help="read appeals in CSV files: classify, find repeats and topics, mask personal data",
        description="Tables are CSV or CSV.GZ in UTF-8 with a header row; columns that are not known are kept.",
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND", dest="text_command")
    _add_train(commands)
    _add_classify(commands)
    for package in (topics, similar, mask):
        package.add_to(commands)


def _add_train(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "train",
        help="learn categories from labelled appeals",
        description="Learns to tell the label of an appeal from its subject and detail; prints how well, cross-fitted.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="table with the columns subject, detail, label")
    parser.add_argument("--out", type=Path, required=True, metavar="MODEL", help="model file to write (.npz)")
    parser.add_argument(
        "--unlabelled",
        type=Path,
        metavar="FILE",
        help="more appeals (subject, detail) to learn from how common words are",
    )
    parser.add_argument("--label", default="label", metavar="COLUMN", help="column to learn (default: label)")
    parser.set_defaults(run="huiyin.text.classify.lessons:train_file", needs_django=False)


def _add_classify(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser(
        "classify",
        help="suggest a category for each appeal, with the words that decided",
        description="Adds label, p, second, second_p, abstain (1: leave it to a person) and reasons to a table.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="table with the columns id, subject, detail")
    parser.add_argument("--model", type=Path, required=True, metavar="MODEL", help="model file made by train")
    parser.add_argument("--out", type=Path, required=True, metavar="OUT", help="table to write")
    parser.add_argument(
        "--least", type=float, metavar="P", help="abstain below this probability (default: the model's)"
    )
    parser.set_defaults(run="huiyin.text.classify.files:classify_file", needs_django=False)
