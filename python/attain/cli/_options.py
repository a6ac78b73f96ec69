"""What the commands have in common: arguments and options that mean the same everywhere, and what is read for them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

import click
from click.shell_completion import CompletionItem

import attain
from attain import _core
from attain._files import is_workbook

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])


def _complete(
    ids_of: Callable[[attain.Programme], list[str]],
) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Completes ids of the programme in the folder that was typed before."""

    def complete(context: click.Context, parameter: click.Parameter, typed: str) -> list[CompletionItem]:
        with contextlib.suppress(attain.Error, OSError, TypeError):
            return [CompletionItem(id) for id in ids_of(attain.read_programme(context.params["folder"])) if id.startswith(typed)]
        return []

    return complete


complete_targets_and_projects = _complete(lambda plan: [*plan.target_ids, *plan.project_ids])
complete_projects = _complete(lambda plan: plan.project_ids)
complete_places = _complete(lambda plan: plan.place_ids)


def _folder_or_workbook(context: click.Context, parameter: click.Parameter, path: str) -> str:
    """Refuses a file that is no workbook, such as the programme.json of the folder that was meant."""
    if os.path.isfile(path) and not is_workbook(path):
        within = os.path.dirname(path) or "."
        meant = f" Did you mean {within!r}?" if os.path.isfile(os.path.join(within, "programme.json")) else ""
        raise click.BadParameter(f"{path!r} is a file, and neither a folder nor a workbook (.xlsx).{meant}")
    return path


folder = click.argument("folder", type=click.Path(exists=True), callback=_folder_or_workbook)
as_of = click.option("--as-of", required=True, metavar="DATE", help="What had happened, at the close of this day.")
known_at = click.option("--known-at", metavar="DATE", help="What had been reported by this day; everything if left out.")
place = click.option("--place", metavar="ID", shell_complete=complete_places, help="At this place, instead of each target's own.")


class _Language(click.Choice[str]):
    """``en`` or ``zh``; the English names of the languages do, too."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        with contextlib.suppress(attain.InvalidOption):
            value = _core.language_word(value)
        return super().convert(value, param, ctx)


language = click.option(
    "--language", type=_Language(["en", "zh"]), default="en", show_default=True, help="Of what people read."
)
as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


def form(function: _Decorated) -> _Decorated:
    """``--format table|json|csv``, and ``--json`` for short; the command gets ``form``."""
    function = click.option("--json", "form", flag_value="json", help="The same as --format json.")(function)
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        show_default=True,
        help="How to print it.",
    )(function)


def examples(*lines: str) -> str:
    """The end of a command's help."""
    return "\b\nExamples:\n" + "\n".join(f"  attain {line}" for line in lines)


@contextlib.contextmanager
def bad_parameter(option: str) -> Iterator[None]:
    """What cannot be read within is a mistake of this option."""
    try:
        yield
    except attain.InvalidInput as problem:
        raise click.BadParameter(str(problem), param_hint=option) from None


def require_suffix(path: str, suffixes: Sequence[str], what: str) -> None:
    """Refuses a file to write whose name promises another form."""
    if not path.lower().endswith(tuple(suffixes)):
        raise click.BadParameter(f"{what} is written as {', '.join(suffixes)}, not as {path!r}", param_hint="-o")


def require_day(option: str, day: str | None) -> None:
    """Refuses an option whose text is no day."""
    if day is not None:
        with bad_parameter(option):
            attain.parse_date(day)


def require_place(plan: attain.Programme | attain.Portfolio, place: str | None) -> None:
    """Refuses a place that the programme does not have."""
    if place is not None and place not in plan.place_ids:
        unknown(place, "place", plan.place_ids, "--place")


def require_unit(plan: attain.Programme, unit: str | None) -> None:
    """Refuses a unit that no project of the programme names as responsible."""
    if unit is not None and unit not in (units := list(dict.fromkeys(_units_of(plan.to_dict()["projects"])))):
        unknown(unit, "responsible unit", units, "--unit")


def _units_of(projects: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for project in projects:
        yield from project.get("responsible", [])
        yield from _units_of(project.get("projects", []))


def unknown(id: str, kind: str, known: Sequence[str], hint: str) -> NoReturn:
    """Refuses an id, with those that resemble it."""
    from difflib import get_close_matches

    nearest = get_close_matches(id, known)
    meant = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
    raise click.BadParameter(f"the programme has no {kind} {id!r}.{meant}", param_hint=hint)


def evaluated(
    folder: str, as_of: str, known_at: str | None, method: Sequence[str] = (), *, day_option: str = "--as-of"
) -> attain.Evaluation:
    """The programme of a folder, evaluated."""
    require_day(day_option, as_of)
    require_day("--known-at", known_at)
    plan = attain.read_programme(folder)
    book = attain.read_observations(folder, plan)
    try:
        return attain.evaluate(plan, book, as_of=as_of, known_at=known_at, method=method or None)
    except attain.InvalidOption as problem:
        if problem.code != "unknown_method":
            raise
        raise click.BadParameter(f"{problem}. attain methods lists those that come with it.", param_hint="--method") from None


def observations_if_any(folder: str, plan: attain.Programme) -> attain.Ledger:
    """The observations of a folder or workbook; none if nobody has reported anything to the folder yet."""
    has_none = os.path.isdir(folder) and not os.path.exists(os.path.join(folder, "observations.csv"))
    return attain.Ledger() if has_none else attain.read_observations(folder, plan)
