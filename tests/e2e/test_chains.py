"""产业链: from all chains to one node, and to why it is judged as it is."""

import re

import pytest
from playwright.sync_api import Page, expect

from democity.accounts import demo_password
from tests.e2e.conftest import OpenPage

CHIPS = "/chains/integrated-circuits"


@pytest.fixture
def open_as_promotion(open_page: OpenPage) -> OpenPage:
    """Like `open_page`, signed in as one who promotes investment."""

    def open_it(path: str, **how: object) -> Page:
        page = open_page(f"/signin?next={path.replace('?', '%3F').replace('&', '%26')}", **how)
        page.get_by_label("用户名").fill("demo-promotion")
        page.get_by_label("密码").fill(demo_password("demo-promotion"))
        page.keyboard.press("Enter")
        page.get_by_role("navigation").get_by_text("演示").wait_for()
        return page

    return open_it


def left_of(page: Page, code: str) -> float:
    """Where the card of a node begins."""
    found = page.locator(f"[data-node={code}]").bounding_box()
    assert found is not None
    return found["x"]


def test_all_thirteen_chains_stand_side_by_side_with_their_nodes_by_state(open_page: OpenPage) -> None:
    page = open_page("/chains")

    chains = page.locator("a.chain")
    expect(chains).to_have_count(13)
    chips = chains.filter(has_text="集成电路")
    numbers = [int(number) for number in chips.locator(".state b").all_inner_texts()]
    assert sum(numbers) == 21  # every node has exactly one state
    expect(chips).not_to_contain_text("产值")  # money is for staff

    page.get_by_placeholder("产业链名称").fill("集成")
    expect(chains).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{CHIPS}$"))
    expect(page.get_by_role("heading", name="集成电路", exact=True)).to_be_visible()


def test_words_that_were_typed_to_find_a_chain_do_not_follow_into_it(open_page: OpenPage) -> None:
    page = open_page("/chains")
    page.locator("a.chain").first.wait_for()

    page.get_by_placeholder("产业链名称").evaluate(  # Enter before the page has had time for anything else
        """async (field) => {
          field.value = "集成";
          field.dispatchEvent(new Event("input", {bubbles: true}));
          await Promise.resolve();
          field.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true}));
        }"""
    )

    expect(page.locator("[data-node]").first).to_be_visible()
    expect(page).to_have_url(re.compile(f"{CHIPS}$"))
    expect(page.get_by_placeholder("查找环节")).to_have_value("")
    expect(page.locator(".card.dim")).to_have_count(0)


def test_columns_run_from_upstream_to_downstream(open_page: OpenPage) -> None:
    page = open_page(CHIPS)

    expect(page.locator("[data-node]")).to_have_count(23)  # 21 leaves, two parents
    left = [page.get_by_role("heading", name=name).bounding_box() for name in ("上游", "中游", "下游")]
    assert [box["x"] for box in left if box] == sorted(box["x"] for box in left if box)
    assert left_of(page, "photoresist") < left_of(page, "foundry") < left_of(page, "electronic-module")


