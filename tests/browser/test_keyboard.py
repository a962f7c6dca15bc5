"""Without a mouse, and without JavaScript: everything that counts can be done."""

from playwright.sync_api import Page, expect

from huiyin.appeals import obstacles, queries
from huiyin.appeals.workflow import feedback, handling
from tests import town
from tests.browser.conftest import digits
from tests.browser.visit import House, log_in
from tests.journeys.steps import go, who

MOST_TABS = 60


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the wanted field has the focus; it has to be on the way."""
    for _ in range(MOST_TABS):
        if page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")


def test_a_walk_in_is_registered_by_the_keyboard_alone(house: House) -> None:
    go(town.MORNING)
    page = house.staff("clerk.lt")
    page.goto("/desk/")
    page.wait_for_load_state()
    page.keyboard.press("n")
    page.wait_for_url("**/desk/register/")
    expect(page.locator("#id_detail")).to_be_focused()
    page.keyboard.type("铁路小区 3 号楼前路灯不亮")
    tab_to(page, "#id_place_text")
    page.keyboard.type("铁路小区3号楼")
    expect(page.locator("#places input").first).to_be_checked()
    tab_to(page, "#id_name")
    page.keyboard.type("王秀兰")
    tab_to(page, "#id_phone")
    page.keyboard.type("19900001001")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/desk/register/?saved=*")
    expect(page.locator(".saved")).to_contain_text("最晚 3月9日（周一） 答复")
    expect(page.locator("#id_detail")).to_be_focused()
    expect(page.locator("#id_detail")).to_have_value("")


def test_the_question_mark_shows_the_keys_and_escape_closes_them(house: House) -> None:
    go(town.MORNING)
    page = house.staff("clerk.lt")
    page.goto("/desk/")
    page.wait_for_load_state()
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("#narrow_words")).to_be_focused()


def test_the_first_stop_of_tab_leads_past_the_header(house: House) -> None:
    go(town.MORNING)
    page = house.visitor()
    page.goto("/help/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_without_javascript_from_the_first_word_to_the_rating(house: House) -> None:
    go(town.MORNING)
    resident = house.visitor(java_script_enabled=False)
    number, code = says_it(resident)
    takes_it_up(house, number)
    answer(number)
    resident.goto("/track/")
    resident.fill("#id_number", number)
    resident.fill("#id_code", code)
    resident.click("main form .actions button")
    expect(resident.locator("main")).to_contain_text("已更换灯具")
    resident.check("input[name=grade][value='5']")
    resident.click("form.rate .actions button")
    expect(resident.locator("main")).to_contain_text("您评了「非常满意」")


def says_it(page: Page) -> tuple[str, str]:
    """The words, the place found by the server, the phone, the receipt."""
    page.goto("/")
    page.fill("#id_detail", "铁路小区 3 号楼前路灯不亮")
    page.click("button[name=start]")
    page.fill("#id_place_text", "铁路小区 3 号楼")
    page.click("button[name=find]")
    page.check("#named input >> nth=0")
    page.check("input[name=reach][value=contact]")
    page.fill("#id_phone", "19900001001")
    page.click("form.say .actions button")
    expect(page.locator(".receipt-due")).to_contain_text("最晚 3月9日（周一）答复您")
    return digits(page.inner_text(".receipt-number")), digits(page.inner_text(".receipt-code"))


def takes_it_up(house: House, number: str) -> None:
    """A clerk logs in, accepts and dispatches; links lead to pages, forms lead back."""
    page = house.visitor(java_script_enabled=False)
    log_in(page, "clerk.lt")
    page.fill("#narrow_words", number)
    page.click("form.narrow button[type=submit]")
    for label in ("受理", "派单"):
        page.click(f".acts a.button:text-is('{label}')")
        page.click("section.act button[type=submit]")
        expect(page.locator(".message-success")).to_contain_text(label)


def answer(number: str) -> None:
    """The unit answers, the reviewer passes, all are told."""
    contact, clerk = who("contact.housing"), who("clerk.lt")
    found = queries.in_list(clerk, "all").get(number=number)
    handling.sign(contact, found.pk)
    handling.contact(contact, found.pk, text="电话联系。")
    handling.submit_reply(contact, found.pk, result="resolved", text="已更换灯具，当晚恢复照明。")
    handling.pass_reply(who("director.lt"), found.pk)
    for party in obstacles.missing_slips(found):
        feedback.record_slip(clerk, found.pk, party=party, way="phone", evidence="03-02 11:00 通话")
    feedback.deliver(clerk, found.pk)
