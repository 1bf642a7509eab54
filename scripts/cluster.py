"""The private PostGIS cluster of this checkout: in `.luodi/pg`, on a unix socket alone, owned by an ordinary user.

`.luodi/pg` holds `data`, `socket`, `log`. PostgreSQL refuses to run as root, so root hands the cluster to another user;
where that user cannot reach the checkout (/root, a closed home), `.luodi/pg` links to a directory under /var/lib/luodi.
The role `luodi` owns the database and may create test databases; it is no superuser, as on a server of one's own.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.env import SOCKET_FILE, socket_directory, state_directory
from scripts.messages import Stop, line, step
from scripts.owner import Owner, can_reach, find_owner, run_as
from scripts.tuning import server_configuration

STATE = state_directory()
HOME = STATE / "pg"
OLDEST_SERVER = 15
EXTENSIONS = ("postgis", "pg_trgm", "btree_gist")
SPACE_NEEDED = 2 * 1024**3
REACHABLE_PARENT = Path("/var/lib/luodi")

# What a cluster must have, in order; each statement may be run again.
ROLE = "DO $$ BEGIN CREATE ROLE luodi LOGIN CREATEDB; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
DATABASE = "CREATE DATABASE luodi OWNER luodi"
COMPLETE = "complete"  # the mark that all of them were run


@dataclass(frozen=True)
class Cluster:
    """The places and the owner of a cluster, found once per command."""

    home: Path
    sockets: Path
    owner: Owner

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"


def ensure_running() -> bool:
    """Create what is missing and start the server. True when this call started it, False when it ran already."""
    with only_one_at_a_time():
        if is_listening(socket_directory()) and (HOME / COMPLETE).exists():
            return False
        cluster = find_cluster()
        forget_dead_server(cluster)
        if server_pid(cluster) is not None:
            complete(cluster)
            return False
        if not (cluster.data / "PG_VERSION").exists():
            create(cluster)
        try:
            start(cluster)
            complete(cluster)
        except BaseException:  # Ctrl-C, too: nobody else knows yet that there is something to stop
            end(cluster)
            raise
    return True


def stop() -> bool:
    """Stop the server, waiting for its last checkpoint. False when none ran."""
    if not (HOME / "data" / "PG_VERSION").exists():
        return False
    with only_one_at_a_time():  # who starts it meanwhile waits, and does not find it half gone
        cluster = find_cluster()
        return end(cluster)


def end(cluster: Cluster) -> bool:
    """What `stop` does, for one who holds the lock already."""
    if server_pid(cluster) is None:
        return False
    server_tool(cluster, "pg_ctl", "-D", str(cluster.data), "-m", "fast", "-w", "-t", "120", "stop")
    return True


def remove() -> None:
    """Stop the server and delete the cluster with everything in it."""
    stop()
    for place in (HOME.resolve(), socket_directory()):
        shutil.rmtree(place, ignore_errors=True)
    if HOME.is_symlink():
        HOME.unlink()


def is_listening(directory: Path) -> bool:
    """Whether a server answers on the socket. Cheaper than any question to PostgreSQL."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(directory / SOCKET_FILE))
        except OSError:
            return False
    return True


