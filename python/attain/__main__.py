"""``python -m attain``: the command line, and where the C++ side lies."""

import sys


def main() -> None:
    """Runs the command line; the exit codes are those of :mod:`attain.cli`."""
    from attain.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
