"""Checks the house limits on tracked files: sizes, docstrings, no package-index address, no path of one machine."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES = 400
FUNCTION_LINES = 40
BENCH_FUNCTION_LINES = 60
# Written so that this file does not find itself.
INDEX_HOSTS = re.compile(r"py" r"pi\.org|files\.python" r"hosted|registry\.npm" r"js|test\.py" r"pi", re.IGNORECASE)
MACHINE_PATHS = re.compile(r"(?<![\w.-])/(?:home|root|work|tmp|Users|opt)/[\w.-]+/[\w.-]*")
# Paths that a reader's own machine has, named as examples in the manual.
EXAMPLES = ("/opt/huiyin", "/home/huiyin")
NO_TEXT = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".ico", ".ttf", ".woff", ".woff2", ".npz", ".pdf", ".gz", ".mo"}
UNLIMITED_PARTS = ("migrations", "vendor", "data")


def tracked() -> list[Path]:
    """Files under version control that exist now."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in told.decode().split("\0") if name and (path := ROOT / name).is_file()]


def addresses(path: Path, text: str) -> Iterator[str]:
    """Lines that name a package index or a place on one machine; what others wrote is judged by its index only."""
    own = "vendor" not in path.parts
    for number, line in enumerate(text.splitlines(), 1):
        if INDEX_HOSTS.search(line):
            yield f"{number}: names a package index's address"
        if own and any(not found.startswith(EXAMPLES) for found in MACHINE_PATHS.findall(line)):
            yield f"{number}: names a path of one machine"


def limits(path: Path, text: str) -> Iterator[str]:
    """What breaks the limits of a Python file."""
    lines = text.count("\n")
    if lines > FILE_LINES:
        yield f"1: {lines} lines, more than {FILE_LINES}"
    tree = ast.parse(text)
    is_test = "tests" in path.parts or path.name == "conftest.py"
    if tree.body and not ast.get_docstring(tree) and not is_test:
        yield "1: no module docstring"
    allowed = BENCH_FUNCTION_LINES if "bench" in path.relative_to(ROOT).parts else FUNCTION_LINES
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > allowed:
                yield f"{node.lineno}: {node.name} has {length} lines, more than {allowed}"


def faults() -> Iterator[str]:
    """Every fault of every tracked file, as "file:line: what"."""
    for path in tracked():
        if path.suffix in NO_TEXT:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        name = path.relative_to(ROOT)
        found = list(addresses(path, text))
        if path.suffix == ".py" and not any(part in UNLIMITED_PARTS for part in name.parts):
            found += limits(path, text)
        yield from (f"{name}:{fault}" for fault in found)


def main() -> int:
    """Print the faults; 1 when there are any."""
    found = list(faults())
    for fault in found:
        print(fault)
    print(f"house limits: {len(found)} faults in {len(tracked())} tracked files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
