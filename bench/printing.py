"""The table in which every bench tells what it measured against its bar."""

import sys


def table(rows, *, other):
    """Print rows of work, peer or baseline, ours and bar; 1 when one does not hold."""
    say = sys.stdout.write
    say(f"| work | {other} | ours | bar | holds |\n| --- | --- | --- | --- | --- |\n")
    for row in rows:
        beside = getattr(row, other)
        say(f"| {row.work} | {beside or '–'} | {row.ours} | {row.bar} | {'yes' if row.holds else 'NO'} |\n")
    return int(any(not row.holds for row in rows))
