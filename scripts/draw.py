"""Prints the machines of docs/architecture.md from the step tables; `check` fails when the page says something else."""

import sys
from pathlib import Path

from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- machine of the appeal: printed by scripts/draw.py -->", "<!-- end of the machine -->"


def printed() -> str:
    """The machine D1 as a Mermaid diagram and a table of its steps."""
    from huiyin.appeals.stages import Stage  # noqa: PLC0415  the settings come first
    from huiyin.appeals.steps import STEPS  # noqa: PLC0415  as above

    labels = {stage.value: str(stage.label) for stage in Stage}
    lines = ["```mermaid", STEPS.mermaid(labels).rstrip(), "```", ""]
    lines += ["| verb | 动作 | from → to | who | limit | right |", "| --- | --- | --- | --- | --- | --- |"]
    for step in STEPS:
        sources = ", ".join(step.sources) if len(step.sources) < len(Stage) - 1 else "any but archived"
        targets = ", ".join(step.targets) or "stays"
        cells = (
            f"`{step.verb}`",
            step.label,
            f"{sources or '—'} → {targets}",
            step.who,
            step.limit or "—",
            f"`{step.right}`",
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def page(text: str) -> str:
    """The page with the machine as it is now."""
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{printed()}\n{END}{tail}"


def main() -> int:
    """Write the page, or with `check` tell whether it is true."""
    settings.configure(USE_I18N=False)
    now = PAGE.read_text(encoding="utf-8")
    true = page(now)
    if sys.argv[1:] == ["check"]:
        print("docs/architecture.md is true" if now == true else "docs/architecture.md: run scripts/draw.py")
        return int(now != true)
    PAGE.write_text(true, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
