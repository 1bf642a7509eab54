"""在线选地: an investor's way from a project to a parcel."""

import re
from urllib.parse import unquote

from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage
from tests.e2e.holding import Held

PROJECT = "/land?industry=batteries&investment=80000&mu=30&output=150000&tax=6000&jobs=800"


def ranking(page: Page) -> Page:
    page.get_by_role("tab", name="排序").click()
    page.get_by_role("listbox").get_by_role("option").first.wait_for()
    settled(page)
    return page


def settled(page: Page) -> None:
    """Nothing is on its way that could change what is asked, nor the answer to it."""
    expect(page.locator(".results")).to_have_attribute("aria-busy", "false")


def pressed_slowly(page: Page, button: Locator) -> None:
    """As a hand does it: down, and up a moment later at the same place."""
    box = button.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    page.mouse.up()


def test_a_project_stated_once_gives_figures_per_mu_and_a_ranking_with_reasons(open_page: OpenPage) -> None:
    page = open_page("/land")

    page.get_by_label("固定资产投资").fill("80000")
    page.get_by_label("用地").first.fill("40")
    page.keyboard.press("Tab")

    expect(page.get_by_text("2,000 万元/亩")).to_be_visible()  # 80,000 / 40
    expect(page.get_by_text(re.compile("可满足 .* 的宗地"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"investment=80000.*mu=40"))
    first = ranking(page).get_by_role("option").first
    expect(first).to_contain_text("项可满足")
    expect(first).to_contain_text("亩")


def test_what_is_being_typed_stays_while_the_page_is_drawn_again(open_page: OpenPage) -> None:
    page = open_page("/land")
    mu = page.get_by_label("用地").first
    limit = page.get_by_label("距高速出入口的界限")

    page.get_by_label("固定资产投资").fill("80000")
    mu.fill("40")  # leaving the field before takes 80,000 to the address and has the page drawn again
    expect(page).to_have_url(re.compile("investment=80000"))
    expect(page.get_by_role("tab", name="排序").locator(".count")).not_to_have_text("")
    expect(mu).to_have_value("40")
    limit.fill("5")
    expect(page).to_have_url(re.compile("mu=40"))
    expect(page.get_by_text("2,000 万元/亩")).to_be_visible()  # 80,000 / 40
    expect(limit).to_have_value("5")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("highway_km~5"))


def test_a_button_gets_its_click_though_what_was_typed_moves_it(open_page: OpenPage) -> None:
    page = open_page("/land")
    page.get_by_label("固定资产投资").fill("80000")
    page.get_by_label("用地").first.fill("40")
    draw = page.get_by_role("button", name="在地图上画")
    before = draw.bounding_box()

    pressed_slowly(page, draw)

    stop = page.get_by_role("button", name="停止")
    expect(stop).to_have_attribute("aria-pressed", "true")
    after = stop.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] > before["y"]  # the figures per mu have come above it
    expect(page).to_have_url(re.compile("mu=40"))


def test_what_was_typed_goes_along_with_the_link_that_is_clicked_next(open_page: OpenPage) -> None:
    page = ranking(open_page("/land?investment=80000"))
    page.get_by_role("listbox").get_by_role("option").first.click()
    link = page.get_by_role("complementary").get_by_role("link", name="完整页面")
    link.wait_for()
    page.get_by_role("tab", name="需求").click()
    page.get_by_label("用地").first.fill("40")

    pressed_slowly(page, link)

    expect(page).to_have_url(re.compile(r"/land/parcels/.*mu=40"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"/land/[^/]+\?.*mu=40"))


def test_a_folded_wish_stays_under_the_hand_that_sets_it_until_its_group_is_shut(open_page: OpenPage) -> None:
    page = open_page("/land")
    group = page.locator(".group .head").nth(1)
    group.click()
    name = page.locator(".folded input[type=range]:enabled").first.get_attribute("aria-label")
    slider = page.get_by_role("slider", name=name, exact=True)
    slider.focus()

    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("want="))
    once = slider.input_value()
    page.keyboard.press("ArrowRight")

    expect(slider).to_be_focused()
    assert slider.input_value() != once
    expect(page.locator(".folded").get_by_role("slider", name=name, exact=True)).to_be_visible()
    group.click()
    expect(page.locator(".folded")).to_have_count(0)
    expect(slider).to_be_visible()  # now among those that are asked for


