"""Writing a draw: the panel, everybody's chance, and the lottery by which anyone can repeat the draw."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path

from huiyin.choice.sortition.draw import Draw
from huiyin.choice.sortition.lottery import Lottery
from huiyin.choice.sortition.pool import Pool, PoolError


def write_panel(pool: Pool, people: Sequence[int], path: Path, *, alternates: Sequence[str] = ()) -> None:
    """One row per person drawn: place, role (panel or alternate), name, row in the file, and the quota features."""
    number = {name: person for person, name in enumerate(pool.names)}
    drawn = [("panel", person) for person in people] + [("alternate", number[name]) for name in alternates]
    rows = [
        (place, role, pool.names[person], pool.rows[person], *pool.values[person])
        for place, (role, person) in enumerate(drawn, start=1)
    ]
    _write_rows(path, ("place", "role", "person", "row", *pool.features), rows)


def write_chances(drawn: Draw, path: Path) -> None:
    """One row per person of the pool: the chance as a decimal, and exactly as so many of all tickets."""
    held = drawn.lottery.per_person(len(drawn.pool.names)).tolist()
    whole = drawn.lottery.of
    rows = [
        (name, row, f"{tickets / whole:.12f}", tickets, whole)
        for name, row, tickets in zip(drawn.pool.names, drawn.pool.rows, held, strict=True)
    ]
    _write_rows(path, ("person", "row", "chance", "tickets", "of"), rows)


def write_lottery(pool: Pool, drawn: Lottery, path: Path) -> None:
    """Every panel with its tickets, in order; publish it before the seed is known."""
    panels = [
        {"tickets": tickets, "people": [pool.names[person] for person in panel]}
        for panel, tickets in zip(drawn.panels, drawn.tickets, strict=True)
    ]
    text = json.dumps({"of": drawn.of, "panels": panels}, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def read_lottery(pool: Pool, path: Path) -> Lottery:
    """A published lottery. Raises PoolError when it is not one, or names people who are not in the pool."""
    number = {name: person for person, name in enumerate(pool.names)}
    try:
        panels = json.loads(path.read_text(encoding="utf-8"))["panels"]
        listed = tuple(tuple(number[name] for name in panel["people"]) for panel in panels)
        tickets = tuple(int(panel["tickets"]) for panel in panels)
    except json.JSONDecodeError as error:
        raise PoolError("应为 JSON 写的签池", "a lottery in JSON was expected", line=error.lineno) from error
    except (KeyError, TypeError, ValueError) as error:
        zh, en = "应为这份报名表的签池", "a lottery of this pool was expected"
        raise PoolError(f"{zh},{error} 缺失或不认识", f"{en}, {error} is missing or unknown") from error
    if not tickets or min(tickets) < 1:
        raise PoolError("每份名单至少应有一张签", "panels with at least one ticket each were expected")
    return Lottery(listed, tickets)


def _write_rows(path: Path, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
