"""What the commands have in common: arguments and options that mean the same everywhere, and what is read for them.

No text that people read stands here: help and messages are in the catalogue, by the names of commands and options.
"""

from __future__ import annotations

import contextlib
import functools
import gettext
import itertools
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, NoReturn, TypeVar

import click
from click.shell_completion import CompletionItem

import attain
from attain import _core
from attain._evaluate import Progress
from attain._files import is_workbook
from attain.catalogue import Words
from attain.cli import _lines, _progress
from attain.excel._findings import error_of

_LANGUAGE = "attain.language"
"""Where a context keeps the language that was asked for."""
_ENCODING = "attain.encoding"
"""Where it keeps the encoding of observations.csv."""

_NEEDED_TO_READ = ("format", "id", "indicators", "places")
"""Of a programme, to read observations."""

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])


def usual_language() -> str:
    """That of ATTAIN_LANGUAGE; English where it is not set, or no language."""
    with contextlib.suppress(attain.InvalidOption):
        return str(_core.language_word(os.environ.get("ATTAIN_LANGUAGE") or "en"))
    return "en"


def asked_language(arguments: Sequence[str]) -> str:
    """That of ``--language``, which is known before anything is read, so that mistakes before it are told in it; else the usual one."""
    asked = ""
    for argument, following in itertools.zip_longest(arguments, arguments[1:], fillvalue=""):
        name, _, value = argument.partition("=")
        if name == "--language":
            asked = value or following
    with contextlib.suppress(attain.InvalidOption):
        return str(_core.language_word(asked))
    return usual_language()


def words(context: click.Context | None = None) -> Words:
    """The texts of the language that was asked for."""
    context = context or click.get_current_context(silent=True)
    return Words((context and (context.meta.get(_LANGUAGE) or context.find_root().obj)) or usual_language())


@contextlib.contextmanager
def click_speaks(language: str) -> Iterator[None]:
    """Lets click say in this language what it says by itself: it asks gettext, which goes by the domain and the environment."""
    domain, before = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.bindtextdomain("attain", os.path.join(os.path.dirname(__file__), "locale"))
    gettext.textdomain("attain")
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


class _Help(click.Command):
    """Says in that language what ``--help`` does."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = words(ctx)("option_help")
        return option


class Commands(_Help, click.Group):
    """Lists its commands in the order in which they were added, and says errors of the library in the language that was asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except attain.Error as problem:
            click.echo(problem.sentences(words().language), err=True)
            ctx.exit(1)
        except BrokenPipeError:
            raise
        except (OSError, ModuleNotFoundError) as problem:
            click.echo(words()("error", problem=words().exception(problem)), err=True)
            ctx.exit(1)


command = functools.partial(click.command, cls=_Help)


def speak(group: click.Group, language: str) -> None:
    """Gives a group and its commands their help in this language."""
    words = Words(language)
    group.subcommand_metavar = words("metavar_command")
    for one in (group, *group.commands.values()):
        name = one.name or ""
        one.help = words(f"help_{name}")
        one.options_metavar = words("metavar_options")
        one.short_help = words(f"short_{name}") if f"short_{name}" in words else None
        lines = [line for line in (one.epilog or "").splitlines() if line.startswith("  attain ")]
        one.epilog = "\n".join(["\b", words("help_examples"), *lines])
        for parameter in one.params:
            if isinstance(parameter, click.Option):
                short = "form_json" if parameter.name == "form" and "--json" in parameter.opts else parameter.name
                own = f"option_{name}_{short}"
                parameter.help = words(own if own in words else f"option_{short}")


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
        say = words()
        meant = say("wrong_meant", near=repr(within)) if os.path.isfile(os.path.join(within, "programme.json")) else ""
        raise click.BadParameter(say("wrong_file", path=repr(path), meant=meant))
    return path


folder = click.argument("folder", type=click.Path(exists=True), callback=_folder_or_workbook)
as_of = click.option("--as-of", required=True, metavar="DATE")
known_at = click.option("--known-at", metavar="DATE")
place = click.option("--place", metavar="ID", shell_complete=complete_places)


class _Language(click.Choice[str]):
    """``en`` or ``zh``; the English names of the languages do, too."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        with contextlib.suppress(attain.InvalidOption):
            value = _core.language_word(value)
        return super().convert(value, param, ctx)


def _note_language(context: click.Context, parameter: click.Parameter, language: str) -> str:
    context.meta[_LANGUAGE] = language
    return language


language = click.option(
    "--language",
    type=_Language(["en", "zh"]),
    default=usual_language,
    show_default="en",
    is_eager=True,
    callback=_note_language,
)
as_json = click.option("--json", "as_json", is_flag=True)


def _note_encoding(context: click.Context, parameter: click.Parameter, encoding: str) -> None:
    context.meta[_ENCODING] = encoding


encoding = click.option(
    "--encoding",
    type=click.Choice(["utf-8", "gb18030"]),
    default="utf-8",
    show_default=True,
    expose_value=False,
    callback=_note_encoding,
)


def form(function: _Decorated) -> _Decorated:
    """``--format table|json|csv``, and ``--json`` for short; the command gets ``form``."""
    function = click.option("--json", "form", flag_value="json")(function)
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json", "csv"]),
        default="table",
        show_default=True,
    )(function)


def examples(*lines: str) -> str:
    """What stands at the end of a command's help."""
    return "\n".join(f"  attain {line}" for line in lines)