def test_enter_chooses_a_place_of_the_words_that_stand_there(open_page: OpenPage) -> None:
    page = open_page("/land")
    held = Held(page, lambda request: "港" in unquote(request.url))
    field = page.get_by_role("searchbox", name="搜索地点、企业或园区")
    field.fill("园")
    found = page.locator(".found button")
    other = found.first.inner_text()

    with page.expect_request(lambda request: "港" in unquote(request.url)):
        field.fill("港")
        page.keyboard.press("Enter")
    expect(page).not_to_have_url(re.compile("place="))
    held.let_go()

    expect(page).to_have_url(re.compile("place="))
    expect(page.locator(".where .name")).not_to_have_text(other)
    expect(page.locator(".where .name")).to_contain_text("港")


def test_the_tabs_are_turned_with_arrow_keys(open_page: OpenPage) -> None:
    page = open_page("/land")
    ask, rank = page.get_by_role("tab", name="需求"), page.get_by_role("tab", name="排序")
    ask.focus()

    for key, now, other in (
        ("ArrowRight", rank, ask),
        ("ArrowRight", ask, rank),
        ("ArrowLeft", rank, ask),
        ("Home", ask, rank),
        ("End", rank, ask),
    ):
        page.keyboard.press(key)
        expect(now).to_be_focused()
        expect(now).to_have_attribute("aria-selected", "true")
        expect(other).to_have_attribute("tabindex", "-1")
    expect(page.get_by_role("tabpanel", name="排序")).to_be_visible()
    page.keyboard.press("Tab")
    expect(ask).not_to_be_focused()


def test_a_number_that_no_project_has_stays_in_its_field_and_is_said(open_page: OpenPage) -> None:
    page = open_page("/land")
    jobs = page.get_by_label("就业")

    jobs.fill("-5")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_have_text("须不小于 0")
    expect(jobs).to_have_value("-5")
    expect(page).not_to_have_url(re.compile("jobs"))
    jobs.fill("5")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page).to_have_url(re.compile("jobs=5"))


def test_five_sliders_with_what_is_on_offer_behind_and_all_others_folded(open_page: OpenPage) -> None:
    page = open_page(PROJECT)

    expect(page.get_by_role("slider")).to_have_count(5)
    expect(page.locator(".track svg rect").first).to_be_attached()
    folded = page.locator(".group .head .small").all_inner_texts()
    assert sum(int(number) for number in folded) == 41 + 10  # the city's own


def test_a_slider_that_must_be_met_shortens_the_list_and_stands_in_the_address(open_page: OpenPage) -> None:
    page = open_page(PROJECT)
    count = page.get_by_role("tab", name="排序").locator(".count")
    count.wait_for()
    settled(page)
    before = count.inner_text()

    wish = page.locator(".wish", has_text="距高速出入口")
    wish.get_by_label("距高速出入口的界限").fill("5")
    wish.get_by_role("button", name="必须").click()

    expect(page).to_have_url(re.compile("highway_km!5"))
    expect(count).not_to_have_text(before)
    settled(page)
    after = count.inner_text()
    page.reload()
    expect(count).to_have_text(after)


def test_a_limit_in_another_unit_is_said_and_not_taken(open_page: OpenPage) -> None:
    page = open_page(PROJECT)
    field = page.get_by_label("可接入电力容量的界限")

    field.fill("20000")  # kVA, where MVA are asked for
    field.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text("请核对单位")
    expect(field).to_have_value("20000")
    expect(page).not_to_have_url(re.compile("20000"))
    field.fill("20")
    field.press("Tab")
    expect(page).to_have_url(re.compile("power_capacity~20"))
    expect(page.get_by_role("alert")).to_have_count(0)

    page.get_by_label("固定资产投资").fill("800000000")  # yuan, where 10,000 of them are asked for
    page.keyboard.press("Tab")
    expect(page.get_by_text("没有项目是这样的数")).to_be_visible()


