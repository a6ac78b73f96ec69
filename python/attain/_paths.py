"""Where the C++ headers and the CMake package lie that come with the wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def get_include() -> str:
    """The folder to give to a C++ compiler: ``#include <attain.hpp>`` is found in it."""
    return _existing(_PACKAGE / "include", "attain.hpp")


def get_cmake_dir() -> str:
    """The folder for ``find_package(attain)``: give it to CMake as ``attain_DIR``."""
    return _existing(_PACKAGE / "lib" / "cmake" / "attain", "attain-config.cmake")


def _existing(folder: Path, file: str) -> str:
    if not (folder / file).is_file():
        raise FileNotFoundError(f"{folder / file} is not there: this attain was not installed from its wheel")
    return str(folder)
