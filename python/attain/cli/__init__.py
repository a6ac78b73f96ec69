"""The command line: one file a command; docs/command-line.md is its page.

Exit codes: 0 all is well; 1 an input is wrong, ``check`` found an error, or a package is missing; 2 the command was not understood;
130 interrupted.
Output is UTF-8, whatever the locale says. Texts are in the catalogue.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence

import click

import attain
from attain.cli import _options as options
from attain.cli.check import check
from attain.cli.compare import compare
from attain.cli.evaluate import evaluate
from attain.cli.explain import explain
from attain.cli.import_ import import_
from attain.cli.methods import methods
from attain.cli.quality import quality
from attain.cli.report import report
from attain.cli.schema import schema
from attain.cli.template import template
from attain.cli.workbook import workbook

__all__ = ["commands", "run"]

# In the order of the help: from a file to an answer, then what helps.
_COMMANDS = (check, quality, evaluate, explain, compare, report, template, import_, workbook, methods, schema)


@click.group(
    "attain",
    cls=options.Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=options.examples(
        "check    examples/nanchang-2021", "evaluate examples/nanchang-2021 --as-of 2021-12-31", "COMMAND --help"
    ),
)
@click.version_option(attain.__version__, prog_name="attain")
@click.pass_context
def commands(context: click.Context) -> None:
    """``attain COMMAND``"""
    if os.environ.get("NO_COLOR"):
        context.color = False


for _command in _COMMANDS:
    commands.add_command(_command)


# -- where the C++ side lies -----------------------------------------------------------------------


def _print_path(get: Callable[[], str]) -> Callable[[click.Context, click.Parameter, bool], None]:
    def callback(context: click.Context, parameter: click.Parameter, wanted: bool) -> None:
        if wanted:
            click.echo(get())
            context.exit()

    return callback


for _name, _get in (("--includes", attain.get_include), ("--cmakedir", attain.get_cmake_dir)):
    commands.params.append(click.Option([_name], is_flag=True, expose_value=False, is_eager=True, callback=_print_path(_get)))

options.speak(commands, "en")


def run(arguments: Sequence[str]) -> int:
    """Runs the command line and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    language = options.asked_language(arguments)
    options.speak(commands, language)
    with options.click_speaks(language):
        try:
            code = commands.main(args=list(arguments), prog_name="attain", standalone_mode=False, obj=language)
            return code if isinstance(code, int) else 0
        except click.exceptions.Exit as done:
            return done.exit_code
        except click.ClickException as problem:
            problem.show()
            return problem.exit_code
        except click.Abort:
            return 130
