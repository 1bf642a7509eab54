"""`make run`: from a bare checkout to a city at an address, and an orderly end."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from config import env
from scripts import cluster, frontend, packages, python
from scripts.addresses import address, addresses_elsewhere
from scripts.messages import Stop, line, step
from scripts.shell import die_with_parent

PID_FILE = cluster.STATE / "run.pid"
SPACE_TO_SERVE = 300 * 1024**2
SPACE_TO_BEGIN = 4 * 1024**3
STARTING_SECONDS = 90
STOPPING_SECONDS = 20


@dataclass
class Child:
    """A process that serves, and the words for it."""

    zh: str
    en: str
    process: "subprocess.Popen[bytes]"


class Ended(Exception):
    """Someone asked us to stop: Ctrl-C, TERM, or the terminal went away."""


def run() -> int:
    """Prepare, serve, wait for the end. The exit status is 0 after an orderly stop."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, end)
    host, port = env.text("HOST", "127.0.0.1"), env.integer("PORT", 8000, least=1, most=65535)
    with the_only_run(port):
        return run_at(host, port)


def run_at(host: str, port: int) -> int:
    require_free(host, port)
    require_space()
    started_cluster = False
    children: list[Child] = []
    try:
        PID_FILE.write_text(str(os.getpid()))  # from here on `make stop` finds us, before the first page is served, too
        packages.ensure()
        python.ensure()
        frontend.ensure_built()
        if env.uses_private_cluster():
            started_cluster = cluster.ensure_running()
        accounts = prepare()
        children.append(serve(host, port))
        children.append(work())
        wait_until_it_answers(host, port, children)
        announce(host, port, accounts)
        watch(children)
    except Ended:
        line("\n· 正在停止 · stopping")
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        end_children(children)
        if started_cluster:
            cluster.stop()
        elif env.uses_private_cluster() and children:
            line(
                "· 数据库在启动前已运行，继续运行；make stop 停止它 · the database ran before and runs on; make stop ends it"
            )
        PID_FILE.unlink(missing_ok=True)


def end(number: int, frame: FrameType | None) -> NoReturn:
    raise Ended


@contextmanager
def the_only_run(port: int) -> Iterator[None]:
    """Two on one private cluster would end it under each other; two on one port would share it without knowing."""
    cluster.STATE.mkdir(parents=True, exist_ok=True)
    name = "run.lock" if env.uses_private_cluster() else f"run-{port}.lock"
    with (cluster.STATE / name).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # given back by the kernel, however we end
        except BlockingIOError:
            pid = running_pid()
            raise Stop(
                zh="此目录的 Luodi 已在运行或启动中" + (f"（进程 {pid}）" if pid else "") + "。请先执行 make stop。",
                en="Luodi already runs from this checkout, or is starting"
                + (f" (process {pid})" if pid else "")
                + ". Run make stop first.",
            ) from None
        yield


def require_free(host: str, port: int) -> None:
    """Fail before any work when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise Stop(
                zh=f"HOST={host} 不是本机的地址。请设为 127.0.0.1（仅本机）或 0.0.0.0（局域网）。",
                en=f"HOST={host} is no address of this machine. Use 127.0.0.1 (only here) or 0.0.0.0 (local network).",
            ) from None
        except PermissionError:
            raise Stop(
                zh=f"端口 {port} 需要管理员权限。请换一个 1024 以上的端口：PORT=8000 make run",
                en=f"Port {port} is for administrators. Choose one above 1023: PORT=8000 make run",
            ) from None
        except OSError as error:
            raise Stop(
                zh=f"地址 {host}:{port} 不可用（{error.strerror}）。请换端口：PORT={port + 1} make run",
                en=f"The address {host}:{port} cannot be used ({error.strerror}). Choose another port: "
                f"PORT={port + 1} make run",
            ) from None


def require_space() -> None:
    """A full disk breaks everything half-way; say so at once."""
    least = SPACE_TO_SERVE if python.ENVIRONMENT.exists() and frontend.BUILT.exists() else SPACE_TO_BEGIN
    if shutil.disk_usage(env.ROOT).free < least:
        raise cluster.disk_is_full(env.ROOT, least)


def prepare() -> str:
    """Check, migrate and fill the database in one Python; the demo's accounts as text."""
    words = cluster.STATE / "accounts"
    words.parent.mkdir(parents=True, exist_ok=True)
    with step("准备数据", "preparing the data"):
        command = [str(python.PYTHON), "-m", "scripts.prepare", "--accounts", str(words)]
        process = subprocess.Popen(command, cwd=env.ROOT, start_new_session=True, preexec_fn=die_with_parent)
        try:
            status = process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    if status != 0:
        raise Stop(
            zh="数据库准备未完成，原因见上。修正后再次执行 make run，会从中断处继续。",
            en="The database is not ready, for the reason above. Mend it, then make run goes on from there.",
        )
    accounts = words.read_text(encoding="utf-8")
    words.unlink()
    return accounts


