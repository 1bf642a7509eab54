"""数据: where the figures came from, and how a file comes in."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage

FILE = "code,name,category,lng,lat\nE2E-1,测试一站,substation,120.20,36.10\nE2E-2,测试二站,castle,120.21,36.11\n"


def choose_file(page: Page, text: str = FILE) -> None:
    page.get_by_label("数据类别").select_option(label="设施")
    page.locator("input[type=file]").set_input_files(
        {"name": "facilities.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    page.get_by_role("button", name="下一步").click()


def test_every_source_says_whose_it_is_and_how_old(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/data")
    expect(page.get_by_text("标准地宗地").first).to_be_visible()
    expect(page.get_by_text("演示数据", exact=True).first).to_be_visible()
    page.get_by_placeholder("按名称、类别或部门筛选").fill("没有这样的来源")
    expect(page.get_by_text("没有符合“没有这样的来源”的来源。")).to_be_visible()


def test_a_file_is_checked_before_anything_is_loaded(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/data?view=import")
    choose_file(page)

    expect(page.get_by_text("文件没有说明坐标系，请指明。")).to_be_visible()
    expect(page.get_by_role("button", name="下一步")).to_be_disabled()
    page.get_by_label("坐标系").first.select_option("EPSG:4490")
    expect(page.get_by_role("button", name="下一步")).to_be_enabled()
    page.get_by_role("button", name="下一步").click()

    expect(page.get_by_text("前 500 行中有 1 行不能载入")).to_be_visible()
    expect(page.get_by_role("cell", name="castle", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="测试一站")).to_be_visible()


def test_an_import_can_be_started_and_cancelled(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/data?view=import")
    choose_file(page)
    page.get_by_label("坐标系").first.select_option("EPSG:4490")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="开始载入").click()

    job = page.get_by_role("article").first
    expect(job).to_contain_text("排队中")  # no worker runs beside this server
    job.get_by_role("button", name="取消").click()
    expect(job).to_contain_text("已取消")


def test_a_file_that_is_none_is_answered_in_words(open_as_planner: OpenPage) -> None:
    page = open_as_planner("/data?view=import")
    choose_file(page, text="")
    expect(page.get_by_role("alert")).to_be_visible()


def test_a_public_grid_layer_is_on_the_map_for_a_visitor_with_its_legend(open_page: OpenPage) -> None:
    page = open_page("/data")
    page.get_by_role("button", name="常住人口").click()
    legend = page.get_by_role("region", name="图例")
    expect(legend).to_contain_text("常住人口")
    expect(legend).to_contain_text("无数据")
    expect(page.get_by_role("button", name="常住就业人口")).to_have_count(0)
