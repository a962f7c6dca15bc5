"""Topics that grow appeal by appeal: every appeal follows its most alike denser neighbour to the heart of a topic."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from huiyin.text.topics import neighbours, scale
from huiyin.text.topics.items import Item, Sense, sensed


class Topics:
    """Appeals grouped under one frozen scale. The groups are the same whatever the order the appeals came in."""

    def __init__(self, measure: scale.Scale = scale.EMPTY) -> None:
        self._graph = neighbours.Neighbours(measure)
        self._items: list[Item] = []
        self._nodes: dict[str, int] = {}
        self._density: list[float] = []
        self._above: list[int] = []
        self._below: defaultdict[int, set[int]] = defaultdict(set)
        self._moved: set[int] = set()

    def __len__(self) -> int:
        return len(self._nodes)

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def add(self, item: Item) -> str:
        """Take up an appeal; returns the key of the topic it joined or founded. Raises ValueError for a known key."""
        return self.add_sensed(item, sensed(item))

    def add_sensed(self, item: Item, sense: Sense) -> str:
        """As add, for an appeal whose sense was read before."""
        if item.key in self._nodes:
            raise ValueError(f"{item.key} is among the topics")
        node = self._nodes[item.key] = len(self._items)
        self._items.append(item)
        self._density.append(0.0)
        self._above.append(node)
        self._moved = {node}
        self._settle(self._graph.add(item.key, sense))
        return self.topic_of(item.key)

    def remove(self, key: str) -> None:
        """Forget an appeal, as if it had never come. Raises KeyError for an unknown one."""
        node = self._nodes.pop(key)
        self._moved = {self._above[node], *self._below[node]} - {node}
        changed = self._graph.remove(node)
        self._follow(node, node)
        self._density[node] = 0.0
        self._settle(changed)

    def touched(self) -> list[list[str]]:
        """The groups that the last add or remove may have changed, each as the keys of its members.

        Whoever left or joined a group is in one of them together with everyone who stayed.
        """
        here = (node for node in self._moved if self._nodes.get(self._items[node].key) == node)
        hearts = sorted({self._heart(node) for node in here})
        return [self.together(self._items[heart].key) for heart in hearts]

    def together(self, key: str) -> list[str]:
        """The keys of an appeal's group. Raises KeyError for an unknown appeal."""
        return sorted(self._items[node].key for node in self._members(self._heart(self._nodes[key])))

    def topic_of(self, key: str) -> str:
        """The key of an appeal's topic: the key of its earliest member. Raises KeyError for an unknown appeal."""
        return self._founder(self._members(self._heart(self._nodes[key])))

    def groups(self) -> dict[str, list[Item]]:
        """Every group of appeals under its key, members by day and key; a lone appeal is a group of one."""
        found = {}
        for node in self._nodes.values():
            if node == self._above[node]:
                members = sorted((self._items[each] for each in self._members(node)), key=age)
                found[members[0].key] = members
        return dict(sorted(found.items()))

    def _settle(self, changed: Iterable[int]) -> None:
        """Recompute density where links changed, and whom to follow there and next to it."""
        moved = set()
        for node in changed:
            density = round(sum(sorted(self._graph.links(node).values())), 6)
            if density != self._density[node]:
                self._density[node] = density
                moved.add(node)
        touched = set(changed) | {other for node in moved for other in self._graph.links(node)}
        for node in touched:
            self._follow(node, self._next(node))

    def _next(self, node: int) -> int:
        """The most alike neighbour that is denser than this node; the node itself when there is none."""
        mine = (self._density[node], self._graph.rank(node))
        best = max(
            (
                (likeness, self._graph.rank(other), other)
                for other, likeness in self._graph.links(node).items()
                if (self._density[other], self._graph.rank(other)) > mine
            ),
            default=None,
        )
        return node if best is None else best[2]

    def _follow(self, node: int, above: int) -> None:
        if above == self._above[node]:
            return
        self._moved |= {node, self._above[node]}
        self._below[self._above[node]].discard(node)
        self._above[node] = above
        if above != node:
            self._below[above].add(node)

    def _heart(self, node: int) -> int:
        while self._above[node] != node:
            node = self._above[node]
        return node

    def _members(self, heart: int) -> Iterator[int]:
        waiting = [heart]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(self._below[node])

    def _founder(self, members: Iterable[int]) -> str:
        return min((self._items[node] for node in members), key=age).key


def age(item: Item) -> tuple[bool, str, str]:
    """Sorts appeals by day and key, those without a day last."""
    return item.day is None, item.day.isoformat() if item.day else "", item.key


def grown(items: Iterable[Item]) -> Topics:
    """Topics of a whole file or history: the scale is fitted to all of it, then every appeal is taken up."""
    everything = list(items)
    senses = [sensed(item) for item in everything]
    topics = Topics(scale.fitted(senses))
    for item, sense in zip(everything, senses, strict=True):
        topics.add_sensed(item, sense)
    return topics
