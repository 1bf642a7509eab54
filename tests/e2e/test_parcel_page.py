"""One parcel on a page of its own: what surrounds it, the pre-check, its papers, its card, and the check of that card."""

import re

from playwright.sync_api import FilePayload, Page, expect

from democity.accounts import demo_password
from tests.e2e.conftest import OpenPage
from tests.e2e.holding import Held

CARD = re.compile(r"card-([0-9a-f]{16})\.pdf")


def first_parcel(page: Page) -> str:
    code: str = page.evaluate(
        "async () => (await (await fetch('/api/v1/parcels/?status=published&limit=1')).json()).results[0].code"
    )
    return code


def test_a_parcel_has_a_page_and_a_card_that_can_be_checked(open_page: OpenPage) -> None:
    page = open_page("/land")
    code = first_parcel(page)
    page.goto(page.evaluate("location.origin") + f"/land/parcels/{code}?investment=900000")

    expect(page.get_by_role("heading", name="周边", exact=True)).to_be_visible()
    expect(page.get_by_text("直线").first).to_be_visible()
    expect(page.get_by_text(re.compile(r"[\d.]+ 公里 路网")).first).to_be_visible()
    expect(page.get_by_text("可满足").first).to_be_visible()  # the pre-check knows the project of the address
    expect(page.get_by_role("columnheader", name="有效期至").first).to_be_visible()

    address = page.get_by_role("link", name="宗地卡").get_attribute("href")
    assert address is not None
    answer = page.request.get(address)
    assert answer.body().startswith(b"%PDF")
    number = CARD.search(answer.headers["content-disposition"])
    assert number is not None

    page.goto(page.evaluate("location.origin") + "/verify")
    page.get_by_label("卡号").fill(" ".join(re.findall("....", number[1].upper())))
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_text("卡上的数据今天仍然一致")).to_be_visible()

    page.goto(page.evaluate("location.origin") + f"/verify/{number[1]}")  # where the code on the card leads
    expect(page.get_by_text("卡上的数据今天仍然一致")).to_be_visible()

    held = Held(page, lambda request: "/cards/0000" in request.url)
    page.get_by_label("卡号").fill("0000 0000 0000 0000")
    with page.expect_request("**/cards/0000000000000000/**"):
        page.keyboard.press("Enter")
    expect(page.get_by_text("卡上的数据今天仍然一致")).to_have_count(0)  # that was said of another card
    held.let_go()
    expect(page.get_by_role("alert")).to_contain_text("不是在这里签发的")


def test_land_staff_upload_a_paper_that_visitors_then_see_on_a_phone(open_page: OpenPage) -> None:
    staff = open_page("/signin?next=/land")
    staff.get_by_label("用户名").fill("demo-land")
    staff.get_by_label("密码").fill(demo_password("demo-land"))
    staff.keyboard.press("Enter")
    staff.get_by_role("navigation").get_by_text("演示").wait_for()
    code = first_parcel(staff)
    staff.goto(staff.evaluate("location.origin") + f"/land/parcels/{code}")

    paper = FilePayload(name="规划条件.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7 paper")
    staff.get_by_label("文件（PDF").set_input_files(paper)
    staff.get_by_label("向公众公开").check()
    staff.get_by_role("button", name="上传").click()
    expect(staff.get_by_role("link", name="规划条件", exact=True)).to_be_visible()

    phone = open_page(f"/land/parcels/{code}", width=360, height=760)
    expect(phone.get_by_role("link", name="规划条件", exact=True)).to_be_visible()
    assert phone.evaluate("document.querySelector('.parcel-page').scrollWidth") <= 360  # nothing sticks out

    staff.on("dialog", lambda dialog: dialog.accept())
    staff.get_by_role("button", name="删除").click()
    expect(staff.get_by_role("link", name="规划条件", exact=True)).not_to_be_visible()
