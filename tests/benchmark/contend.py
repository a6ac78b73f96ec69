"""One contender does its work in a process of its own, so that its peak of memory is its own: `contend.py NAME FOLDER THREADS REPEATS`.

Prints one line of JSON for each work: seconds (median, least, most), peak of memory, and how many values agreed with attain's C++. Comparing
and loading are not part of the time. Stops with an error when a value differs.
"""

from __future__ import annotations

import datetime
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import compare
import work
from peers import Peer


def peer_of(name: str, given: work.Work, threads: int) -> Peer:
    """Imports one contender alone."""
    if name == "pandas":
        from peers.pandas_peer import PandasPeer

        return PandasPeer(given, threads)
    if name == "polars":
        os.environ["POLARS_MAX_THREADS"] = str(threads)
        from peers.polars_peer import PolarsPeer

        return PolarsPeer(given, threads)
    if name == "duckdb":
        from peers.duckdb_peer import DuckdbPeer

        return DuckdbPeer(given, threads)
    if name == "attain":
        from peers.attain_itself import AttainItself

        return AttainItself(given, threads)
    raise SystemExit(f"no contender {name!r}")


def memory(name: str) -> int:
    """Bytes of this process by name in /proc/self/status."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    return 0


def forget_peak() -> None:
    """Lets the peak of memory begin anew."""
    Path("/proc/self/clear_refs").write_text("5")


class Stage:
    """Measures, compares and tells."""

    def __init__(self, peer: Peer, given: work.Work, repeats: int) -> None:
        self.peer = peer
        self.given = given
        self.repeats = repeats
        self.input = memory("VmRSS")

    def act(self, name: str, days: list[datetime.date], do: Callable[[datetime.date], Any]) -> None:
        """Does the work for all days, again and again, and compares the last results."""
        forget_peak()
        times = []
        for _ in range(self.repeats):
            results = None  # the last results go before new ones are made
            before = time.perf_counter()
            results = [do(day) for day in days]
            times.append(time.perf_counter() - before)
        peak = memory("VmHWM")
        agreed = sum(
            compare.check(self.peer.columns(result), self.given.folder / day.isoformat(), self.peer.compared)
            for day, result in zip(days, results or [])
        )
        self.tell(name, times, peak, agreed)

    def tell(self, name: str, times: list[float], peak: int, agreed: int) -> None:
        print(
            json.dumps(
                {
                    "work": name,
                    "median": statistics.median(times),
                    "least": min(times),
                    "most": max(times),
                    "input_bytes": self.input,
                    "peak_bytes": peak,
                    "agreed": agreed,
                }
            ),
            flush=True,
        )


def main(name: str, folder: Path, threads: int, repeats: int) -> None:
    given = work.load(folder)
    peer = peer_of(name, given, threads)
    print(json.dumps({"version": peer.version()}), flush=True)
    stage = Stage(peer, given, repeats)
    last = given.days[-1:]
    stage.act("W1", last, peer.once)
    peer.index()
    stage.act("W2", last, peer.again)
    stage.act("W3", given.days, peer.again)
    peer.take_texts()
    stage.act("W5 texts", last, peer.once_from_texts)


if __name__ == "__main__":
    try:
        main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    except compare.Disagreement as problem:
        raise SystemExit(f"{sys.argv[1]} disagrees: {problem}") from None
