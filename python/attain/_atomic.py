"""Files that are there as a whole or not at all."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator


def write_atomically(path: str, data: bytes) -> None:
    """Puts a file in place of what is at ``path``: written beside it, forced to the disk, then renamed.

    If that fails, what was there stays.
    """
    folder = os.path.dirname(os.path.abspath(path))
    try:
        handle, beside = tempfile.mkstemp(dir=folder, prefix=f".{os.path.basename(path)}.", suffix=".new")
    except OSError as problem:
        problem.filename = path  # the file that was asked for, not the one beside it
        raise
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        os.chmod(beside, _mode_of(path))
        os.replace(beside, path)
    except BaseException:
        os.unlink(beside)
        raise
    _sync_folder(folder)


@contextlib.contextmanager
def locked(folder: str) -> Iterator[None]:
    """Lets one process at a time change the files of a folder, among those that ask. Without effect on Windows."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
    finally:
        os.close(opened)


def _mode_of(path: str) -> int:
    """The mode of the file that is replaced, or that of a new file."""
    try:
        return os.stat(path).st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: str) -> None:
    if os.name != "posix":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
