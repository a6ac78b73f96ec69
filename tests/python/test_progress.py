"""Long work says how far it has come, and can be stopped."""

import contextlib
import gc
import io
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import attain
import pytest
from attain.catalogue import Words
from attain.cli import _progress

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
LESSON = EXAMPLES / "counties-lesson"
Told = list[tuple[str, float]]


def phases(told: Told) -> list[str]:
    """In their order; each from 0 to 1 and upwards."""
    found: list[str] = []
    last = 1.0
    for phase, share in told:
        if share == 0.0:
            assert last == 1.0
            found.append(phase)
        else:
            assert phase == found[-1] and share > last
        last = share
    assert last == 1.0
    return found


def tells(told: Told) -> Callable[[str, float], None]:
    return lambda phase, share: told.append((phase, share))


def test_evaluating_tells_how_far_it_is(plan: attain.Programme, book: attain.Ledger, now: attain.Evaluation) -> None:
    fresh = attain.Programme.from_dict(plan.to_dict())
    told: Told = []
    watched = attain.evaluate(fresh, book, as_of="2021-09-30", threads=2, progress=tells(told))
    assert phases(told) == ["compiling", "judging"]
    assert watched.targets.to_dict() == now.targets.to_dict()
    told.clear()
    attain.evaluate(fresh, book, as_of="2021-08-31", progress=tells(told))
    assert phases(told) == ["judging"]  # what was compiled is remembered
    told.clear()
    days = [f"2021-{month:02}-28" for month in range(1, 13)]
    attain.history(fresh, book, days=days, progress=tells(told))
    assert phases(told) == ["judging"]
    assert len(told) > 5  # ten targets on all days at once


def test_reading_tells_how_far_it_is(plan: attain.Programme, tmp_path: Path) -> None:
    told: Told = []
    book = attain.read_observations(LESSON, plan, progress=tells(told))
    assert phases(told) == ["reading", "indexing"]
    assert book == attain.read_observations(LESSON, plan)


def test_a_report_and_an_import_tell_how_far_they_are(now: attain.Evaluation, folder: Path, tmp_path: Path) -> None:
    told: Told = []
    report = attain.report(now, progress=tells(told))
    assert phases(told)[0] == "explaining"
    assert set(phases(told)[1:]) == {"compiling", "judging"}
    assert report.markdown() == attain.report(now).markdown()
    told.clear()
    plan = attain.read_programme(folder)
    attain.excel.write_template(tmp_path / "a.xlsx", plan, attain.read_observations(folder, plan), as_of="2021-10-31")
    attain.excel.import_template(tmp_path / "a.xlsx", folder, recorded="2021-11-05", author="Li Hua", progress=tells(told))
    assert phases(told) == ["reading", "indexing"] * 2


class Enough(Exception):
    """Raised by whoever is told."""


WORK: dict[str, Callable[[attain.Programme, attain.Ledger, Callable[[str, float], object]], object]] = {
    "evaluate": lambda plan, book, tell: attain.evaluate(plan, book, as_of="2021-09-30", progress=tell),
    "evaluate in threads": lambda plan, book, tell: attain.evaluate(plan, book, as_of="2021-09-30", threads=3, progress=tell),
    "history": lambda plan, book, tell: attain.history(plan, book, days=["2021-06-30", "2021-09-30"], progress=tell),
    "read_observations": lambda plan, book, tell: attain.read_observations(LESSON, plan, progress=tell),
    "report": lambda plan, book, tell: attain.report(attain.evaluate(plan, book, as_of="2021-09-30"), progress=tell),
}


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("kind", [Enough, KeyboardInterrupt, SystemExit, attain.InvalidInput])
def test_what_is_raised_stops_the_work_and_comes_out_unchanged(
    work: str, kind: type[BaseException], plan: attain.Programme, book: attain.Ledger
) -> None:
    for after in (0, 1, 3):
        raised = kind("stop")
        left = after

        def tell(phase: str, share: float, raised: BaseException = raised) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise raised

        with pytest.raises(kind) as caught:
            WORK[work](plan, book, tell)
        assert caught.value is raised
    assert WORK[work](plan, book, lambda phase, share: None) is not None  # all is as before


