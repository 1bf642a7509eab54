"""The server's configuration, fitted to the machine: modest memory, safe writes, no listening on any network."""

import os
import shutil
from pathlib import Path

MEGABYTE = 1024**2


def server_configuration(socket: Path) -> str:
    """The text of postgresql.auto.conf."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // MEGABYTE
    settings = {
        "listen_addresses": "",
        "port": "5432",
        "unix_socket_directories": f'"{socket}"',
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{min(1024, memory // 4)}MB",
        "effective_cache_size": f"{max(256, memory // 2)}MB",
        "work_mem": "64MB",
        "maintenance_work_mem": f"{min(256, memory // 8)}MB",
        "dynamic_shared_memory_type": "posix" if has_shared_memory() else "mmap",
        "fsync": "on",
        "synchronous_commit": "on",
        "wal_compression": "on",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "log_line_prefix": "%m [%p] %d ",
    }
    lines = (f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items())
    return "# Written anew at every start by scripts/tuning.py\n" + "\n".join(lines) + "\n"


def has_shared_memory(place: Path = Path("/dev/shm")) -> bool:
    """Containers often give 64 MB, too little for parallel queries; files take its place there."""
    return place.exists() and shutil.disk_usage(place).free >= 256 * MEGABYTE