def serve(host: str, port: int) -> Child:
    """Granian: one process, threads over the pool of connections."""
    threads = str(env.integer("LUODI_THREADS", 4, least=1, most=64))
    granian = [str(python.PYTHON), "-m", "granian", "config.wsgi:application", "--interface", "wsgi"]
    place = ["--host", host, "--port", str(port), "--no-ws", "--log-level", "warning"]
    return start("网页服务", "The web server", [*granian, *place, "--workers", "1", "--blocking-threads", threads])


def work() -> Child:
    """The job worker."""
    command = [str(python.PYTHON), "manage.py", "procrastinate", "worker", "--concurrency", "1"]
    return start("后台任务", "The job worker", command)


def start(zh: str, en: str, command: list[str]) -> Child:
    """In a session of its own, so that Ctrl-C reaches us alone and we end the children in order."""
    process = subprocess.Popen(
        command, cwd=env.ROOT, stdin=subprocess.DEVNULL, start_new_session=True, preexec_fn=die_with_parent
    )
    return Child(zh, en, process)


def wait_until_it_answers(host: str, port: int, children: list[Child]) -> None:
    """Until the first page comes back; or it comes back broken, or a child dies, or too long."""
    asking = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        require_alive(children)
        try:
            asking.open(address(host, port), timeout=STARTING_SECONDS).close()
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
            raise Stop(
                zh=f"网页服务应答出错（{answer.code}），原因见上面的输出；已全部停止。",
                en=f"The web server answers with an error ({answer.code}); see its output above. All was stopped.",
            ) from None
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise Stop(
        zh=f"{STARTING_SECONDS} 秒内网页没有应答，请查看上面的输出。",
        en=f"No answer from the web server within {STARTING_SECONDS} seconds; see its output above.",
    )


def announce(host: str, port: int, accounts: str) -> None:
    line()
    line(f"  落地 Luodi  {address(host, port)}")
    for elsewhere in addresses_elsewhere(host, port):
        line(f"  从其他机器 · from elsewhere  {elsewhere}")
    if accounts.strip():
        line()
        for row in accounts.rstrip().splitlines():
            line(f"  {row}")
    line()
    line("  Ctrl-C 停止 · Ctrl-C stops everything")


def watch(children: list[Child]) -> NoReturn:
    """Until one ends by itself, or we are asked to stop."""
    while True:
        require_alive(children)
        time.sleep(0.5)


def require_alive(children: list[Child]) -> None:
    """A service without one of its parts is no service."""
    for child in children:
        status = child.process.poll()
        if status is None:
            continue
        zh, en = (f"退出码 {status}", f"exit status {status}") if status >= 0 else killed_by(-status)
        raise Stop(
            zh=f"{child.zh}意外结束（{zh}），原因见上面的输出；其余部分已停止。",
            en=f"{child.en} ended unexpectedly ({en}); see its output above. The rest was stopped.",
        )


def killed_by(number: int) -> tuple[str, str]:
    name = signal.Signals(number).name
    hint = ("，可能是内存不足", ", perhaps for want of memory") if number == signal.SIGKILL else ("", "")
    return f"被信号 {name} 终止{hint[0]}", f"ended by the signal {name}{hint[1]}"


def end_children(children: list[Child]) -> None:
    """The worker first, so that no job hangs on a server that is gone; whoever does not listen is killed."""
    for child in reversed(children):
        if child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + STOPPING_SECONDS
    for child in reversed(children):
        with suppress(subprocess.TimeoutExpired):
            child.process.wait(max(0.1, deadline - time.monotonic()))
        with suppress(ProcessLookupError):  # granian's own workers, too: they outlive it when it is killed
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def running_pid() -> int | None:
    """The process of a `make run` of this checkout, when one lives."""
    try:
        pid = int(PID_FILE.read_text())
        words = command_line(pid)
    except (OSError, ValueError):
        return None
    return pid if "scripts" in words else None


def command_line(pid: int) -> list[str]:
    """The command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_text(errors="replace").split("\0")


def stop() -> int:
    """End a running `make run` of this checkout, then its database."""
    pid = running_pid()
    if pid is not None:
        with step("停止服务", "stopping the service"):
            os.kill(pid, signal.SIGTERM)
            deadline = time.monotonic() + 2 * STOPPING_SECONDS
            while running_pid() == pid and time.monotonic() < deadline:
                time.sleep(0.1)
    if cluster.stop():
        line("· 数据库已停止 · the database was stopped")
    return 0
