"""The installed package is a CMake package too: a C++ project finds headers and libraries in it."""

import shutil
import subprocess
from pathlib import Path

import attain
import pytest

CONSUMER = Path(__file__).resolve().parents[1] / "consumer" / "find_package"


def run(*command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_include_folder_holds_the_umbrella_header() -> None:
    assert (Path(attain.get_include()) / "attain.hpp").is_file()


@pytest.mark.skipif(shutil.which("cmake") is None, reason="needs cmake")
def test_a_cpp_project_links_the_files_component_of_the_wheel(tmp_path: Path) -> None:
    run("cmake", "-S", CONSUMER, "-B", tmp_path, f"-Dattain_DIR={attain.get_cmake_dir()}")
    run("cmake", "--build", tmp_path, "--target", "files")
    assert "80 of 139 lifts" in run(tmp_path / "files")