def test_an_interrupt_stops_the_work(plan: attain.Programme, book: attain.Ledger) -> None:
    told: Told = []

    def interrupted(phase: str, share: float) -> None:
        told.append((phase, share))
        signal.raise_signal(signal.SIGINT)

    with pytest.raises(KeyboardInterrupt):
        attain.evaluate(plan, book, as_of="2021-09-30", progress=interrupted)
    assert len(told) == 1


def test_what_cannot_be_called_is_a_type_error(plan: attain.Programme, book: attain.Ledger) -> None:
    with pytest.raises(TypeError, match="not callable"):
        attain.evaluate(plan, book, as_of="2021-09-30", progress=3)  # type: ignore[arg-type]


def test_whoever_is_told_is_let_go_of(plan: attain.Programme, book: attain.Ledger) -> None:
    class Teller:
        def __call__(self, phase: str, share: float) -> None:
            pass

    teller = Teller()
    gone = weakref.ref(teller)
    attain.evaluate(plan, book, as_of="2021-09-30", progress=teller)
    attain.read_observations(LESSON, plan, progress=teller)
    del teller
    gc.collect()
    assert gone() is None


# -- on the command line ---------------------------------------------------------------------------


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@contextlib.contextmanager
def on_a_terminal(monkeypatch: pytest.MonkeyPatch, *, seconds: float = 0.0) -> Iterator[Terminal]:
    """Standard error as a terminal, on which bars come after so many seconds."""
    with monkeypatch.context() as patch:
        screen = Terminal()
        patch.setattr(_progress, "SECONDS_BEFORE_A_BAR", seconds)
        patch.setattr(sys, "stderr", screen)
        yield screen


def test_a_bar_names_the_phase_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with on_a_terminal(monkeypatch) as terminal, _progress.bars(Words("zh")) as tell:
        for share in (0.0, 0.4, 1.0):
            tell("reading", share)
        tell("judging", 0.5)
    shown = terminal.getvalue()
    assert "读取报送" in shown and "40%" in shown
    assert shown.index("读取报送") < shown.index("评判")
    assert shown.endswith("\r\x1b[K\x1b[?25h")


def test_a_bar_is_gone_after_an_interrupt(monkeypatch: pytest.MonkeyPatch) -> None:
    with contextlib.suppress(KeyboardInterrupt), on_a_terminal(monkeypatch) as terminal, _progress.bars(Words("en")) as tell:
        tell("reading", 0.3)
        raise KeyboardInterrupt
    assert terminal.getvalue().endswith("\r\x1b[K\x1b[?25h")


def test_work_that_is_soon_done_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    with on_a_terminal(monkeypatch, seconds=3600.0) as terminal, _progress.bars(Words("en")) as tell:
        tell("reading", 1.0)
    assert terminal.getvalue() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such terminal")
@pytest.mark.parametrize("form", ["table", "json"])
def test_bars_are_on_a_terminal_only_and_never_in_what_is_printed(form: str) -> None:
    code = "import sys; from attain.cli import _progress, run; _progress.SECONDS_BEFORE_A_BAR = 0.0; sys.exit(run(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "evaluate", str(LESSON), "--as-of", "2021-09-30", "--format", form]
    piped = subprocess.run(command, capture_output=True, check=True)
    assert piped.stderr == b""
    ours, theirs = os.openpty()
    pieces = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm"}) as shown:
        os.close(theirs)
        with contextlib.suppress(OSError):  # the end of a terminal
            while piece := os.read(ours, 10_000):
                pieces.append(piece)
        assert shown.stdout is not None
        assert shown.stdout.read() == piped.stdout
    os.close(ours)
    seen = b"".join(pieces).decode()
    assert "Reading the reports" in seen and "Judging" in seen
    assert seen.endswith("\x1b[?25h")
