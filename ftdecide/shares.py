"""Whether SQLite's file lies on a network share: locks do not hold there, and the file breaks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from . import environment

MOUNTS = Path("/proc/self/mountinfo")
_SHARES = ("nfs", "cifs", "smb", "fuse", "ceph", "glusterfs", "afs", "lustre", "gpfs", "beegfs", "ocfs2", "gfs2")
_OVERRIDE = "SQLITE_ON_SHARE"


def refusal(database: Mapping[str, Any]) -> str:
    """Why the server does not start on this database; empty where it does."""
    found = share_of(database)
    if not found or environment.flag(_OVERRIDE):
        return ""
    return (
        f"The SQLite file {database['NAME']} lies on a network share ({found}), where locks do not hold and "
        f"the file can break. Set FTDECIDE_DATA to a folder of this machine, or use PostgreSQL. "
        f"{_OVERRIDE}=1 starts all the same."
    )


def share_of(database: Mapping[str, Any]) -> str:
    """The kind of file system that an SQLite file lies on, if it is a network's."""
    if "sqlite" not in database["ENGINE"]:
        return ""
    kind = file_system(Path(database["NAME"]))
    return kind if kind.startswith(_SHARES) else ""


def file_system(path: Path) -> str:
    """What kind of file system a path is on, as Linux tells it; empty elsewhere."""
    if not MOUNTS.exists():
        return ""
    whole, depth, kind = path.resolve(), 0, ""
    for line in MOUNTS.read_text().splitlines():
        before, _, after = line.partition(" - ")
        mounted = Path(before.split()[4].replace("\\040", " "))
        if whole.is_relative_to(mounted) and len(mounted.parts) >= depth:  # of two at one place the later is seen
            depth, kind = len(mounted.parts), after.split()[0]
    return kind
