"""``attain methods``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options
from attain.cli import _output as output


@click.command(
    short_help="Lists the methods that come with attain, with their sources.", epilog=options.examples("methods", "methods --json")
)
@options.as_json
def methods(as_json: bool) -> None:
    """Lists the methods that come with attain: where each is from, and whether it was checked against its publisher."""
    if as_json:
        click.echo(output.to_json([_row(method) for method in attain.built_in_methods()]))
        return
    for method in attain.built_in_methods():
        click.echo(f"{method.reference}  {'verified' if method.verified else 'unverified'}")
        click.echo(f"    {method.source}")
        if method.caveat:
            click.echo(f"    {method.caveat}")


def _row(method: attain.MethodSpec) -> dict[str, object]:
    names = ("reference", "name", "version", "verified", "source", "caveat", "states")
    return {name: getattr(method, name) for name in names}
