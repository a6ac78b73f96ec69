"""What `import attain` costs beyond starting the interpreter, in milliseconds.

    python tests/benchmark/import_cost.py [--repeats 30]

The installed attain is measured. With and without the import take turns, so that a machine that gets slower or faster meanwhile
changes both.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time


def milliseconds(statement: str, folder: str) -> float:
    """From starting an interpreter for one statement to its end, in a folder without Python files."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True, cwd=folder)
    return (time.perf_counter() - start) * 1000


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--repeats", type=int, default=30)
    repeats = arguments.parse_args().repeats

    alone: list[float] = []
    importing: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        milliseconds("import attain", folder)  # the first time reads everything from disk
        for _ in range(repeats):
            alone.append(milliseconds("pass", folder))
            importing.append(milliseconds("import attain", folder))
    interpreter, whole = statistics.median(alone), statistics.median(importing)
    print(f"interpreter alone    {interpreter:6.1f} ms")
    print(f"with import attain   {whole:6.1f} ms")
    print(f"import attain        {whole - interpreter:6.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main())
