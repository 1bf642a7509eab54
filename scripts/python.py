"""The virtual environment, filled from the lock files; a second start finds it done by its stamp."""

import shutil
import subprocess
import sys

from config.env import ROOT
from scripts.messages import Stop, step
from scripts.shell import fingerprint, is_stamped, quietly

ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
RUNTIME_LOCK = "requirements.lock"
DEVELOPMENT_LOCK = "requirements-dev.lock"
NODE_LOCK = "requirements-node.lock"


def ensure(*, for_tests: bool = False) -> None:
    """The environment with the runtime's packages, or the developers' (which include them)."""
    make_environment()
    if for_tests or not is_installed(DEVELOPMENT_LOCK):
        install(DEVELOPMENT_LOCK if for_tests else RUNTIME_LOCK)


def make_environment() -> None:
    """Create it when it is missing or does not work, as after an upgrade of Python."""
    if PYTHON.exists() and works():
        return
    with step("建立 Python 虚拟环境", "making the virtual environment"):
        if ENVIRONMENT.exists():
            shutil.rmtree(ENVIRONMENT)
        quietly(
            [sys.executable, "-m", "venv", str(ENVIRONMENT)],
            zh="无法建立虚拟环境 .venv",
            en="the virtual environment .venv could not be made",
            is_remote=False,
        )


def works() -> bool:
    """Whether its Python starts, is new enough, and has pip."""
    question = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([str(PYTHON), "-c", question], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def lock_fingerprint(lock: str) -> str:
    """What the stamp of a lock must say: the lock itself and the Python it was installed for."""
    return fingerprint([ROOT / lock], (ENVIRONMENT / "pyvenv.cfg").read_text())


def is_installed(lock: str) -> bool:
    return is_stamped(ENVIRONMENT / f".installed-{lock}", lock_fingerprint(lock))


def install(lock: str) -> None:
    """Exactly what the lock names, by hash."""
    if is_installed(lock):
        return
    if not (ROOT / lock).exists():
        raise Stop(zh=f"缺少文件 {lock}，检出不完整。", en=f"The file {lock} is missing: the checkout is incomplete.")
    with step(f"安装 Python 依赖（{lock}）", f"installing Python packages ({lock})"):
        pip = [
            str(PYTHON),
            "-m",
            "pip",
            "--disable-pip-version-check",
            "--no-input",
            "install",
            "-q",
            "--prefer-binary",
        ]
        quietly(
            [*pip, "--require-hashes", "-r", lock],
            zh="pip 安装失败",
            en="pip could not install the packages",
        )
        (ENVIRONMENT / f".installed-{lock}").write_text(lock_fingerprint(lock))
