"""One table from all that was measured: work by work, with what is wanted beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Figures = Mapping[str, float]  # of one work by one contender, as it was told
Told = dict[str, Figures]  # by work


@dataclass(frozen=True)
class Row:
    """A work, what it took, how that compares, and what is wanted."""

    work: str
    took: str
    ratio: str
    wanted: str


@dataclass
class Measured:
    """Everything that was told, by contender."""

    threads: int
    cores: int
    machine: str
    size: str
    versions: dict[str, str] = field(default_factory=dict)
    attain: Told = field(default_factory=dict)  # C++
    peers: dict[str, Told] = field(default_factory=dict)  # pandas, polars, duckdb, and attain in Python
    tracker: Told = field(default_factory=dict)
    shapes: Told = field(default_factory=dict)
    small: Figures = field(default_factory=dict)
    costs: list[str] = field(default_factory=list)


OTHERS = ("pandas", "polars", "duckdb")


def seconds(value: float) -> str:
    """Three digits in the unit that suits."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("µs", 1e-6)):
        if value >= size:
            return f"{value / size:.3g} {unit}"
    return f"{value / 1e-9:.0f} ns"


def spread(figures: Figures) -> str:
    return f"{seconds(figures['median'])} ({seconds(figures['least'])}–{seconds(figures['most'])})"


def memory(value: float) -> str:
    return f"{value / 2**20:.0f} MiB" if value < 2**30 else f"{value / 2**30:.2f} GiB"


def against_peers(name: str, work: str, ours: Figures, wanted: str, measured: Measured) -> Row:
    """One of ours beside the same work by others."""
    others = {peer: measured.peers[peer][work] for peer in OTHERS}
    best = min(figures["median"] for figures in others.values())
    took = "; ".join(f"{who} {spread(figures)}" for who, figures in {"attain": ours, **others}.items())
    return Row(name, took, f"{best / ours['median']:.1f} times the best peer", wanted)


def beside(name: str, ours: Figures, of: Figures, what: str, wanted: str) -> Row:
    return Row(name, spread(ours), f"{ours['median'] / of['median']:.2f} times {what}", wanted)


def rows_of(measured: Measured) -> Iterable[Row]:
    ours, python = measured.attain, measured.peers["attain"]
    once, again = ours["index and evaluate"], ours["evaluate again"]
    yield against_peers("W1 index and evaluate once", "W1", once, "at least 3", measured)
    yield against_peers("W2 indexed, one as-of day", "W2", again, "at least 5", measured)
    yield beside("W2 beside reading and writing", again, ours["read and write"], "reading 24 bytes a report and writing results", "at most 4")
    yield against_peers("W3 indexed, twelve month ends", "W3", ours["twelve months"], "", measured)
    yield beside("W3 beside W2", ours["twelve months"], again, "W2", "at most 6")
    yield beside("W5 in Python, coded ids", python["W1"], once, "W1", "at most 1.3")
    yield against_peers("W5 in Python, plain strings", "W5 texts", python["W5 texts"], "", measured)
    yield beside("W5 beside W1, plain strings", python["W5 texts"], once, "W1", "at most 3")
    for name, figures in measured.tracker.items():
        took = f"median {seconds(figures['median'])}, 99th percentile {seconds(figures['percentile_99'])}, mean with merges {seconds(figures['mean'])}"
        yield Row(f"W4 {name}", took, f"{figures['cells']:,.0f} cells", wanted_of_tracker(name, figures["cells"]))
    yield from linear(measured.shapes)
    yield Row("W7 45 projects, 13 counties, from Python", spread(measured.small), f"first call {seconds(measured.small['first'])}", "under 100 µs")
    yield beside("W8 2,200 programmes beside one", measured.shapes["W8 many"], measured.shapes["W8 one"], "one programme", "at most 1.2")
    yield beside("W9 five levels of places, half silent", measured.shapes["W9"], measured.shapes["W8 many"], "the same cells without a tree", "at most 2")


def wanted_of_tracker(name: str, cells: float) -> str:
    if "string" in name:
        return "5 µs"
    return "1 µs" if cells <= 20_000 else "3 µs at 10⁷"


def linear(shapes: Told) -> Iterable[Row]:
    """W6: what a cell takes at each size."""
    for name, figures in shapes.items():
        if not name.startswith("W6"):
            continue
        cells = figures["cells"]
        took = f"first {seconds(figures['first'])}, again {spread(figures)}, {memory(figures['added_bytes'])}"
        each = f"{1e9 * figures['median'] / cells:.0f} ns and {figures['added_bytes'] / cells:.0f} bytes a cell"
        yield Row(f"W6 {cells:,.0f} cells", took, each, "linear")


def text(measured: Measured) -> str:
    """For a terminal."""
    lines = [*about(measured), ""]
    for row in rows_of(measured):
        wanted = f" ({row.wanted} wanted)" if row.wanted else ""
        lines.append(f"{row.work}: {row.took}: {row.ratio}{wanted}")
    return "\n".join([*lines, "", *memory_lines(measured), "", *measured.costs])


def markdown(measured: Measured) -> str:
    """For docs/performance.md."""
    lines = [*about(measured), "", "| work | took: median (least–most) | ratio | wanted |", "|---|---|---|---|"]
    lines += [f"| {row.work} | {row.took} | {row.ratio} | {row.wanted} |" for row in rows_of(measured)]
    costs = [line for cost in measured.costs for line in ("", "```", cost, "```")]
    return "\n".join([*lines, "", *memory_lines(measured), *costs]) + "\n"


def about(measured: Measured) -> list[str]:
    versions = ", ".join(measured.versions.values())
    return [f"{measured.size}; {measured.threads} threads for everybody, pandas has one; {measured.cores} cores, {measured.machine}; {versions}."]


def memory_lines(measured: Measured) -> list[str]:
    """Peaks of whole processes, with the input that each held before it began."""
    told = {"attain (C++)": measured.attain["index and evaluate"], **{who: works["W1"] for who, works in measured.peers.items()}}
    told["attain (Python)"] = told.pop("attain")
    peaks = ", ".join(f"{who} {memory(f['peak_bytes'])} ({memory(f['input_bytes'])} before)" for who, f in told.items())
    compared = sum(int(figures["agreed"]) for works in measured.peers.values() for figures in works.values())
    return [f"Peak memory of W1: {peaks}.", f"{compared:,} results were compared with attain's: all agree."]
