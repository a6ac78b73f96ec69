"""What is forbidden does not compile, and its good twin does.

    check_compile_fail.py SOURCE COMPILER [FLAG ...]

SOURCE is compiled twice: as it is, which must succeed, and with FORBIDDEN defined, which must fail. So the failure is known to
come from the one line that differs.
"""

import subprocess
import sys


def compiles(command: list[str]) -> tuple[bool, str]:
    run = subprocess.run([*command, "-fsyntax-only"], capture_output=True, text=True, check=False)
    return run.returncode == 0, run.stderr


def main(source: str, *compiler: str) -> int:
    good, messages = compiles([*compiler, source])
    if not good:
        print(f"{source}: the good twin does not compile\n{messages}", file=sys.stderr)
        return 1
    forbidden, messages = compiles([*compiler, "-DFORBIDDEN", source])
    if forbidden:
        print(f"{source}: what is forbidden compiles", file=sys.stderr)
        return 1
    print(next((line for line in messages.splitlines() if "error" in line), messages))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
