"""``attain schema``"""

from __future__ import annotations

from pathlib import Path

import click

import attain
from attain.cli import _options as options


@options.command(
    epilog=options.examples("schema programme > programme.schema.json", "schema method --path"),
)
@click.argument("kind", type=click.Choice(["programme", "method"]))
@click.option("--path", is_flag=True)
def schema(kind: str, path: bool) -> None:
    file = Path(attain.get_schema_dir(), f"{kind}.schema.json")
    click.echo(str(file) if path else file.read_text("utf-8"), nl=path)
