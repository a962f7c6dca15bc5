"""Every page with a GET, with data: no axe-core violation in any mode or width, nothing overflows or is blocked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from huiyin.appeals import queries
from tests import town
from tests.browser.visit import House
from tests.journeys.steps import go, who
from tests.urls_table import BOARD, DESK_PAGES, HALL, Line

AXE: Final = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text(encoding="utf-8")
FOUND: Final = """(rules) => axe.run(document, rules ? {runOnly: rules} : {}).then((result) =>
    result.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html.slice(0, 160)).join(' ; ')))"""
MODES: Final = (
    ("light", False, 1280, None),
    ("light", True, 1280, ["color-contrast"]),
    ("dark", False, 1280, ["color-contrast"]),
    ("dark", True, 1280, ["color-contrast"]),
    ("light", False, 360, ["color-contrast"]),
    ("light", True, 360, ["color-contrast"]),
    ("dark", False, 360, ["color-contrast"]),
    ("dark", True, 360, None),
)
SETTLED: Final = "document.getAnimations().forEach((change) => change.finish())"  # colours fade from mode to mode
REFLOW_WIDTH: Final = 320  # WCAG 1.4.10; it is also 640 px at 200 %

PAGES: Final = {
    "hall:home": ("", "/"),
    "hall:help": ("", "/help/"),
    "hall:say": ("", "/say/"),
    "hall:track": ("resident", "/track/"),
    "hall:receipt": ("resident", "/receipt/{number}/"),
    "hall:follow": ("resident", "/track/{number}/"),
    "hall:follow incomplete": ("resident", "/track/{incomplete_number}/"),
    "hall:withdraw": ("resident", "/track/{fresh_number}/withdraw/"),
    "board:home": ("", "/board/"),
    "board:notice": ("", "/board/notice/{released}/"),
    "board:week": ("", "/board/week/"),
    "board:figures": ("", "/board/figures/"),
    "board:check": ("", "/board/check/"),
    "board:waiting": ("clerk.lt", "/board/staff/"),
    "board:prepare": ("clerk.lt", "/board/staff/{notice}/prepare/"),
    "board:release": ("director.lt", "/board/staff/{notice}/release/"),
    "board:figures_staff": ("leader.hq", "/board/staff/figures/"),
    "board:rows": ("leader.hq", "/board/staff/figures/rows/?figure=received"),
    "board:ledger": ("leader.hq", "/board/staff/ledger/"),
    "desk:login": ("", "/desk/login/"),
    "desk:password": ("clerk.lt", "/desk/password/"),
    "desk:home": ("clerk.lt", "/desk/?list=all"),
    "desk:home empty": ("clerk.lt", "/desk/?words=大象"),
    "desk:filters": ("clerk.lt", "/desk/?list=all&more=1"),
    "desk:sheets": ("clerk.lt", "/desk/sheets/?pk={appeal}&pk={fresh}"),
    "desk:register": ("clerk.lt", "/desk/register/"),
    "desk:box": ("clerk.lt", "/desk/box/"),
    "desk:box_slips": ("clerk.lt", "/desk/box/{box}/"),
    "desk:appeal": ("clerk.lt", "/desk/appeal/{appeal}/"),
    "desk:appeal closed": ("director.lt", "/desk/appeal/{closed}/"),
    "desk:appeal passed": ("clerk.lt", "/desk/appeal/{passed}/"),
    "desk:appeal at the unit": ("contact.housing", "/desk/appeal/{order}/"),
    "desk:receipt": ("clerk.lt", "/desk/appeal/{appeal}/receipt/"),
    "desk:sheet": ("clerk.lt", "/desk/appeal/{appeal}/sheet/"),
    "desk:act accept": ("clerk.lt", "/desk/appeal/{fresh}/do/accept/"),
    "desk:act dispatch": ("clerk.lt", "/desk/appeal/{accepted}/do/dispatch/"),
    "desk:act pass_reply": ("director.lt", "/desk/appeal/{replied}/do/pass_reply/"),
    "desk:act record_slip": ("clerk.lt", "/desk/appeal/{passed}/do/record_slip/"),
    "desk:act rate_on_paper": ("clerk.lt", "/desk/appeal/{appeal}/do/rate_on_paper/"),
    "desk:act withdraw": ("clerk.lt", "/desk/appeal/{fresh}/do/withdraw/"),
    "desk:messages": ("contact.housing", "/desk/messages/"),
    "desk:to_tell": ("clerk.lt", "/desk/to-tell/"),
    "desk:tell": ("clerk.lt", "/desk/to-tell/{message}/"),
    "desk:stuck": ("officer.hq", "/desk/stuck/"),
    "desk:rules": ("clerk.lt", "/desk/rules/"),
    "desk:calendar": ("clerk.lt", "/desk/calendar/"),
    "desk:search": ("clerk.lt", "/desk/search/?words=路灯"),
    "desk:alike": ("clerk.lt", "/desk/appeal/{appeal}/alike/"),
    "desk:suggestions": ("officer.hq", "/desk/suggestions/"),
    "board:hotspots": ("leader.hq", "/board/staff/hotspots/"),
    "board:hotspot": ("leader.hq", "/board/staff/hotspots/{hotspot}/"),
}
NO_PAGE: Final = {"hall:file", "board:photo", "board:staff_photo", "desk:file"}


class Lit:
    """The served house with a settled town, and one browser for each person."""

    def __init__(self, house: House) -> None:
        self.house, self.pages = house, dict[str, Page]()
        inside, _outside = town.settle()
        self.about = dict(inside.about)
        clerk = who("clerk.lt")
        for name in ("fresh", "incomplete", "appeal"):
            found = queries.appeal(clerk, inside.about[name])
            self.about[f"{name}_number"], self.about[f"{name}_code"] = found.number, queries.query_code(found)
        self.about["number"] = self.about["appeal_number"]

    def page(self, person: str) -> Page:
        """The browser of a person, opened once."""
        if person not in self.pages:
            page = self.house.staff(person) if person not in ("", "resident") else self.house.visitor()
            page.on("console", self.judge)
            if person == "resident":
                page.context.add_cookies([self.proof()])
            self.pages[person] = page
        return self.pages[person]

    def proof(self) -> Any:
        """The session of somebody who proved number and code."""
        client = Client()
        for name in ("fresh", "incomplete", "appeal"):
            client.post("/track/", {"number": self.about[f"{name}_number"], "code": self.about[f"{name}_code"]})
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        return {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.house.address}

    @staticmethod
    def judge(message: Any) -> None:
        """A line of the console about something the policy blocked fails the test."""
        if "Content Security Policy" in message.text:
            pytest.fail(message.text)


@pytest.fixture(scope="module")
def lit(house: House) -> Iterator[Lit]:
    """The town, settled once for all pages."""
    lit = Lit(house)
    yield lit
    house.close()


def has_page(line: Line) -> bool:
    """Whether a URL of the table shows a page of its own when it is asked for."""
    return line.method == "get" and not line.verb and line.url not in NO_PAGE


def test_every_page_is_among_them() -> None:
    assert {line.url for line in (*HALL, *DESK_PAGES, *BOARD) if has_page(line)} <= {name.split()[0] for name in PAGES}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_overflows(lit: Lit, name: str) -> None:
    go(town.MORNING)
    person, address = PAGES[name]
    page = lit.page(person)
    page.set_viewport_size({"width": 1280, "height": 900})
    answer = page.goto(address.format(**lit.about))
    assert answer is not None and answer.status == 200, (answer and answer.status, page.url)
    page.evaluate(AXE)
    wrong = []
    for scheme, is_elder, width, rules in MODES:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.evaluate("(on) => document.documentElement.toggleAttribute('data-elder', on)", is_elder)
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(SETTLED)
        found = page.evaluate(FOUND, rules)
        wide = page.evaluate("document.documentElement.scrollWidth")
        mode = f"{scheme}{' elder' if is_elder else ''} {width}"
        wrong += [f"{mode}: {violation}" for violation in found]
        wrong += [f"{mode}: {wide} px wide"] if wide > width else []
    page.set_viewport_size({"width": REFLOW_WIDTH, "height": 900})
    wide = page.evaluate("document.documentElement.scrollWidth")
    wrong += [f"reflow: {wide} px wide"] if wide > REFLOW_WIDTH else []
    assert not wrong, "\n".join(wrong)
