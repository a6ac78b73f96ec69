"""``attain methods``"""

from __future__ import annotations

import click

import attain
from attain.cli import _options as options
from attain.cli import _output as output


@options.command(epilog=options.examples("methods", "methods --json"))
@options.language
@options.as_json
def methods(language: str, as_json: bool) -> None:
    words = options.words()
    if as_json:
        click.echo(output.to_json([_row(method) for method in attain.built_in_methods()]))
        return
    for method in attain.built_in_methods():
        click.echo(f"{method.reference}  {words('method_verified' if method.verified else 'method_unverified')}")
        click.echo(f"    {words.of_method('source', method.source)}")
        if method.caveat:
            click.echo(f"    {words.of_method('caveat', method.caveat)}")


def _row(method: attain.MethodSpec) -> dict[str, object]:
    names = ("reference", "name", "version", "verified", "source", "caveat", "states")
    return {name: getattr(method, name) for name in names}
