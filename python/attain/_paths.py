"""Where the C++ headers, the CMake package and the JSON Schemas lie that come with the wheel."""

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def get_include() -> str:
    """The folder to give to a C++ compiler: ``#include <attain.hpp>`` is found in it."""
    return _existing("include", "attain.hpp")


def get_cmake_dir() -> str:
    """The folder for ``find_package(attain)``: give it to CMake as ``attain_DIR``."""
    return _existing(os.path.join("lib", "cmake", "attain"), "attain-config.cmake")


def get_schema_dir() -> str:
    """The folder of the JSON Schemas: ``programme.schema.json`` is what ``programme.json`` follows."""
    return _existing(os.path.join("share", "attain", "schemas"), "programme.schema.json")


def _existing(folder: str, file: str) -> str:
    path = os.path.join(_PACKAGE, folder, file)
    if not os.path.isfile(path):
        raise FileNotFoundError(f"{path} is not there: this attain was not installed from its wheel")
    return os.path.dirname(path)
