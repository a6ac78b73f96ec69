"""What is left over works after its owner is gone; nothing that was never made can be used."""

import gc
import inspect
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attain
import pytest
from attain import _core


def evaluated(examples: Path) -> attain.Evaluation:
    plan = attain.read_programme(examples / "counties-lesson")
    book = attain.read_observations(examples / "counties-lesson", plan)
    return attain.evaluate(plan, book, as_of="2021-09-30")


def test_results_outlive_evaluation_programme_and_ledger(examples: Path) -> None:
    now = evaluated(examples)
    target, project, explanation, plan, book = now["22.1"], now.project("22"), now["22.1"].explain(), now.plan, now.book
    del now
    gc.collect()
    assert target.reading == 5000
    assert target.name == "Training courses"
    assert [child.id for child in project.targets] == ["22.1", "22.2", "22.3"]
    assert explanation.steps[0].text
    assert len(book) > 0
    assert isinstance(plan, attain.Programme)
    assert plan.id == "counties-lesson"


def test_columns_and_arrays_outlive_their_table(examples: Path) -> None:
    column = evaluated(examples).target_table(at_places=True)["attainment"]
    array = evaluated(examples).target_table(at_places=True)["attainment"].values
    words = evaluated(examples).targets["target"]
    gc.collect()
    assert array.tolist() == column.values.tolist()
    assert words.to_list()[0] == "1.1"


def test_children_of_an_explanation_outlive_it(examples: Path) -> None:
    step = evaluated(examples)["22.1"].explain().steps[0]
    findings = evaluated(examples)["22.1"].findings
    gc.collect()
    assert step.text
    assert isinstance(findings, list)


def classes() -> Iterator[type]:
    for _, one in inspect.getmembers(_core, inspect.isclass):
        if not issubclass(one, Exception) and type(one).__name__ == "pybind11_type":
            yield one


@pytest.mark.parametrize("one", list(classes()), ids=lambda one: str(one.__name__))
def test_an_object_that_was_never_made_is_a_type_error(one: type) -> None:
    empty = one.__new__(one)
    for name, member in inspect.getmembers_static(one):
        if isinstance(member, property):
            with pytest.raises(TypeError):
                getattr(empty, name)
        elif name in ("__len__", "__repr__", "to_json", "explain", "snapshot", "__iter__"):
            with pytest.raises(TypeError):
                getattr(empty, name)()


def test_a_subclass_that_forgets_to_make_its_base_is_a_type_error() -> None:
    class Careless(attain.Ledger):
        def __init__(self) -> None:
            pass

    with pytest.raises(TypeError):
        Careless()


def test_repeated_work_does_not_grow(examples: Path) -> None:
    script = f"""
import gc, resource
import attain, pyarrow
plan = attain.read_programme({str(examples / "counties-lesson")!r})
book = attain.read_observations({str(examples / "counties-lesson")!r}, plan)
def work():
    now = attain.evaluate(plan, book, as_of="2021-09-30")
    pyarrow.table(now); now.targets["attainment"].values; now["22.1"].explain().text
    attain.Ledger.from_arrow(book.to_arrow())
    now.__arrow_c_stream__(); now.__arrow_c_schema__()
    try:
        attain.evaluate(plan, book, as_of="2021-02-30")
    except attain.InvalidInput:
        pass
for _ in range(200):
    work()
gc.collect()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
for _ in range(400):
    work()
gc.collect()
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
assert grown < 4096, f"{{grown}} KiB"
"""
    subprocess.run([sys.executable, "-c", script], check=True)


SHARED = """
import threading

import attain

plan = attain.programme(
    id="shared", window=("2021-01-01", "2021-12-31"),
    places=[attain.place("all"), *(attain.place(f"p{n}", within="all") for n in range(8))],
    indicators=[attain.indicator("beds", kind="level", unit="个", across_places="sum")],
    projects=[attain.project("1", targets=[attain.target("1.1", indicator="beds", aim=attain.at_least(5), baseline=0)])],
)
book = attain.Ledger()
tracker = attain.Tracker(plan, book, as_of="2021-09-30")

def work(number):
    for day in range(1, 29):
        row = {"indicator": "beds", "place": f"p{number}", "day": f"2021-05-{day:02}", "amount": day}
        tracker.apply(row)
        book.extend([row] * 50)
        book.to_csv(), book.entries(), attain.evaluate(plan, book, as_of="2021-09-30"), tracker.book, tracker.as_of
        if day % 7 == 0:
            tracker.snapshot()
            tracker.move_to("2021-10-01")

threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert len(tracker.book) == 8 * 28
assert len(book) == 8 * 28 * 50
assert tracker.snapshot().targets == attain.evaluate(plan, tracker.book, as_of="2021-10-01").targets
"""


def test_a_ledger_and_a_tracker_may_be_shared_by_threads_and_nothing_is_lost() -> None:
    subprocess.run([sys.executable, "-c", SHARED], check=True, timeout=120)


def test_a_function_that_a_tracker_calls_cannot_use_the_tracker() -> None:
    def price(money: Any, homes: Any) -> Any:
        if trackers:
            trackers[0].snapshot()
        return money / homes

    plan = attain.programme(
        id="prices", window=("2021-01-01", "2021-12-31"),
        indicators=[
            attain.indicator("money", kind="level", unit="元"),
            attain.indicator("homes", kind="level", unit="套"),
            attain.indicator("price", kind="formula", unit="元", inputs=["money", "homes"], expression="custom:price@1"),
        ],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="price", aim=attain.at_least(5), baseline=0)])],
    )  # fmt: skip
    book = attain.Ledger([{"indicator": kind, "day": "2021-05-01", "amount": 6} for kind in ("money", "homes")])
    trackers: list[attain.Tracker] = []
    trackers.append(attain.Tracker(plan, book, as_of="2021-09-30", formulas={"price@1": price}))
    with pytest.raises(ValueError, match="cannot use the tracker"):
        trackers[0].move_to("2021-10-01")


def test_threads_may_evaluate_append_and_read_at_once(plan: attain.Programme, book: attain.Ledger) -> None:
    wanted = attain.evaluate(plan, book, as_of="2021-09-30").targets
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            own = attain.Ledger(book.entries())
            for day in range(1, 29):
                assert attain.evaluate(plan, book, as_of="2021-09-30").targets == wanted
                own.append(indicator="lifts", period="2021-10", amount=day, place="lake", recorded=f"2021-11-{day:02}")
                attain.evaluate(plan, own, as_of="2021-10-31", threads=1 + number % 2).to_arrow()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
