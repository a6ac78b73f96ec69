"""What large and hostile files cost: a process of its own reads one, and its peak of memory is bounded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

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


FILES = {
    "programme": ("attain.read_programme({path})", programme_json(30_000)),
    "observations": ("attain.read_observations({path})", observations_csv(150_000)),
    "DHIS2": ("attain.read_dhis2({path})", values_json(50_000)),
    "IATI": ("attain.read_iati({path})", activities_xml(10_000)),
}
HOSTILE = {
    "nested JSON": ("attain.read_programme({path})", "[" * 4_000_000, "too_deep"),
    "nested data values": ("attain.read_dhis2({path})", '{"a":' * 1_000_000, "too_deep"),
    "a million columns": ("attain.read_observations({path})", ",".join(f"c{n}" for n in range(500_000)), "unknown_field"),
    "an open quote": ("attain.read_observations({path})", 'indicator,period,amount\n"' + "a" * 4_000_000, "malformed_csv"),
    "nested XML": ("attain.read_iati({path})", "<iati-activities>" + "<a>" * 1_000_000, "too_deep"),
    "one long tag": ("attain.read_iati({path})", '<iati-activities a="' + "a" * 4_000_000, "too_large"),
    "one large activity": ("attain.read_iati({path})", "<iati-activities><iati-activity><title>" + "<narrative/>" * 1_000_000, "too_large"),
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


def test_a_stream_of_activities_takes_no_more_memory_than_its_results(tmp_path: Path) -> None:
    """Activities without results leave nothing, however many there are."""
    path = tmp_path / "input"
    filler = "<iati-activity><iati-identifier>A</iati-identifier>" + "<transaction><value>1</value></transaction>" * 1000 + "</iati-activity>"
    path.write_text("<iati-activities version='2.03'>" + filler * 1000 + "</iati-activities>", encoding="utf-8")
    assert path.stat().st_size > 40 * MEBIBYTE
    end, cost = cost_of("attain.read_iati({path})", path)
    assert end == "read"
    assert cost <= 16 * MEBIBYTE