def test_a_need_above_20_mva_is_told_what_voltage_it_wants(open_page: OpenPage) -> None:
    page = ranking(open_page("/land?want=power_capacity~25,start_price&power_mva=25"))

    expect(page.get_by_role("option").first).to_contain_text(re.compile("110 kV|电压"))
    page.get_by_role("option").first.click()
    drawer = page.get_by_role("complementary")
    expect(drawer.get_by_text(re.compile("用电需求 25.* MVA："))).to_be_visible()
    expect(drawer.get_by_text("超过 20 MVA 的用电需求须有 110 kV 及以上变电站").first).to_be_visible()
    page.get_by_role("tab", name="需求").click()
    expect(page.get_by_text("超过 20 MVA 的需求须有 110 kV 及以上变电站")).to_be_visible()


def test_when_nothing_meets_all_the_page_says_what_to_relax_and_does_it(open_page: OpenPage) -> None:
    page = open_page("/land?want=highway_km!0.001,start_price")
    page.get_by_role("tab", name="排序").click()

    expect(page.get_by_text(re.compile("没有宗地满足"))).to_be_visible()
    page.get_by_role("button", name=re.compile("距高速出入口 ≤ .* → ")).first.click()

    expect(page.get_by_role("option").first).to_be_visible()


def test_arrow_keys_walk_the_list_and_enter_opens_a_parcel_that_esc_closes(open_page: OpenPage) -> None:
    page = ranking(open_page(PROJECT))

    page.get_by_role("listbox").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    name = page.locator("li.pointed h3").inner_text()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("complementary")
    expect(drawer.get_by_role("heading", name=name)).to_be_visible()
    page.keyboard.press("Escape")

    expect(drawer).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/land\?"))


def test_a_parcel_tells_why_it_ranks_whether_it_admits_and_who_says_each_figure(open_page: OpenPage) -> None:
    page = ranking(open_page(PROJECT))

    page.get_by_role("option").first.click()

    drawer = page.get_by_role("complementary")
    expect(drawer.get_by_text("匹配得分")).to_be_visible()
    expect(drawer.get_by_text("准入预检")).to_be_visible()
    expect(drawer.get_by_role("row").filter(has_text="固定资产投资强度")).to_contain_text("可满足")
    expect(drawer.get_by_role("term").filter(has_text="距高速出入口")).to_contain_text("直线")
    drawer.get_by_role("button", name="距高速出入口怎么算的").click()
    tip = page.get_by_role("tooltip")
    expect(tip.get_by_text("由设施与网格计算")).to_be_visible()
    expect(tip.get_by_text("日期")).to_be_visible()


def test_the_pre_check_of_another_parcel_is_not_shown_while_its_own_is_on_the_way(open_page: OpenPage) -> None:
    page = ranking(open_page(PROJECT))
    parcels = page.get_by_role("listbox").get_by_role("option")
    parcels.first.click()
    drawer = page.get_by_role("complementary")
    expect(drawer.get_by_role("heading", name="准入预检")).to_be_visible()
    held = Held(page, lambda request: request.url.endswith("/precheck/"))

    name = parcels.nth(1).get_by_role("heading").inner_text()
    with page.expect_request("**/precheck/"):
        parcels.nth(1).click()

    expect(drawer.get_by_role("heading", name=name)).to_be_visible()
    expect(drawer.get_by_role("heading", name="用途与行业")).to_be_visible()  # all else is there
    expect(drawer.get_by_role("heading", name="准入预检")).to_have_count(0)
    held.let_go()
    expect(drawer.get_by_role("heading", name="准入预检")).to_be_visible()


def test_a_ranking_that_could_not_heed_its_industry_says_so_and_is_made_anew(open_page: OpenPage) -> None:
    page = open_page("/land")
    page.get_by_label("固定资产投资").wait_for()
    page.route("**/requirement-profiles/**", lambda route: route.abort())
    page.goto(re.sub(r"/land.*", PROJECT, page.url))
    page.get_by_role("tab", name="排序").click()

    alert = page.locator(".results").get_by_role("alert")
    expect(alert).to_be_visible()
    page.unroute("**/requirement-profiles/**")
    alert.get_by_role("button", name="重试").click()
    expect(alert).to_have_count(0)
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()


