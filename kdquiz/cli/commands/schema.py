"""`kdquiz schema [topic|pack|drill|sources|facts]`: the JSON Schema of a content file, for completion in an editor."""

import click

from kdquiz.library.schema import SCHEMAS, as_text, shipped_file


@click.command(name="schema")
@click.argument("name", metavar="[topic|pack|drill|sources|facts]", type=click.Choice(tuple(SCHEMAS)), default="topic")
@click.option("--path", "as_path", is_flag=True, help="Where the schema lies on this machine, to be named in a file.")
def command(name: str, as_path: bool) -> None:
    """Print the JSON Schema of a topic file (the default), or of a pack's other files, by their names.

    Editors complete and check by it. With the YAML extension of VS Code, and wherever the YAML language server runs,
    write what `kdquiz schema topic --path` prints into the file's first line:

    \b
      # yaml-language-server: $schema=/what/it/printed/topic.json

    Or keep a copy beside the pack (`kdquiz schema topic > topic.schema.json`) and name that. A schema knows keys, kinds
    and types; what else can be wrong is told by `kdquiz check`.
    """
    click.echo(shipped_file(name) if as_path else as_text(SCHEMAS[name]()), nl=as_path)