def test_no_card_lies_on_another_and_no_name_is_cut_off(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(CHIPS)
    page.locator("[data-node]").first.wait_for()

    boxes = page.locator("[data-node]").evaluate_all(  # all at one moment: what comes above them moves them
        "cards => cards.map((card) => card.getBoundingClientRect().toJSON())"
    )
    assert len(boxes) == 23
    for k, a in enumerate(boxes):
        for b in boxes[k + 1 :]:
            beside = a["x"] + a["width"] <= b["x"] or b["x"] + b["width"] <= a["x"]
            assert beside or a["y"] + a["height"] <= b["y"] + 1 or b["y"] + b["height"] <= a["y"] + 1
    assert (
        page.locator(".card").evaluate_all(
            "cards => cards.filter((card) => card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1)"
            ".map((card) => card.innerText)"
        )
        == []
    )


def test_a_node_opens_with_its_verdicts_what_would_change_them_and_its_sources(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(CHIPS)

    page.locator("[data-node=foundry]").click()

    expect(page).to_have_url(re.compile("node=foundry"))
    drawer = page.get_by_role("complementary", name="晶圆制造")
    expect(drawer.get_by_text("本地供给潜力").first).to_be_visible()
    expect(drawer.get_by_text(re.compile(r"关键度 × 对外依存 × 替代壁垒 = "))).to_be_visible()
    expect(drawer.get_by_text("什么会改变它").first).to_be_visible()
    expect(drawer.get_by_text("市场监管局").or_(drawer.get_by_text("工业和信息化局")).first).to_be_visible()
    inputs = drawer.locator("section", has=page.get_by_role("heading", name=re.compile("投入")))
    expect(inputs.get_by_role("listitem")).to_have_count(8)
    inputs.get_by_role("button", name="硅片").click()
    expect(page.get_by_role("complementary", name="硅片")).to_be_visible()

    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)


def test_a_maker_opens_its_portrait_and_esc_leads_back_to_the_node(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(f"{CHIPS}?node=chip-design")
    node = page.get_by_role("complementary", name="芯片设计")

    maker = node.locator("section", has=page.get_by_role("heading", name=re.compile("生产企业"))).get_by_role(
        "listitem"
    )
    name = maker.first.get_by_role("button").first.inner_text()
    maker.first.get_by_role("button").first.click()

    expect(page.get_by_role("complementary", name=name)).to_contain_text("国标行业")
    page.keyboard.press("Escape")
    expect(node).to_be_visible()


def test_the_makers_of_a_node_are_shown_on_a_map(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(f"{CHIPS}?node=chip-design")

    page.get_by_role("button", name="在地图上显示").click()

    page.wait_for_selector("aside [data-idle]", timeout=60_000)
    expect(page.get_by_text(re.compile(r"\d+ / \d+ 家有位置"))).to_be_visible()


def test_visitors_see_states_and_numbers_of_firms_but_no_money(open_page: OpenPage) -> None:
    page = open_page(f"{CHIPS}?node=foundry")

    drawer = page.get_by_role("complementary", name="晶圆制造")
    expect(drawer.get_by_text("产值、需求、集中度与卡点供工作人员查看。")).to_be_visible()
    expect(drawer.get_by_role("heading", name="判断与依据")).to_have_count(0)
    expect(page.get_by_text("万元")).to_have_count(0)
    expect(page.get_by_text("健康度")).to_have_count(0)


def test_the_whole_panorama_is_walked_with_the_keyboard(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(CHIPS)
    foundry = page.locator("[data-node=foundry]")
    foundry.focus()

    page.keyboard.press("ArrowLeft")
    there = page.evaluate("document.activeElement.dataset.node")
    assert there not in ("foundry", None)
    assert left_of(page, there) < left_of(page, "foundry")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(f"node={there}"))
    order = page.locator("[data-node]").evaluate_all("all => all.map((one) => one.getBoundingClientRect().left)")
    assert [round(x) for x in order[:1]] == [round(min(order))]  # Tab begins on the left


def test_what_is_asked_for_stays_bright_and_stands_in_the_address(open_page: OpenPage) -> None:
    page = open_page(CHIPS)
    weak = page.get_by_role("group", name="按状态筛选").get_by_role("button", name="薄弱")
    number = int(weak.locator("b").inner_text())

    weak.click()

    expect(page).to_have_url(re.compile("state=weak"))
    expect(page.locator(".card:not(.dim):not(.parent)")).to_have_count(number)
    page.get_by_placeholder("查找环节").fill("没有这样的环节")
    expect(page.get_by_text("没有符合条件的环节。")).to_be_visible()
    page.get_by_role("status").get_by_role("button", name="清除筛选").click()
    expect(page.locator(".card.dim")).to_have_count(0)


def test_a_parent_folds_and_stands_for_what_is_below_it(open_page: OpenPage) -> None:
    page = open_page(CHIPS)
    edges = page.locator("[data-edge]")
    expect(edges).to_have_count(31)

    page.get_by_role("button", name="收起封装测试的子环节").click()

    expect(page.locator("[data-node=packaging]")).to_have_count(0)
    expect(page.get_by_text("含 4 个子环节")).to_be_visible()
    assert edges.count() < 31
    expect(page.locator("[data-edge='foundry back-end']")).to_have_count(1)
    expect(page).to_have_url(re.compile("fold=back-end"))


def test_the_table_says_the_same_in_words(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(CHIPS)
    page.get_by_role("group", name="显示方式").get_by_role("button", name="表格").click()

    table = page.get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(24)
    foundry = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="晶圆制造"))
    expect(foundry).to_contain_text("芯片设计 (0.08)")
    parent = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="晶圆材料"))
    expect(parent).to_contain_text(re.compile("因下级环节“.+”(缺失|薄弱)"))
    table.get_by_role("columnheader", name="本地需求").get_by_role("button").click()
    expect(table.get_by_role("columnheader", name="本地需求")).to_have_attribute("aria-sort", "descending")
    expect(page).to_have_url(re.compile("view=table"))


