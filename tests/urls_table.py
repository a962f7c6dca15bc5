"""Who may open what: one line for each URL name, read by `test_urls_roles`.

Inside a territory a visitor passes, is told that the post does not carry the right (403), or does not see the matter
(404); outside it nobody sees anything (404). A page whose gate is shut answers 403 whatever is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from huiyin.people.roles import Role as R  # noqa: N817  the table is read by its columns

PUBLIC, RESIDENT = "public", "resident"
ROLES: Final = frozenset(str(role) for role in R.values)
EVERYONE: Final = ROLES | {PUBLIC, RESIDENT}
COUNTER: Final = frozenset({R.STUDIO_CLERK, R.STUDIO_DIRECTOR, R.LIAISON_OFFICER, R.WORK_DEPARTMENT})
TRIAGE: Final = COUNTER | {R.DISPATCHER}
DESK: Final = TRIAGE | {R.REVIEWER, R.COMMUNITY_WORKER, R.SUPERVISOR}
FIELD: Final = frozenset({R.GRID_WORKER, R.INFORMATION_OFFICER})
REPS: Final = frozenset({R.PARTY_DELEGATE, R.NPC_DEPUTY, R.CPPCC_MEMBER, R.RESIDENT_REPRESENTATIVE})
REVIEW: Final = frozenset({R.REVIEWER, R.WORK_DEPARTMENT, R.STUDIO_DIRECTOR})
UNIT: Final = frozenset({R.UNIT_CONTACT, R.UNIT_LEADER})
OF_AREA: Final = DESK | FIELD | {R.LEADER, R.ARCHIVIST}
SEE: Final = OF_AREA | UNIT | REPS
NOTICE: Final = COUNTER | REVIEW


@dataclass(frozen=True)
class Line:
    """One URL: who passes with which status, who sees the subject, who comes through the gate, what others get.

    `about` names the subject; `miss` is the answer to everyone else where posts play no part (the hall, the door).
    """

    url: str
    passes: frozenset[str]
    ok: int = 200
    about: str = ""
    sees: frozenset[str] = frozenset()
    gate: frozenset[str] = ROLES
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    miss: int | None = None
    verb: str = ""

    def __str__(self) -> str:
        return f"{self.url} {self.verb}".strip()

    def status(self, visitor: str, *, inside: bool) -> int:
        """What a visitor is answered."""
        if visitor in self.passes and inside:
            return self.ok
        if self.miss is not None:
            return self.miss
        if visitor not in ROLES:
            return 302
        if not self.about or visitor not in self.gate:
            return 403
        return 403 if inside and visitor in self.sees else 404


def all_may(url: str, **more: Any) -> Line:
    """A page for everyone."""
    return Line(url, EVERYONE, **more)


def sent(url: str, ok: int = 302, **data: Any) -> Line:
    """A form everyone may send."""
    return Line(url, EVERYONE, ok=ok, method="post", data=data)


def own(url: str, about: str, **more: Any) -> Line:
    """A page of one matter for the resident who proved it; a login plays no part in the hall."""
    return Line(url, frozenset({RESIDENT}), about=about, **{"miss": 302} | more)


def page(url: str, passes: frozenset[str], **more: Any) -> Line:
    """A page of staff without a subject."""
    return Line(url, passes, **more)


def matter(url: str, passes: frozenset[str], about: str, sees: frozenset[str] = SEE, **more: Any) -> Line:
    """A page of one matter."""
    return Line(url, passes, about=about, sees=sees, **more)


def act(verb: str, passes: frozenset[str], about: str, sees: frozenset[str]) -> Line:
    """The page of one verb."""
    return matter("desk:act", passes, about, sees, verb=verb)


def notice(url: str, passes: frozenset[str], gate: frozenset[str], about: str = "notice", **more: Any) -> Line:
    """A staff page of one notice."""
    return Line(url, passes, about=about, sees=gate, gate=gate, **more)


HALL: Final = (
    all_may("hall:home"),
    sent("hall:community", community="990101001001"),
    all_may("hall:help"),
    all_may("hall:say"),
    sent("hall:places", 200, place_text="铁路小区 3 号楼"),
    sent("hall:alike", 200, detail="路灯不亮"),
    all_may("hall:track"),
    own("hall:receipt", "number"),
    own("hall:follow", "number"),
    own("hall:supply", "incomplete_number", ok=302, method="post", data={"text": "是东侧第二盏。"}),
    own("hall:rate", "number", ok=302, method="post", data={"grade": "4"}),
    own("hall:withdraw", "fresh_number"),
    own("hall:file", "file", miss=404),
    sent("hall:forget"),
)
DESK_PAGES: Final = (
    Line("desk:login", frozenset({PUBLIC, RESIDENT}), miss=302),
    sent("desk:logout"),
    page("desk:password", ROLES),
    page("desk:home", ROLES),
    page("desk:filters", ROLES),
    page("desk:search", ROLES, data={"words": "路灯"}),
    page("desk:register", DESK | FIELD | REPS),
    page("desk:places", ROLES, method="post", data={"place_text": "铁路小区"}),
    page("desk:same_phone", ROLES, method="post", data={"phone": "19900001001"}),
    page("desk:suggested", ROLES, method="post", data={"detail": "路灯不亮"}),
    page("desk:similar", ROLES, method="post", data={"detail": "铁路小区路灯不亮", "phone": "19900001001"}),
    page("desk:box", COUNTER),
    page("desk:messages", ROLES),
    page("desk:to_tell", TRIAGE),
    page("desk:stuck", frozenset({R.ENGINEER, R.WORK_DEPARTMENT})),
    page("desk:suggestions", frozenset({R.WORK_DEPARTMENT, R.STUDIO_DIRECTOR, R.SUPERVISOR, R.LEADER, R.ENGINEER})),
    page("desk:rules", ROLES),
    page("desk:calendar", ROLES),
    matter("desk:box_slips", COUNTER, "box", COUNTER),
    matter("desk:several", SEE, "chosen", method="post", data={"verb": "note"}),
    matter("desk:sheets", SEE, "sheets"),
    matter("desk:appeal", SEE, "appeal"),
    matter("desk:alike", SEE, "appeal"),
    matter("desk:receipt", SEE, "appeal"),
    matter("desk:sheet", SEE, "appeal"),
    matter("desk:reveal", TRIAGE | {R.REVIEWER, R.UNIT_CONTACT}, "appeal", method="post", data={"purpose": "先行联系"}),
    matter("desk:file", SEE, "file"),
    Line("desk:tell", TRIAGE, about="message", sees=TRIAGE, gate=TRIAGE),
)
ACTS: Final = (
    act("accept", TRIAGE, "fresh", OF_AREA),
    act("propose_refusal", TRIAGE, "fresh", OF_AREA),
    act("withdraw", COUNTER, "fresh", OF_AREA),
    act("supervise", frozenset({R.SUPERVISOR, R.LEADER, R.WORK_DEPARTMENT}), "fresh", OF_AREA),
    act("supply_info", COUNTER, "incomplete", OF_AREA),
    act("dispatch", TRIAGE, "accepted", OF_AREA),
    act("sign", frozenset({R.UNIT_CONTACT}), "order", OF_AREA | UNIT),
    act("pass_reply", REVIEW, "replied", OF_AREA | UNIT),
    act("record_slip", COUNTER | {R.UNIT_CONTACT}, "passed", OF_AREA | UNIT),
    act("rate_collected", REPS, "appeal", SEE),
    act("rate_on_paper", COUNTER, "appeal", SEE),
    act("redo", frozenset({R.UNIT_LEADER}), "rework", OF_AREA | UNIT),
    act("archive", frozenset({R.ARCHIVIST, R.STUDIO_CLERK, R.STUDIO_DIRECTOR}), "closed", OF_AREA | UNIT),
    act("note", TRIAGE, "closed", OF_AREA | UNIT),
)
BOARD: Final = (
    all_may("board:home"),
    all_may("board:week"),
    all_may("board:figures"),
    all_may("board:check"),
    Line("board:notice", EVERYONE, about="released", miss=404),
    Line("board:photo", EVERYONE, about="masked", miss=404),
    page("board:waiting", NOTICE),
    page("board:figures_staff", DESK | UNIT | {R.LEADER, R.ARCHIVIST}),
    page("board:rows", DESK | UNIT | {R.LEADER, R.ARCHIVIST}, data={"figure": "received"}),
    page("board:hotspots", DESK | UNIT | {R.LEADER, R.ARCHIVIST}),
    Line("board:hotspot", DESK | {R.LEADER, R.ARCHIVIST}, about="hotspot", gate=DESK | UNIT | {R.LEADER, R.ARCHIVIST}),
    page("board:ledger", DESK | UNIT | {R.LEADER}),
    notice("board:prepare", COUNTER, NOTICE),
    notice("board:release", NOTICE, NOTICE),
    notice("board:cover", COUNTER, COUNTER, "original", ok=302, method="post"),
    notice("board:staff_photo", NOTICE, NOTICE, "photo"),
)
HOUSE: Final = (
    sent("design:elder", elder="1"),
    Line("design:parts", ROLES, miss=404),
    sent("set_language", language="en"),
    all_may("health"),
)
TABLE: Final = (*HALL, *DESK_PAGES, *ACTS, *BOARD, *HOUSE)
