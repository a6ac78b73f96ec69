"""What large and hostile files cost: a process of its own reads one, and its peak of memory is bounded."""

import json
import subprocess
import sys
from pathlib import Path

import pyarrow
import pytest

import attain

MEBIBYTE = 1 << 20
OWN_COST = 64 * MEBIBYTE
TIMES_THE_INPUT = 40

# The peak of this process alone: that of getrusage begins with the memory of the process that started it.
MEASURE = """
import attain
def peak():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
before = peak()
try:
    {call}
    end = "read"
except attain.Error as refused:
    end = refused.code
print(end, (peak() - before) * 1024)
"""


def cost_of(call: str, path: Path) -> tuple[str, int]:
    """How reading ended, and by how much it raised the peak of memory."""
    script = MEASURE.format(call=call.format(path=repr(str(path))))
    end, cost = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    return end, int(cost)


def programme_json(targets: int) -> str:
    one = {"indicator": "lifts", "aim": {"at_least": 139}}
    return json.dumps(
        {
            "format": "attain-programme/1",
            "id": "large",
            "window": {"start": "2021-01-01", "due": "2021-12-31"},
            "indicators": [{"id": "lifts", "unit": "台", "kind": "increment"}],
            "projects": [{"id": "1", "targets": [{"id": f"1.{n}", **one} for n in range(targets)]}],
        }
    )


def rows_json(name: str, rows: list[str]) -> str:
    window = '"window":{"start":"2021-01-01","due":"2021-12-31"}'
    start = '{"format":"attain-programme/1","id":"large",' + window + ',"indicators":[{"id":"lifts","unit":"台","kind":"increment"}]'
    return start + f',"{name}":[' + ",".join(rows) + "]}"


def observations_csv(rows: int) -> str:
    return "indicator,place,period,amount\n" + "".join(f"lifts,place {n % 1000},2021-{n % 12 + 1:02},{n}\n" for n in range(rows))


def values_json(values: int) -> str:
    one = '{"dataElement": "lifts", "period": "2021%02d", "orgUnit": "u%d", "value": "%d"}'
    return '{"dataValues": [' + ",".join(one % (n % 12 + 1, n % 1000, n) for n in range(values)) + "]}"


def activities_xml(activities: int) -> str:
    one = """<iati-activity><iati-identifier>A-%d</iati-identifier><title><narrative>T</narrative></title><result type="1">
<title><narrative>R</narrative></title><indicator measure="1" ascending="1"><title><narrative>I</narrative></title><period>
<period-start iso-date="2016-01-01"/><period-end iso-date="2016-12-31"/><target value="%d"/><actual value="%d"/></period>
</indicator></result></iati-activity>"""
    return '<iati-activities version="2.03">' + "".join(one % (n, n + 1, n) for n in range(activities)) + "</iati-activities>"


IN_A_RESULT = (
    '<iati-activities version="2.03"><iati-activity><iati-identifier>A</iati-identifier><title><narrative>T</narrative></title>'
    '<result type="1"><title><narrative>R</narrative></title>{}</result></iati-activity></iati-activities>'
)
FILES = {
    "programme": ("attain.read_programme({path})", programme_json(30_000)),
    "projects of an id": ("attain.read_programme({path})", rows_json("projects", [f'{{"id":"{n}"}}' for n in range(150_000)])),
    "observations": ("attain.read_observations({path})", observations_csv(150_000)),
    "DHIS2": ("attain.read_dhis2({path})", values_json(50_000)),
    "IATI": ("attain.read_iati({path})", activities_xml(10_000)),
    # little text for much that is kept of it
    "short rows": ("attain.read_observations({path})", "indicator,period,amount\n" + "a,2021,1\n" * 500_000),
    "rows of new texts": (
        "attain.read_observations({path})",
        "indicator,place,period,amount,author,source,evidence,note,key\n" + "".join("i{0},p{0},2021,1,a{0},s{0},e{0},n{0},k{0}\n".format(n) for n in range(60_000)),
    ),
    "rows on four threads": ("attain.read_observations({path}, threads=4)", observations_csv(150_000)),
    "activities without results": ("attain.read_iati({path})", '<iati-activities version="2.03">' + "<iati-activity/>" * 200_000 + "</iati-activities>"),
    "values that are text": (
        "attain.read_dhis2({path})",
        '{"period":"2021","orgUnit":"u","dataValues":[' + ",".join(['{"dataElement":"a","value":"x"}'] * 100_000) + "]}",
    ),
}
HOSTILE = {
    "nested JSON": ("attain.read_programme({path})", "[" * 4_000_000, "too_deep"),
    "nested data values": ("attain.read_dhis2({path})", '{"a":' * 1_000_000, "too_deep"),
    "a million columns": ("attain.read_observations({path})", ",".join(f"c{n}" for n in range(500_000)), "unknown_field"),
    "an open quote": ("attain.read_observations({path})", 'indicator,period,amount\n"' + "a" * 4_000_000, "malformed_csv"),
    "nested XML": ("attain.read_iati({path})", "<iati-activities>" + "<a>" * 1_000_000, "too_deep"),
    "one long tag": ("attain.read_iati({path})", '<iati-activities a="' + "a" * 4_000_000, "too_large"),
    "one large activity": ("attain.read_iati({path})", "<iati-activities><iati-activity><title>" + "<narrative/>" * 1_000_000, "too_large"),
    "zeros": ("attain.read_programme({path})", "[" + "0," * 2_000_000 + "0]", "wrong_type"),
    "empty objects": ("attain.read_programme({path})", "[" + "{}," * 700_000 + "{}]", "wrong_type"),
    "empty projects": ("attain.read_programme({path})", '{"projects":[' + "{}," * 300_000 + "{}]}", "missing_field"),
    "projects of one id": ("attain.read_programme({path})", rows_json("projects", ['{"id":"1"}'] * 1_000_000), "too_large"),
    "empty history rows": (
        "attain.read_programme({path})",
        rows_json("projects", ['{"id":"1","targets":[{"id":"1.1","indicator":"lifts","history":[' + "{}," * 1_000_000 + "{}]}]}"]),
        "too_large",
    ),
    "empty values": ("attain.read_dhis2({path})", '{"dataValues":[' + "{}," * 700_000 + "{}]}", "missing_field"),
    "bad rows": ("attain.read_observations({path})", "indicator,period,amount\n" + "".join(f"{n}!\t,{n},x\n" for n in range(200_000)), "invalid_id"),
    "empty periods": ("attain.read_iati({path})", IN_A_RESULT.format('<indicator measure="1">' + "<period/>" * 100_000 + "</indicator>"), "missing_field"),
    "empty indicators": ("attain.read_iati({path})", IN_A_RESULT.format("<indicator/>" * 100_000), "missing_field"),
    "billion laughs": ("attain.read_iati({path})", '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><a>&b;</a>', "malformed_xml"),
}