def test_a_parcel_that_is_not_there_is_said_not_to_be(open_page: OpenPage) -> None:
    page = open_page("/land/370200-NONE")

    expect(page.get_by_role("alert")).to_contain_text("没有编号为 370200-NONE 的宗地")


def test_on_a_phone_a_parcel_is_a_page_of_its_own(open_page: OpenPage) -> None:
    page = ranking(open_page(PROJECT, width=360, height=740))

    page.get_by_role("option").first.click()

    drawer = page.get_by_role("complementary")
    expect(drawer).to_be_visible()
    expect(drawer.get_by_text("准入预检")).to_be_visible()
    box = drawer.bounding_box()
    assert box is not None and box["width"] == 360
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_on_a_wall_requirement_ranking_map_and_parcel_stand_side_by_side(open_page: OpenPage) -> None:
    page = open_page(PROJECT, width=3840, height=2160, map_drawn=True)

    page.get_by_role("listbox").get_by_role("option").first.click()

    expect(page.get_by_role("heading", name="看重什么")).to_be_visible()
    expect(page.get_by_role("listbox")).to_be_visible()
    expect(page.get_by_role("complementary").get_by_text("准入预检")).to_be_visible()


def test_parcels_put_aside_are_compared_and_the_link_shares_them(open_page: OpenPage) -> None:
    page = ranking(open_page(PROJECT))
    for at in range(2):
        page.get_by_role("option").nth(at).get_by_role("button", name=re.compile("加入备选")).click()
    shortlist = page.get_by_role("region", name="备选")
    expect(shortlist).to_contain_text("备选 2/6")

    shortlist.get_by_role("button", name="比较").click()

    comparison = page.get_by_role("complementary", name="比较 2 宗")
    expect(comparison.get_by_role("columnheader")).to_have_count(3)
    expect(comparison.get_by_role("img", name="最优").first).to_be_visible()
    expect(comparison.get_by_role("img", name="最差").first).to_be_visible()
    expect(comparison.get_by_role("img", name="备选宗地各项指标的雷达图")).to_be_visible()
    expect(page).to_have_url(re.compile(r"short=.+,.+compare=1"))
    page.goto(page.url)
    expect(page.get_by_role("complementary", name="比较 2 宗").get_by_role("columnheader")).to_have_count(3)
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="备选")).to_be_visible()


def test_a_parcel_that_is_taken_off_leaves_the_comparison_at_once(open_page: OpenPage) -> None:
    page = ranking(open_page(PROJECT))
    for at in range(3):
        page.get_by_role("option").nth(at).get_by_role("button", name=re.compile("加入备选")).click()
    page.get_by_role("region", name="备选").get_by_role("button", name="比较").click()
    columns = page.get_by_role("complementary", name="比较 3 宗").get_by_role("columnheader")
    expect(columns).to_have_count(4)
    held = Held(page, lambda request: "/compare/" in request.url)

    with page.expect_request("**/compare/**"):
        columns.nth(1).get_by_role("button", name=re.compile("移出")).click()

    columns = page.get_by_role("complementary", name="比较 2 宗").get_by_role("columnheader")
    expect(columns).to_have_count(3)  # a second click there would have put it back
    held.let_go()
    expect(columns).to_have_count(3)


def test_the_list_leaves_as_a_file(open_page: OpenPage) -> None:
    page = ranking(open_page(PROJECT))

    page.get_by_role("button", name="导出").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV").click()

    assert download.value.suggested_filename.endswith("-EPSG4490.csv")
    assert download.value.path().read_text(encoding="utf-8-sig").startswith("宗地编号,名称,状态")


