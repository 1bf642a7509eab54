"""Packages of the distribution: what is missing is installed by apt, or asked of an administrator in one line."""

import ctypes.util
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.env import uses_private_cluster
from scripts import cluster
from scripts.messages import Stop, line, step
from scripts.shell import explain

FONTS = Path("/usr/share/fonts")
CJK_FONTS = ("*CJK*", "*SourceHan*", "*wqy*", "*DroidSansFallback*")
LOCK_SECONDS = 300
"""A fresh machine updates itself first, and holds apt's locks meanwhile."""
LOCK_POLL = 2.0
LOCKED = re.compile(
    r"(?:Could not get lock|was locked by) .*\bprocess(?: with pid)? (?P<pid>\d+)(?: (?P<name>\([^)\n]+\)))?"
)
"""Of apt: It is held by process 123 (apt-get). Of dpkg: was locked by another process with pid 123."""
CUT_SHORT = ("dpkg --configure -a", "--fix-broken install")
"""What apt advises where an earlier installation did not come to its end."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Need:
    """Something the distribution has to provide."""

    package: str
    is_met: Callable[[], bool]


def has_font() -> bool:
    return any(next(FONTS.rglob(pattern), None) is not None for pattern in CJK_FONTS) if FONTS.is_dir() else False


def chromium() -> str | None:
    """The browser of the tests, under whichever name it is installed."""
    return next((found for name in CHROMIUM if (found := shutil.which(name))), None)


def has_pango() -> bool:
    return all(ctypes.util.find_library(name) for name in ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))


def has_gdal() -> bool:
    return all(ctypes.util.find_library(name) for name in ("gdal", "geos_c", "proj"))


TO_RUN = (
    Need("gdal-bin", has_gdal),  # brings GDAL, GEOS and PROJ, which GeoDjango loads
    Need("python3-venv", lambda: importlib.util.find_spec("ensurepip") is not None),
    Need("fonts-noto-cjk", has_font),
    Need("libpangoft2-1.0-0", has_pango),  # sets the lines of what is printed
    Need("libharfbuzz-subset0", has_pango),  # embeds no more of a font than is used
)
OWN_DATABASE = Need("postgresql-postgis", lambda: bool(cluster.installed_servers()))
TO_TEST = (
    Need("chromium", lambda: chromium() is not None),
    Need("libatomic1", lambda: ctypes.util.find_library("atomic") is not None),  # Playwright's driver is linked to it
)


def ensure(*, for_tests: bool = False) -> None:
    """Install what is missing. Before the database starts: an upgrade under a running server breaks it."""
    needs = [*TO_RUN]
    if uses_private_cluster() or for_tests:
        needs.append(OWN_DATABASE)
    if for_tests:
        needs.extend(TO_TEST)
    missing = [need.package for need in needs if not need.is_met()]
    if not missing:
        return
    install(missing)
    still = [need.package for need in needs if not need.is_met()]
    if still:
        raise Stop(
            zh=f"已安装 {' '.join(still)}，但仍找不到其内容。"
            f"需要 PostgreSQL ≥ {cluster.OLDEST_SERVER} 与 PostGIS ≥ 3.3。",
            en=f"{' '.join(still)} was installed, yet what it should bring is not found. "
            f"PostgreSQL ≥ {cluster.OLDEST_SERVER} with PostGIS ≥ 3.3 is needed.",
        )


def install(packages: list[str]) -> None:
    """By apt-get, as root or through sudo."""
    if shutil.which("apt-get") is None:
        raise Stop(
            zh=f"此系统没有 apt，请自行安装与 Debian 软件包 {' '.join(packages)} 相当的软件后重试。",
            en=f"There is no apt here. Install what Debian calls {' '.join(packages)}, then try again.",
        )
    become = becoming_root()
    if become is None:
        asked = f"apt-get update && apt-get install --no-install-recommends -y {' '.join(packages)}"
        raise Stop(
            zh=f"缺少系统软件包，而您没有安装权限。请管理员执行下面这一行，然后重试：\n  {asked}",
            en="Packages are missing and you may not install them. Ask an administrator for this line and try again:\n"
            f"  {asked}",
        )
    line(f"· 安装系统软件包 · installing packages of the distribution: {' '.join(packages)}")
    plainly = [*become, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C.UTF-8"]  # its words are looked at below
    apt = [*plainly, "apt-get", "-q"]
    asking = [*apt, "install", "--no-install-recommends", "-y", *packages]
    with step("apt-get update, install", "one to three minutes the first time"):
        when_unlocked([*apt, "update"])  # where it fails, a stale list may still do
        status, said = when_unlocked(asking)
        if status != 0 and any(words in said for words in CUT_SHORT):
            line("· 先完成此前中断的安装 · first finishing an installation that was cut short")
            when_unlocked([*plainly, "dpkg", "--configure", "-a"])
            when_unlocked([*apt, "install", "--fix-broken", "--no-install-recommends", "-y"])
            status, said = when_unlocked(asking)
        if status != 0:
            raise explain(said, zh="apt-get 安装失败", en="apt-get could not install the packages")


def when_unlocked(command: list[str]) -> tuple[int, str]:
    """Exit status and output, once whoever holds a lock of the packages is done: apt waits for one of its four alone."""
    deadline = time.monotonic() + LOCK_SECONDS
    told = False
    while True:
        status, said = run_whole(command)
        holder = LOCKED.search(said)
        if status == 0 or holder is None:
            return status, said
        who = " ".join(part for part in holder.groups() if part)
        if time.monotonic() > deadline:
            raise Stop(
                zh=f"另一个程序（进程 {who}）正在安装软件包，{LOCK_SECONDS} 秒内没有结束。"
                f"请等它结束再重试；查看它：ps -f {holder['pid']}",
                en=f"Another program (process {who}) has been installing packages for more than {LOCK_SECONDS} seconds. "
                f"Try again once it has ended; to look at it: ps -f {holder['pid']}",
            )
        if not told:
            line(f"· 等待另一个程序（进程 {who}）装完软件包 · waiting for another program to finish with the packages")
            told = True
        time.sleep(LOCK_POLL)


def run_whole(command: list[str]) -> tuple[int, str]:
    """Exit status and output. Whoever interrupts us waits for its end: half-installed packages block all others.

    As root it has a session of its own, which Ctrl-C does not reach; sudo needs the terminal where it was let in.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=os.geteuid() == 0,
    )
    try:
        said, _ = process.communicate()
    except BaseException:
        line("· 等待软件包安装结束，以免留下一半 · waiting for the packages, so as not to leave them half installed")
        process.communicate()
        raise
    return process.returncode, said


def becoming_root() -> list[str] | None:
    """What to put before a command to run it as root; None when that is not possible."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    silently = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    if silently:
        return ["sudo", "-n"]
    if not sys.stdin.isatty() or subprocess.run(["sudo", "-v"], check=False).returncode != 0:
        return None
    return ["sudo"]