@pytest.mark.parametrize("kind", FILES)
def test_reading_takes_at_most_40_times_the_file(kind: str, tmp_path: Path) -> None:
    call, text = FILES[kind]
    path = tmp_path / "input"
    path.write_text(text, encoding="utf-8")
    end, cost = cost_of(call, path)
    assert end == "read"
    assert cost <= OWN_COST + TIMES_THE_INPUT * path.stat().st_size


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_within_the_same_bounds(kind: str, tmp_path: Path) -> None:
    call, text, code = HOSTILE[kind]
    path = tmp_path / "input"
    path.write_text(text, encoding="utf-8")
    end, cost = cost_of(call, path)
    assert end == code
    assert cost <= OWN_COST + TIMES_THE_INPUT * path.stat().st_size


def book_of(rows: int, beside: Path) -> attain.Ledger:
    csv = beside.with_suffix(".csv")
    csv.write_text(observations_csv(rows), encoding="utf-8")
    return attain.read_observations(csv)


def plan_of(targets: int, beside: Path) -> attain.Programme:
    programme = beside.with_suffix(".json")
    programme.write_text(programme_json(targets), encoding="utf-8")
    return attain.read_programme(programme)


def kept_book(path: Path) -> None:
    attain.save_snapshot(book_of(150_000, path), path)


def kept_book_as_text(path: Path) -> None:
    attain.save_snapshot(book_of(50_000, path), path, form="text")


def kept_plan(path: Path) -> None:
    attain.save_snapshot(plan_of(10_000, path), path)


def kept_evaluation(path: Path) -> None:
    attain.save_snapshot(attain.evaluate(plan_of(3_000, path), attain.Ledger(), as_of="2021-12-31"), path)


def kept_store(path: Path) -> None:
    with attain.open_ledger(path) as store:
        store.submit(book_of(50_000, path), at="2026-10-01T12:00:00+08:00", author="Li")


def kept_columns(path: Path) -> None:
    """A column of one byte and one of four a row, which is as little as a row can say."""
    rows = 300_000
    columns = {
        "indicator": pyarrow.DictionaryArray.from_arrays(pyarrow.array([0] * rows, pyarrow.int8()), ["lifts"]),
        "day": pyarrow.array([18_000] * rows, pyarrow.date32()),
        "amount": pyarrow.array([1] * rows, pyarrow.int8()),
    }
    with pyarrow.OSFile(str(path), "wb") as out, pyarrow.ipc.new_file(out, pyarrow.table(columns).schema) as writer:
        writer.write_table(pyarrow.table(columns))


KEPT = {
    "ledger": (kept_book, "attain.load_snapshot({path})"),
    "ledger as text": (kept_book_as_text, "attain.load_snapshot({path})"),
    "programme": (kept_plan, "attain.load_snapshot({path})"),
    "evaluation": (kept_evaluation, "attain.load_snapshot({path})"),
    "store": (kept_store, "attain.open_ledger({path}).ledger(pending=True)"),
    "verified store": (kept_store, "attain.open_ledger({path}).verify()"),
    "Arrow": (kept_columns, "import pyarrow; attain.Ledger.from_arrow(pyarrow.ipc.open_file({path}).read_all())"),
}


@pytest.mark.parametrize("kind", KEPT)
def test_what_was_kept_is_taken_up_within_the_same_bounds(kind: str, tmp_path: Path) -> None:
    make, call = KEPT[kind]
    path = tmp_path / "input"
    make(path)
    end, cost = cost_of(call, path)
    assert end == "read"
    assert cost <= OWN_COST + TIMES_THE_INPUT * path.stat().st_size


def every_day_until(last: str) -> attain.Programme:
    return attain.programme(
        id="long", window=("2000-01-01", last),
        indicators=[attain.indicator("x", unit="人", kind="level")],
        projects=[attain.project("1", targets=[attain.target("1.1", indicator="x", aim=attain.at_least(1), cadence=attain.every("day"))])],
    )


def test_a_target_of_very_many_periods_is_judged_soon() -> None:
    """Work in proportion to their number, not to its square."""
    now = attain.evaluate(every_day_until("2272-12-31"), attain.Ledger(), as_of="2021-01-01")
    assert now["1.1"].goal == 99_712


def test_A7b_a_thousand_years_of_days_are_a_mistake_in_a_date() -> None:
    with pytest.raises(attain.InvalidProgramme) as raised:
        every_day_until("2999-12-31")
    assert [(finding.code, finding.where) for finding in raised.value.findings] == [("too_large", "/projects/0/targets/0/cadence")]