def test_health_opens_its_six_components_and_the_firms_the_chain_hangs_on(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(CHIPS)

    page.get_by_role("button", name="健康度的分项与关键企业").click()

    drawer = page.get_by_role("complementary", name="健康度")
    for name in ("完整性", "自给", "多元", "韧性", "活力", "创新"):
        expect(drawer.get_by_text(name, exact=True).first).to_be_visible()
    expect(drawer.get_by_role("heading", name=re.compile("停产影响最大的企业"))).to_be_visible()


def test_when_a_firm_stops_the_loss_is_seen_to_spread(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(f"{CHIPS}?sheet=health")

    page.get_by_role("complementary", name="健康度").get_by_role(
        "button", name=re.compile("^推演.*停产$")
    ).first.click()

    banner = page.get_by_role("region", name="停产推演")
    expect(banner.get_by_text("间接损失")).to_be_visible()
    rounds = banner.get_by_role("slider")
    expect(rounds).to_have_value(str(rounds.get_attribute("max")))
    reached = page.locator(".card .loss").count()
    assert reached > 1
    rounds.fill("1")
    expect(banner.get_by_text(re.compile("第 1 / "))).to_be_visible()
    assert page.locator(".card .loss").count() < reached
    expect(page).to_have_url(re.compile("stop=.*round=1"))
    banner.get_by_role("button", name="结束推演").click()
    expect(page.locator(".card .loss")).to_have_count(0)


def test_a_park_stops_with_one_click_and_outside_supply_with_another(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(f"{CHIPS}?sheet=stops")

    drawer = page.get_by_role("complementary", name="停产推演")
    drawer.locator("section", has=page.get_by_role("heading", name="园区")).get_by_role("button").first.click()
    banner = page.get_by_role("region", name="停产推演")
    expect(banner.get_by_text("假设停产：1 个园区")).to_be_visible()
    drawer.get_by_role("group", name=re.compile("外部供应减少")).first.get_by_role("button", name="−50%").click()

    expect(banner.get_by_text(re.compile("1 个园区、.*外部供应 −50%"))).to_be_visible()
    expect(page).to_have_url(re.compile("stopzone=.*stopimport="))


def test_a_node_opens_as_a_chain_of_its_own_and_the_figures_can_be_taken_along(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(f"{CHIPS}?node=foundry")

    page.get_by_role("button", name="以此环节为中心，看上下游").click()
    bar = page.get_by_role("region", name="以一个环节为中心")
    expect(bar).to_contain_text("“晶圆制造”的上下游")
    page.locator("[data-node=foundry]").wait_for()
    wide = page.locator("[data-node]").count()
    bar.get_by_role("button", name="上游层数减一").click()
    expect(page).to_have_url(re.compile("around=foundry.*up=1"))
    expect(page.locator("[data-node]")).not_to_have_count(wide)

    page.get_by_role("button", name="导出").click()
    with page.expect_download() as saved:
        page.get_by_role("menuitem", name=re.compile("XLSX")).click()
    assert saved.value.suggested_filename == "集成电路-foundry.xlsx"
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as drawn:
        page.get_by_role("menuitem", name=re.compile("SVG")).click()
    assert "晶圆制造" in drawn.value.path().read_text(encoding="utf-8")
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as painted:
        page.get_by_role("menuitem", name=re.compile("PNG")).click()
    assert painted.value.path().read_bytes().startswith(b"\x89PNG")


def test_chains_stand_side_by_side_with_the_best_marked(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion("/chains")
    for at in range(2):
        page.get_by_role("button", name="加入对比").nth(0 if at == 0 else 1).click()

    page.get_by_role("button", name="产业链对比").click()

    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(3)
    expect(table.get_by_role("row", name=re.compile("^健康度"))).to_contain_text("最优")


def test_a_firm_has_a_page_that_can_be_sent(open_as_promotion: OpenPage) -> None:
    page = open_as_promotion(f"{CHIPS}?node=foundry")
    makers = page.locator("section", has=page.get_by_role("heading", name=re.compile("生产企业")))
    makers.get_by_role("listitem").first.get_by_role("button").first.click()
    page.get_by_role("link", name="打开完整画像").click()

    expect(page).to_have_url(re.compile("/enterprises/"))
    expect(page.get_by_role("heading", name="同行位置")).to_be_visible()
    expect(page.get_by_role("heading", name="所在产业链")).to_be_visible()
    expect(page.get_by_role("link", name="晶圆制造").first).to_be_visible()


def test_a_chain_or_node_that_is_not_there_is_said_not_to_be(open_page: OpenPage) -> None:
    expect(open_page("/chains/alchemy").get_by_text("没有代码为“alchemy”的产业链。")).to_be_visible()
    expect(open_page(f"{CHIPS}?node=philosophers-stone").get_by_role("alert")).to_contain_text("没有环节")


def test_on_a_phone_the_columns_are_a_list_and_a_node_is_a_page(open_page: OpenPage) -> None:
    page = open_page(CHIPS, width=360, height=740)

    expect(page.locator("[data-edge]")).to_have_count(0)
    page.locator("[data-node=foundry]").click()

    drawer = page.get_by_role("complementary", name="晶圆制造")
    box = drawer.bounding_box()
    assert box is not None and box["width"] == 360
    expect(drawer.get_by_text("系数").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 360
