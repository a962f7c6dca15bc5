"""One table of steps per aggregate: the verbs, from where to where, who, and within which limit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One verb of an aggregate.

    `sources` are the stages it starts from (empty: it creates the row); `targets` the stages it may end in
    (empty: the stage stays). `right` names a line of the policy table, `limit` a code of the time limits.
    """

    verb: str
    label: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    right: str
    who: str
    limit: str = ""
    guard: str = ""
    asks: bool = True
    grave: bool = False


class StepTable:
    """The steps of one aggregate, read by commands, buttons, rights, the diagram and the tests alike."""

    def __init__(self, name: str, start: str, ends: Iterable[str], steps: Iterable[Step]) -> None:
        self.name = name
        self.start = start
        self.ends = frozenset(ends)
        self._steps: dict[str, Step] = {}
        for step in steps:
            assert step.verb not in self._steps, f"{name}: two steps are called {step.verb}"
            assert not self.ends.intersection(step.sources), f"{name}: {step.verb} leaves an end stage"
            self._steps[step.verb] = step

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps.values())

    def __getitem__(self, verb: str) -> Step:
        return self._steps[verb]

    def open_in(self, stage: str) -> list[Step]:
        """The steps that start from a stage, in the order of the table."""
        return [step for step in self if stage in step.sources]

    def reachable(self) -> frozenset[str]:
        """The stages that can be reached from the start."""
        found, todo = {self.start}, [self.start]
        while todo:
            stage = todo.pop()
            for step in self.open_in(stage):
                new = [target for target in step.targets if target not in found]
                found.update(new)
                todo.extend(new)
        return frozenset(found)

    def mermaid(self, labels: Mapping[str, str]) -> str:
        """The printed diagram of the machine (Mermaid state diagram), one arrow per source and target."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.start}"]
        lines += [f"    {stage}: {labels[stage]}" for stage in labels if stage in self.reachable()]
        for step in self:
            for source in step.sources:
                lines += [f"    {source} --> {target}: {step.label}" for target in step.targets if target != source]
        lines += [f"    {end} --> [*]" for end in sorted(self.ends)]
        return "\n".join(lines) + "\n"
