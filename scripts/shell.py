"""Running other programs: quietly with their last words kept, or in the open; and knowing when work is already done."""

import ctypes
import hashlib
import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from config.env import ROOT
from scripts.messages import Stop

NETWORK_WORDS = (
    "temporary failure in name resolution",
    "temporary failure resolving",
    "could not resolve",
    "name or service not known",
    "network is unreachable",
    "connection refused",
    "connection timed out",
    "newconnectionerror",
    "max retries exceeded",
    "enotfound",
    "eai_again",
    "econnrefused",
    "etimedout",
    "failed to fetch",
    "unable to connect",
    "(from versions: none)",  # pip, of a locked package, when its index did not answer
)
SPACE_WORDS = ("no space left on device", "enospc")
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def quietly(
    command: list[str],
    *,
    zh: str,
    en: str,
    environment: Mapping[str, str] | None = None,
    cwd: Path = ROOT,
    is_remote: bool = True,
) -> None:
    """Run; when it fails, stop with the sentence, its last lines, and the cause when it is a known one.

    What fetches nothing (`is_remote` is false) cannot fail for want of a network, whatever its words.
    It runs in a session of its own and takes all its children along when we are asked to stop.
    """
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
        preexec_fn=die_with_parent,
    )
    try:
        said, _ = process.communicate()
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.returncode != 0:
        raise explain(said, zh=zh, en=en, is_remote=is_remote)


def die_with_parent() -> None:
    """No orphans, even when we are killed outright."""
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def explain(said: str, *, zh: str, en: str, is_remote: bool = True) -> Stop:
    """The sentence for a program that failed after saying this."""
    words = said.lower()
    tail = "\n".join(f"  {line}" for line in said.strip().splitlines()[-12:])
    if any(word in words for word in SPACE_WORDS):
        zh, en = f"{zh}：磁盘已满，请腾出空间后重试。", f"{en}: the disk is full. Free some space and try again."
    elif is_remote and any(word in words for word in NETWORK_WORDS):
        zh = f"{zh}：无法访问网络。请检查网络或代理（HTTPS_PROXY、pip 与 npm 的镜像设置）后重试，已完成的步骤不会重做。"
        en = (
            f"{en}: the network cannot be reached. Check it, or the proxy and the mirrors of pip and npm, "
            "and try again; steps already done are kept."
        )
    else:
        zh, en = f"{zh}，输出如下。", f"{en}; it said:"
    return Stop(zh=zh, en=f"{en}\n{tail}")


def openly(command: list[str], *, environment: Mapping[str, str] | None = None, cwd: Path = ROOT) -> int:
    """Run in the open, output as it comes; the exit status."""
    return subprocess.run(command, cwd=cwd, env={**os.environ, **(environment or {})}, check=False).returncode


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """A hash of the files' names and contents and of the words."""
    digest = hashlib.sha256("\n".join(words).encode())
    for file in sorted(files):
        digest.update(b"\0" + os.fsencode(file.relative_to(ROOT)) + b"\0" + file.read_bytes())
    return digest.hexdigest()


def is_stamped(stamp: Path, fingerprint: str) -> bool:
    """Whether the work that left this stamp was done on the same input."""
    return stamp.exists() and stamp.read_text() == fingerprint
