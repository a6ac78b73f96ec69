"""Build one of the projects of this folder the way its author would, and run what it built.

    prove.py CONSUMER --build DIR --work DIR [--cmake CMAKE] [--generator NAME] [--compiler CXX]

--build is a build tree of attain, --work a folder that may be erased.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def run(*command: str | Path, **more) -> None:
    print("+", *command, flush=True)
    subprocess.run([str(part) for part in command], check=True, **more)


class Proof:
    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.work: Path = options.work
        self.project = self.work / "project"
        shutil.rmtree(self.work, ignore_errors=True)
        # a copy, so that nothing beside the project can help it
        shutil.copytree(HERE / options.consumer, self.project)

    def install(self) -> Path:
        """Install attain and move it elsewhere: nothing in it may remember where it was made."""
        first, prefix = self.work / "first", self.work / "moved"
        run(self.options.cmake, "--install", self.options.build, "--prefix", first)
        first.rename(prefix)
        for file in prefix.rglob("*"):
            if file.suffix in {".cmake", ".pc"}:
                text = file.read_text(encoding="utf-8")
                if any(str(place) in text for place in (ROOT, first, self.options.build)):
                    raise SystemExit(f"{file} names a path of the machine that made it")
        return prefix

    def build_with_cmake(self, *definitions: str) -> None:
        """Configure with the same generator and compiler, build, and run every program."""
        build = self.work / "build"
        run(self.options.cmake, "-S", self.project, "-B", build, "-G", self.options.generator,
            f"-DCMAKE_CXX_COMPILER={self.options.compiler}", *definitions)  # fmt: skip
        run(self.options.cmake, "--build", build, "--parallel", "2")
        self.run_programs(build)

    def build_with_make(self, prefix: Path) -> None:
        pkgconfig = next(prefix.rglob("attain.pc")).parent
        environment = os.environ | {"PKG_CONFIG_PATH": str(pkgconfig), "CXX": self.options.compiler}
        run("make", "-C", self.project, env=environment)
        self.run_programs(self.project)

    def run_programs(self, folder: Path) -> None:
        programs = [folder / name for name in ("header_only", "compiled", "files", "archive", "store") if (folder / name).exists()]
        if not programs:
            raise SystemExit(f"{folder}: nothing was built")
        for program in programs:
            run(program)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    consumers = ["find_package", "missing_component", "pkg_config", "add_subdirectory", "fetch_content"]
    parser.add_argument("consumer", choices=consumers)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--cmake", default="cmake")
    parser.add_argument("--generator", default="Ninja")
    parser.add_argument("--compiler", default="c++")
    options = parser.parse_args()

    proof = Proof(options)
    match options.consumer:
        case "find_package" | "missing_component":
            proof.build_with_cmake(f"-DCMAKE_PREFIX_PATH={proof.install()}")
        case "pkg_config":
            proof.build_with_make(proof.install())
        case "add_subdirectory":
            proof.build_with_cmake(f"-DATTAIN_CHECKOUT={ROOT}")
        case "fetch_content":
            proof.build_with_cmake(f"-DFETCHCONTENT_SOURCE_DIR_ATTAIN={ROOT}")


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failure:
        sys.exit(f"{failure}")
