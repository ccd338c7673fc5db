"""`kdquiz drill [ID]`: a coding drill in the app."""

import click

from kdquiz.cli import services


@click.command(name="drill")
@click.argument("drill_id", metavar="[ID]", required=False)
def command(drill_id: str | None) -> None:
    """Open a coding drill: write the function, Ctrl+R grades it.

    Without an ID, the home screen opens, where the drills are listed.
    """
    if drill_id is not None:
        services.drill_by_id(services.open_library(), drill_id)
    from kdquiz.cli.app import open_app
    from kdquiz.tui.start import DrillStart, Home

    open_app(Home() if drill_id is None else DrillStart(drill_id=drill_id))
