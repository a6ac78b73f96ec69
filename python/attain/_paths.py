"""Where the C++ headers and the CMake package lie that come with the wheel."""

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def get_include() -> str:
    """The folder to give to a C++ compiler: ``#include <attain.hpp>`` is found in it."""
    return _existing("include", "attain.hpp")


def get_cmake_dir() -> str:
    """The folder for ``find_package(attain)``: give it to CMake as ``attain_DIR``."""
    return _existing(os.path.join("lib", "cmake", "attain"), "attain-config.cmake")


def _existing(folder: str, file: str) -> str:
    path = os.path.join(_PACKAGE, folder, file)
    if not os.path.isfile(path):
        raise FileNotFoundError(f"{path} is not there: this attain was not installed from its wheel")
    return os.path.dirname(path)
