"""Prints every bar of the library huiyin.text in one table, beside baselines run in the same process.

.venv/bin/python bench/reading.py
The real appeals are read from ../shared (or HUIYIN_SHARED) where they are; without them the rows say so.
"""

import os
import sys

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import reading_classify
import reading_mask
import reading_topics
from printing import table


def main() -> int:
    """Print the table; 1 when a bar does not hold."""
    return table([*reading_mask.rows(), *reading_topics.rows(), *reading_classify.rows()], other="baseline")


if __name__ == "__main__":
    sys.exit(main())
