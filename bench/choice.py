"""Prints every bar of the library huiyin.choice in one table, beside its peers where they are installed.

.venv/bin/python bench/choice.py
HUIYIN_PEER_PYTHON names a Python that has pabutools; PEERS_PYTHON one that has sortition-algorithms and red-dwarf.
"""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import choice_budget
import choice_people
from printing import table


def main() -> int:
    """Print the table; 1 when a bar does not hold."""
    return table([*choice_budget.rows(), *choice_people.rows()], other="peer")


if __name__ == "__main__":
    sys.exit(main())
