"""`hanlab building`: many homes, and who is reached in them."""

from pathlib import Path
from typing import Annotated, Final

import typer

from emulator.lab.commands.common_options import AsJson

_BUILDING: Final = typer.Argument(metavar="FILE", help="Building in TOML.", show_default=False)
_MARGIN: Final = typer.Option(help="What a link must have to spare, dB.", min=-30, max=60)
_SEED: Final = typer.Option(help="Of the shadowing of links.", min=0)
_SET: Final = typer.Option(
    "--set", metavar="ROOM.setting=VALUE", help="Change a setting.", show_default=False
)
_SVG: Final = typer.Option(metavar="FILE", help="Write the building drawn.", show_default=False)
_HTML: Final = typer.Option(metavar="FILE", help="Write picture and table.", show_default=False)
_ROOM: Final = typer.Argument(metavar="FILE", help="Meter room in TOML.", show_default=False)
_ROOM_SVG: Final = typer.Option("--svg", metavar="FILE", help="Write the room as it is then.")
_NOTICES: Final = typer.Option(metavar="FILE", help="Write the notices drawn.")


def plan(  # noqa: PLR0913 - each argument is an option of the command
    building: Annotated[Path, _BUILDING],
    *,
    margin: Annotated[float, _MARGIN] = 10.0,
    seed: Annotated[int, _SEED] = 1,
    assignments: Annotated[list[str] | None, _SET] = None,
    svg: Annotated[Path | None, _SVG] = None,
    html: Annotated[Path | None, _HTML] = None,
    as_json: AsJson = False,
) -> None:
    """Tell of each dwelling: direct, point-to-point, shared, or unreachable, with margins.

    Exit status 1 when a dwelling is unreachable; 2 when the file is wrong.

    Examples:
      hanlab building plan block.toml
      hanlab building plan block.toml --html block.html --svg block.svg
      hanlab building plan block.toml --json | jq '.counts'
      hanlab building plan block.toml --set propagation.shadowing=0
    """
    from emulator.building.plan_command import (  # noqa: PLC0415 - help
        BuildingPlanRequest,
        building_plan_command,
    )

    request = BuildingPlanRequest(
        building=building,
        margin=margin,
        seed=seed,
        assignments=tuple(assignments or ()),
        svg=svg,
        html=html,
    )
    raise typer.Exit(building_plan_command(request, as_json=as_json))


def room(
    room: Annotated[Path, _ROOM],
    *,
    svg: Annotated[Path | None, _ROOM_SVG] = None,
    notices: Annotated[Path | None, _NOTICES] = None,
    as_json: AsJson = False,
) -> None:
    """Go through the coordination of a crowded meter room: is each step allowed, does it fit then.

    Exit status 1 when something does not fit; 2 when the file is wrong or a rule bars a step.

    Examples:
      hanlab building room basement.toml
      hanlab building room basement.toml --svg room.svg --notices notices.svg
      hanlab building room basement.toml --json | jq '.notices[] | select(.state == "overdue")'
    """
    from emulator.building.room_command import RoomRequest, room_command  # noqa: PLC0415 - help

    request = RoomRequest(room=room, svg=svg, notices=notices)
    raise typer.Exit(room_command(request, as_json=as_json))


app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Buildings with many homes.

    Examples:
      hanlab building plan block.toml
      hanlab building room basement.toml
    """,
)


@app.callback()
def _building() -> None:
    """Buildings with many homes."""


app.command("room")(room)
app.command("plan")(plan)
