"""Files are there as a whole or not at all, and one process at a time changes a folder."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from attain import _atomic


def test_a_file_takes_the_place_of_another_with_its_mode(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    _atomic.write_atomically(str(file), b"one")
    file.chmod(0o640)
    _atomic.write_atomically(str(file), b"two")
    assert file.read_bytes() == b"two"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert os.listdir(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("call", ["fsync", "replace", "chmod"])
def test_what_was_there_stays_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(b"one")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(_atomic.os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        _atomic.write_atomically(str(file), b"two")
    assert file.read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["a.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no lock on Windows")
def test_a_folder_is_locked_for_other_processes(tmp_path: Path) -> None:
    import fcntl

    opened = os.open(tmp_path, os.O_RDONLY)
    script = f"import sys, attain._atomic\nwith attain._atomic.locked({str(tmp_path)!r}): print('in', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == "in\n"
        with pytest.raises(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        other.stdin.close()
        assert other.wait() == 0
    fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(opened)
