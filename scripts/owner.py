"""Whose the private cluster is: PostgreSQL refuses to run as root, so root hands it to another user."""

import os
import pwd
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.messages import Stop

SYSTEM_USERS = ("postgres", "nobody")


@dataclass(frozen=True)
class Owner:
    """The operating-system user whose processes and files the cluster is."""

    uid: int
    gid: int
    name: str


def find_owner(home: Path) -> Owner:
    """Ourselves; for root the owner of the cluster that exists at `home`, or else a system user without rights."""
    if os.geteuid() != 0:
        return Owner(os.geteuid(), os.getegid(), pwd.getpwuid(os.geteuid()).pw_name)
    if home.exists() and (uid := home.stat().st_uid) != 0:
        known = pwd.getpwuid(uid)
        return Owner(known.pw_uid, known.pw_gid, known.pw_name)
    for name in SYSTEM_USERS:
        try:
            known = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(known.pw_uid, known.pw_gid, known.pw_name)
    raise Stop(
        zh="PostgreSQL 不能以 root 运行，而系统中没有用户 postgres。请先执行：adduser --system --group postgres",
        en="PostgreSQL does not run as root, and there is no user postgres. First: adduser --system --group postgres",
    )


def can_reach(owner: Owner, directory: Path) -> bool:
    """Whether the owner may go into the directory."""
    return run_as(owner, ["test", "-x", str(directory)], cwd=Path("/")).returncode == 0


def run_as(owner: Owner, command: list[str], cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run as the owner with a plain environment, catching what the program says."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    become = {"user": owner.uid, "group": owner.gid, "extra_groups": []} if os.geteuid() == 0 else {}
    with undisturbed():
        return subprocess.run(  # type: ignore[call-overload, no-any-return]  # keyword arguments from a dict
            command,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
            **become,
        )


@contextmanager
def undisturbed() -> Iterator[None]:
    """Who asks us to end is heard afterwards: what pg_ctl leaves half started, nobody could find and stop."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
