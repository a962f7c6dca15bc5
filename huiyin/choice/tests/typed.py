"""Commands as a person types them."""

import argparse
import pkgutil

from huiyin.choice.commands import add_to


def typed(*words: str) -> int:
    """Exit code of `huiyin choice` and these words."""
    parser = argparse.ArgumentParser()
    add_to(parser.add_subparsers())
    args = parser.parse_args(["choice", *words])
    assert args.needs_django is False
    code: int = pkgutil.resolve_name(args.run)(args)
    return code
