"""Which file systems are another machine's: SQLite's write-ahead log needs memory that all its users share."""

import os
import re
import sys
from pathlib import Path, PurePath

_NETWORK = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "drvfs",
        "fuse.ceph",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
        "virtiofs",
        "vmhgfs",
    }
)
_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = re.compile(r"\\([0-7]{3})")


def network_file_system(path: Path) -> str | None:
    """Return the kind of network file system that `path` lies on, None when it is local or nobody can tell."""
    real = Path(os.path.realpath(path))
    if sys.platform == "win32":
        return "UNC path" if real.drive.startswith("\\\\") else None
    try:
        mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
    except OSError:
        return None
    kind = file_system_of(real, mounts)
    return kind if kind in _NETWORK else None


def file_system_of(path: PurePath, mounts: str) -> str | None:
    r"""Return the kind of file system that holds the absolute `path`, by Linux's table of mounts.

    `36 35 98:0 /mnt1 /home/ada\040l rw,noatime master:1 - ext3 /dev/root rw`: the fifth field, and the one behind the
    hyphen. Of two mounts at one place the later counts. Source: proc(5), `/proc/pid/mountinfo`.
    """
    deepest, kind = -1, None
    for line in mounts.splitlines():
        before, hyphen, after = line.partition(" - ")
        fields = before.split(" ")
        if not hyphen or len(fields) < 5:
            continue
        place = PurePath(_ESCAPED.sub(lambda match: chr(int(match[1], 8)), fields[4]))
        if path.is_relative_to(place) and len(place.parts) >= deepest:
            deepest, kind = len(place.parts), after.split(" ", 1)[0]
    return kind