@contextmanager
def only_one_at_a_time() -> Iterator[None]:
    """Two commands at once must not create the cluster twice."""
    STATE.mkdir(parents=True, exist_ok=True)
    with (STATE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def find_cluster() -> Cluster:
    """Where the cluster is or shall be. Makes its directories when they are missing."""
    owner = find_owner(HOME)
    if not HOME.exists():
        make_home(owner)
    try:
        os.scandir(HOME).close()
    except PermissionError:
        theirs = pwd.getpwuid(HOME.stat().st_uid).pw_name
        raise Stop(
            zh=f"{HOME} 属于用户 {theirs}。请用建立它的用户（或 root）运行，或由其执行 make clean 后重来。",
            en=f"{HOME} belongs to the user {theirs}. Run as that user (or root), or have them run make clean.",
        ) from None
    sockets = socket_directory()
    if not sockets.exists():
        sockets.mkdir(mode=0o700)
        os.chown(sockets, owner.uid, owner.gid)
    elif sockets.stat().st_uid != owner.uid:
        raise Stop(
            zh=f"{sockets} 属于另一个用户，不能作为数据库的套接字目录。请删除它后重试。",
            en=f"{sockets} belongs to another user and cannot hold the database's socket. Delete it and try again.",
        )
    return Cluster(HOME.resolve(), sockets.resolve(), owner)


def make_home(owner: Owner) -> None:
    """A directory that the owner can reach; `.luodi/pg` is that directory or a link to it."""
    STATE.mkdir(parents=True, exist_ok=True)
    if HOME.is_symlink():
        HOME.unlink()  # its target is gone
    home = HOME
    if not can_reach(owner, STATE):
        home = REACHABLE_PARENT / hashlib.sha256(os.fsencode(HOME)).hexdigest()[:16]
        home.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        line(f"  用户 {owner.name} 无法进入 {STATE}，数据库放在 {home}")
        line(f"  The user {owner.name} cannot reach {STATE}, so the database lies in {home}")
    home.mkdir(mode=0o700, exist_ok=True)
    os.chown(home, owner.uid, owner.gid)
    if home != HOME:
        HOME.symlink_to(home)


def server_binaries(version: int | None = None) -> Path:
    """The folder of initdb and pg_ctl: of the given major version, or the newest that has PostGIS."""
    found = installed_servers()
    if version is not None and version not in found:
        raise Stop(
            zh=f"数据库由 PostgreSQL {version} 建立，但未安装该版本。请安装 postgresql-{version}-postgis-3，"
            "或 make clean 重建（数据会丢失）。",
            en=f"The database was made by PostgreSQL {version}, which is not installed. Install "
            f"postgresql-{version}-postgis-3, or run make clean to begin anew (the data is lost).",
        )
    if not found:
        raise Stop(
            zh=f"未找到 PostgreSQL ≥ {OLDEST_SERVER}。请执行 make setup。",
            en=f"No PostgreSQL ≥ {OLDEST_SERVER} found. Run make setup.",
        )
    return found[version if version is not None else max(found)]


def installed_servers(
    parent: Path = Path("/usr/lib/postgresql"), shared: Path = Path("/usr/share/postgresql")
) -> dict[int, Path]:
    """Major version → folder of binaries, of servers new enough that have PostGIS beside them."""
    return {
        int(folder.parent.name): folder
        for folder in parent.glob("*/bin")
        if folder.parent.name.isdigit()
        and int(folder.parent.name) >= OLDEST_SERVER
        and (folder / "initdb").exists()
        and (shared / folder.parent.name / "extension" / "postgis.control").exists()
    }


def server_tool(cluster: Cluster, tool: str, *arguments: str) -> str:
    """Run one of PostgreSQL's own programs as the owner; its output, or a sentence with its last words."""
    marker = cluster.data / "PG_VERSION"
    binaries = server_binaries(int(marker.read_text()) if marker.exists() else None)
    done = run_as(cluster.owner, [str(binaries / tool), *arguments], cwd=cluster.home)
    if done.returncode != 0:
        raise failure(tool, done.stdout + done.stderr, cluster)
    return done.stdout.strip()


def failure(tool: str, said: str, cluster: Cluster) -> Stop:
    """Why PostgreSQL did not do as told, with what to do."""
    tail = cluster.log.read_text(errors="replace")[-4000:] if cluster.log.exists() else ""
    if "No space left on device" in said + tail:
        return disk_is_full(cluster.home)
    words = (said.strip() or tail.strip()).splitlines()[-8:]
    return Stop(
        zh=f"数据库程序 {tool} 失败。日志：{cluster.log}",
        en=f"The database program {tool} failed. Its log: {cluster.log}\n" + "\n".join(f"  {word}" for word in words),
    )


def disk_is_full(place: Path, least: int = SPACE_NEEDED) -> Stop:
    """The sentence for a full disk."""
    free, needed = (f"{size // 1024**2:,} MB" for size in (shutil.disk_usage(place).free, least))
    return Stop(
        zh=f"磁盘空间不足：{place} 所在磁盘只剩 {free}，至少需要 {needed}。请腾出空间后重试。",
        en=f"The disk is full: {free} are left where {place} lies, {needed} are needed. Free some space and try again.",
    )


def create(cluster: Cluster) -> None:
    """Make the data directory. It gets its final name only when complete, so a broken attempt is redone."""
    if shutil.disk_usage(cluster.home).free < SPACE_NEEDED:
        raise disk_is_full(cluster.home)
    with step("建立数据库集群", "creating the database cluster"):
        unfinished = cluster.home / "data.unfinished"
        (cluster.home / COMPLETE).unlink(missing_ok=True)
        for leftover in (unfinished, cluster.data):
            if leftover.exists():
                shutil.rmtree(leftover)
        server_tool(
            cluster, "initdb", "-D", str(unfinished), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )  # trust: the socket's directory is closed to everyone but its owner and root
        unfinished.rename(cluster.data)


def start(cluster: Cluster) -> None:
    """Write the configuration anew, as the machine may have changed, and start the server."""
    configuration = cluster.data / "postgresql.auto.conf"
    configuration.write_text(server_configuration(cluster.sockets))
    os.chown(configuration, cluster.owner.uid, cluster.owner.gid)
    if cluster.log.exists() and cluster.log.stat().st_size > 20 * 1024**2:
        cluster.log.replace(cluster.home / "log.old")
    data, log = str(cluster.data), str(cluster.log)
    with step("启动数据库", "starting the database"):
        server_tool(cluster, "pg_ctl", "-D", data, "-l", log, "-s", "-w", "-t", "120", "start")


def complete(cluster: Cluster) -> None:
    """Role, database and extensions, each when missing. Test databases get the extensions from the template."""

    def ask(database: str, statement: str) -> str:
        place = ("-h", str(cluster.sockets), "-U", "postgres", "-d", database)
        return server_tool(cluster, "psql", *place, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement)

    done = cluster.home / COMPLETE
    if done.exists():
        return
    ask("postgres", ROLE)
    if not ask("postgres", "SELECT 1 FROM pg_database WHERE datname = 'luodi'"):
        ask("postgres", DATABASE)
    for database in ("template1", "luodi"):
        for extension in EXTENSIONS:
            ask(database, f"CREATE EXTENSION IF NOT EXISTS {extension}")
    done.touch()
    os.chown(done, cluster.owner.uid, cluster.owner.gid)


def server_pid(cluster: Cluster) -> int | None:
    """The process of this cluster's server, if it lives. A number taken over by another program does not count."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        working_directory = Path(f"/proc/{pid}/cwd").resolve()
    except (FileNotFoundError, ValueError):
        return None
    return pid if working_directory == cluster.data else None


def forget_dead_server(cluster: Cluster) -> None:
    """Take away what a killed server left behind, when no server lives that it could belong to."""
    if server_pid(cluster) is None:
        for leftover in (
            cluster.data / "postmaster.pid",
            cluster.sockets / SOCKET_FILE,
            cluster.sockets / f"{SOCKET_FILE}.lock",
        ):
            leftover.unlink(missing_ok=True)
