"""What a city decided beside what plain greedy gives, with every difference named."""

from dataclasses import dataclass

from huiyin.choice.budget.election import Election
from huiyin.choice.budget.greedy import Look, greedy
from huiyin.choice.budget.pabulib import official_winners
from huiyin.choice.budget.ties import ranks
from huiyin.choice.wording import Sentence, money

UNSUPPORTED = Sentence(
    "0 票:逐项选取不选无人支持的项目,该市仍选。", "0 votes: greedy takes nothing without support, yet the city took it."
)


@dataclass(frozen=True)
class Difference:
    """One project that greedy and the city judge differently."""

    project: int
    city_took_it: bool
    sentence: Sentence


def differences(election: Election) -> tuple[Difference, ...]:
    """Every project on which the city and plain greedy (votes descending, skip what does not fit) differ.

    Empty when they agree or when the file names no official winners.
    """
    official = official_winners(election)
    if official is None:
        return ()
    looks = greedy(election, tie_ranks=ranks(election, ("listed",)))
    stops = stopping_winners(looks) == official
    judged = tuple(
        Difference(look.project, look.project in official, _why(election, look, stops=stops))
        for look in looks
        if look.taken != (look.project in official)
    )
    unsupported = sorted(place for place in official if not election.votes[place])
    return (*judged, *(Difference(place, city_took_it=True, sentence=UNSUPPORTED) for place in unsupported))


def stopping_winners(looks: tuple[Look, ...]) -> frozenset[int]:
    """What is taken when choosing ends at the first project that does not fit, instead of passing over it."""
    end = next((place for place, look in enumerate(looks) if not look.taken), len(looks))
    return frozenset(look.project for look in looks[:end])


def _why(election: Election, look: Look, *, stops: bool) -> Sentence:
    cost, votes = money(election.projects[look.project].cost), election.votes[look.project]
    facts_zh = f"{votes} 票,费用 {cost},轮到时余款 {money(look.left)}"
    facts_en = f"{votes} votes, cost {cost}, {money(look.left)} left at its turn"
    if not look.taken:
        return Sentence(f"{facts_zh}:放不下,该市仍选。", f"{facts_en}: it does not fit, yet the city took it.")
    if stops:
        return Sentence(
            f"{facts_zh}:放得下,但该市遇到首个放不下的项目即停止。",
            f"{facts_en}: it fits, but the city stops at the first project that does not fit.",
        )
    return Sentence(
        f"{facts_zh}:放得下,该市未选;文件未载理由(共 {election.voters} 张票)。",
        f"{facts_en}: it fits, the city did not take it; the file gives no reason ({election.voters} papers in all).",
    )