@contextlib.contextmanager
def bad_parameter(option: str) -> Iterator[None]:
    """What cannot be read within is a mistake of this option."""
    try:
        yield
    except attain.InvalidInput as problem:
        raise click.BadParameter(words().said(problem), param_hint=option) from None


def require_suffix(path: str, suffixes: Sequence[str], what: str) -> None:
    """Refuses a file to write, a "report" or "workbook", whose name promises another form."""
    if not path.lower().endswith(tuple(suffixes)):
        say = words()
        message = say("wrong_suffix", what=say(f"what_{what}"), suffixes=", ".join(suffixes), path=repr(path))
        raise click.BadParameter(message, param_hint="-o")


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
        unknown(unit, "unit", units, "--unit")


def _units_of(projects: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for project in projects:
        yield from project.get("responsible", [])
        yield from _units_of(project.get("projects", []))


def unknown(id: str, kind: str, known: Sequence[str], hint: str) -> NoReturn:
    """Refuses an id, with those that resemble it."""
    from difflib import get_close_matches

    say = words()
    nearest = get_close_matches(id, known)
    meant = say("wrong_meant", near=say("wrong_or").join(nearest)) if nearest else ""
    raise click.BadParameter(say("wrong_id", kind=say(f"kind_{kind}"), id=repr(id), meant=meant), param_hint=hint)


def evaluated(
    folder: str,
    as_of: str,
    known_at: str | None,
    method: Sequence[str] = (),
    *,
    day_option: str = "--as-of",
    known_option: str = "--known-at",
) -> attain.Evaluation:
    """The programme of a folder, evaluated."""
    require_day(day_option, as_of)
    require_day(known_option, known_at)
    plan, book = read(folder)
    try:
        with progress() as tell:
            return attain.evaluate(plan, book, as_of=as_of, known_at=known_at, method=method or None, progress=tell)
    except attain.InvalidOption as problem:
        if problem.code != "unknown_method":
            raise
        said = words()("wrong_method", problem=words().said(problem))
        raise click.BadParameter(said, param_hint="--method") from None


def progress() -> AbstractContextManager[Progress]:
    """Whom to tell how far long work has come, within it."""
    return _progress.bars(words())


def read(folder: str) -> tuple[attain.Programme, attain.Ledger]:
    """The programme and the observations of a folder or workbook. Where both are wrong, the error says what is wrong with both."""
    try:
        plan = attain.read_programme(folder)
    except (attain.InvalidInput, attain.InvalidProgramme) as problem:
        raise error_of([*problem.findings, *observation_problems(folder)], type(problem)) from None
    return plan, observations(folder, plan)


def observation_problems(folder: str) -> list[attain.Finding]:
    """What is wrong with the observations of a folder or workbook whose programme is wrong, too.

    They are checked with its indicators and places, if these are right by themselves.
    """
    try:
        observations_if_any(folder, _without_projects(folder))
    except attain.Error as problem:
        return list(problem.findings)
    return []


def _without_projects(folder: str) -> attain.Programme | None:
    """The indicators and places of a programme that is wrong; None if they cannot be told, or are wrong themselves."""
    try:
        with open(os.path.join(folder, "programme.json"), encoding="utf-8") as file:
            spec = json.load(file)
        return attain.Programme.from_dict({"projects": [], **{name: spec[name] for name in _NEEDED_TO_READ if name in spec}})
    except (attain.Error, OSError, ValueError, TypeError, RecursionError):
        return None


def located(findings: list[attain.Finding], folder: str, plan: attain.Programme) -> list[attain.Finding]:
    """What a ledger that was read from a folder is found to say, with the lines of its file."""
    return _lines.located(findings, folder, click.get_current_context().meta.get(_ENCODING, "utf-8"), plan.place_ids[0])


def observations(folder: str, plan: attain.Programme | None) -> attain.Ledger:
    """The observations of a folder or workbook."""
    silent = nothing_reported(folder)
    if silent is not None:
        raise error_of([silent])
    named = click.get_current_context().meta.get(_ENCODING, "utf-8")
    with progress() as tell:
        return attain.read_observations(folder, plan, encoding=named, progress=tell)


def observations_if_any(folder: str, plan: attain.Programme | None) -> attain.Ledger:
    """The same; none if nobody has reported anything to the folder yet."""
    return observations(folder, plan) if nothing_reported(folder) is None else attain.Ledger()


def nothing_reported(folder: str, severity: str = "error") -> attain.Finding | None:
    """That a folder has no observations.csv; None if it has one, or is a workbook."""
    file = os.path.join(folder, "observations.csv")
    if not os.path.isdir(folder) or os.path.exists(file):
        return None
    message = "there is no such file, so nothing was reported yet" + _core.did_you_mean("observations.csv", sorted(os.listdir(folder)))
    expected = "reports below a heading row, or those of a form that attain template makes"
    return attain.Finding(code="unreadable_file", message=message, where=file, expected=expected, severity=severity)