def test_an_area_drawn_on_the_map_shortens_the_list_and_stands_in_the_address(open_page: OpenPage) -> None:
    page = open_page("/land?at=120.2,36.2,9", map_drawn=True)
    count = page.get_by_role("tab", name="排序").locator(".count")
    before = int(count.inner_text().replace(",", ""))

    page.get_by_role("button", name="在地图上画").click()
    box = page.locator("canvas.maplibregl-canvas").bounding_box()
    assert box is not None
    for across, down in ((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)):
        page.mouse.click(box["x"] + across * box["width"], box["y"] + down * box["height"])
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("area=120"))
    expect(page).to_have_url(re.compile("at=120.2,36.2,9"))  # corners are no clicks on parcels
    expect(count).not_to_have_text(str(before))
    assert int(count.inner_text().replace(",", "")) < before
    page.get_by_role("button", name="取消所画范围").click()
    expect(count).to_have_text(str(before))


def test_a_click_that_puts_a_place_does_nothing_else(open_page: OpenPage) -> None:
    page = open_page("/land")
    lng, lat = page.evaluate(
        "async () => { const [{lng, lat}] = (await (await fetch('api/v1/parcels/?status=published&limit=1')).json()).results;"
        " return [lng, lat]; }"
    )
    page.goto(re.sub(r"/land.*", f"/land?at={lng:.4f},{lat:.4f},9.00&colour=status", page.url))
    page.wait_for_selector("[data-idle]")
    count = page.get_by_role("tab", name="排序").locator(".count")
    count.wait_for()
    page.get_by_role("button", name="按得分").click()  # the hexagons come after all else on the map
    expect(page).not_to_have_url(re.compile("colour"))
    settled(page)
    box = page.locator("canvas.maplibregl-canvas").bounding_box()
    assert box is not None

    page.get_by_role("button", name="在地图上点一个位置").click()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    expect(page).to_have_url(re.compile("place="))
    page.wait_for_selector("[data-idle]")
    expect(page).to_have_url(re.compile(r"at=[\d.]+,[\d.]+,9\.00"))  # the map has not gone nearer


def test_what_decides_the_ranking_is_said_and_an_empty_region_points_elsewhere(open_page: OpenPage) -> None:
    page = ranking(open_page("/land?want=power_capacity~20*2,highway_km~10,port_km~40"))

    expect(page.get_by_text("什么在决定排序")).to_be_visible()
    page.goto(re.sub(r"/land\?.*", "/land?region=370202&mu=400", page.url))
    page.get_by_role("tab", name="排序").click()
    expect(page.get_by_text(re.compile("没有宗地满足|没有可供的宗地|这里没有"))).to_be_visible()


def test_on_paper_the_list_stands_beside_the_map_with_nothing_cut_off(open_page: OpenPage) -> None:
    page = ranking(open_page("/land?mu=50", map_drawn=True))
    page.evaluate("window.print = () => { document.body.dataset.printed = 'yes'; }")
    page.get_by_role("button", name="打印").click()
    page.locator("body[data-printed]").wait_for()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 718, "height": 1040})  # A4 between its margins

    expect(page.get_by_role("heading", name="标准地选地结果")).to_be_visible()
    expect(page.locator(".results .onpaper")).not_to_contain_text("undefined")
    picture = page.locator(".results img.picture")
    expect(picture).to_be_visible()
    colours = picture.evaluate(  # a canvas that was read too late is of one colour
        """(image) => {
          const canvas = Object.assign(document.createElement("canvas"), {width: 40, height: 40});
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0, 40, 40);
          const {data} = context.getImageData(0, 0, 40, 40);
          return new Set(Array.from({length: 1600}, (_, at) => `${data[4 * at] >> 4},${data[4 * at + 1] >> 4}`)).size;
        }"""
    )
    assert colours > 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 718
    cut = page.evaluate(
        """[...document.querySelectorAll('[role=option]')].filter((row) => {
          const {left, right} = row.getBoundingClientRect();
          return left < 0 || right > innerWidth || row.scrollWidth > row.clientWidth + 1;
        }).length"""
    )
    assert cut == 0
    sheet = page.pdf(format="A4", print_background=True)
    assert sheet.startswith(b"%PDF-") and len(sheet) > 20_000
