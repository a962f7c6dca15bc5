"""Going on from a lottery when people have been set apart from their kind: its panels, told in the finer kinds."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.search import Spread

PARTS = 4


def carried_over(coarse: Kinds, fine: Kinds, spread: Spread) -> list[Ints]:
    """Panels of the finer kinds that do what the lottery over the coarser ones does, as far as households allow.

    Every panel is cut in four; in each part the seats of a divided kind go to whoever of it is owed most. Panels in
    which households leave no choice are left out, so the list may be empty.
    """
    kind_of = {person: kind for kind, people in enumerate(coarse.members) for person in people}
    parent = np.array([kind_of[people[0]] for people in fine.members], dtype=np.int64)
    parts: dict[int, list[int]] = defaultdict(list)
    for kind, whole in enumerate(parent.tolist()):
        parts[whole].append(kind)
    divided = {whole: kinds for whole, kinds in parts.items() if len(kinds) > 1}
    each = (spread.shares @ spread.panels / coarse.people)[parent]
    served = np.zeros(len(parent))
    passed, found = 0.0, []
    for place in np.argsort(-spread.shares, kind="stable"):
        share = float(spread.shares[place]) / PARTS
        for _ in range(PARTS if share > 0 else 0):
            passed += share
            panel = _dealt(fine, spread.panels[place], parent, divided, passed * each - served)
            if panel is not None:
                served += share * panel / fine.people
                found.append(panel)
    return found


def _dealt(fine: Kinds, whole: Ints, parent: Ints, divided: Mapping[int, Sequence[int]], owed: Floats) -> Ints | None:
    """A panel whose divided kinds are dealt out; the kinds with fewest parts choose first. None when none is left."""
    panel = np.where(np.isin(parent, list(divided)), 0, whole[parent])
    housed = fine.counted(panel)[1]
    for kind, parts in sorted(divided.items(), key=lambda entry: len(entry[1])):
        for _ in range(int(whole[kind])):
            free = [
                p for p in parts if panel[p] < fine.cap[p] and housed[fine.house[p]] < fine.house_cap[fine.house[p]]
            ]
            if not free:
                return None
            part = max(free, key=lambda p: owed[p] - panel[p] / fine.people[p] / PARTS)
            panel[part] += 1
            housed[fine.house[part]] += 1
    return panel if fine.holds(panel) else None
