"""`hanlab rf plan`: what a floor plan means for radio."""

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from emulator.lab.commands.common_options import AsJson

Band = Literal["2.4", "868", "915", "all"]

_BANDS: Final = {"2.4": ("2.4 GHz",), "868": ("868 MHz",), "915": ("915 MHz",)}
_PLAN: Final = typer.Argument(metavar="FILE", help="Floor plan in TOML.", show_default=False)
_LINKS: Final = typer.Option(
    "--links", metavar="FILE", help="CSV of measured losses; they weigh more.", show_default=False
)
_HUB: Final = typer.Option(metavar="NAME", help="The device that the others want to reach.")
_BAND: Final = typer.Option(help="The band to look at.")
_MARGIN: Final = typer.Option(help="What a link must have to spare, dB.", min=-30, max=60)
_POWER: Final = typer.Option(help="Of every transmitter, dBm.", min=-60, max=30)
_SET: Final = typer.Option(
    "--set", metavar="ROOM.setting=VALUE", help="Change a setting.", show_default=False
)
_SEED: Final = typer.Option(help="Of the shadowing of links.", min=0)
_SVG: Final = typer.Option(metavar="FILE", help="Write the plan with margins.", show_default=False)
_HTML: Final = typer.Option(metavar="FILE", help="Write pictures and tables.", show_default=False)


def plan(  # noqa: PLR0913 - each argument is an option of the command
    plan: Annotated[Path, _PLAN],
    *,
    links: Annotated[Path | None, _LINKS] = None,
    hub: Annotated[str, _HUB] = "CHF",
    band: Annotated[Band, _BAND] = "all",
    margin: Annotated[float, _MARGIN] = 10.0,
    power: Annotated[float, _POWER] = 0.0,
    assignments: Annotated[list[str] | None, _SET] = None,
    seed: Annotated[int, _SEED] = 1,
    svg: Annotated[Path | None, _SVG] = None,
    html: Annotated[Path | None, _HTML] = None,
    as_json: AsJson = False,
) -> None:
    """Tell the links of a floor plan: margins, lost frames, who reaches whom, which channel.

    Exit status 1 when a device reaches the hub at no band; 2 when the plan is wrong.

    Examples:
      hanlab rf plan home.toml
      hanlab rf plan home.toml --band 2.4 --html home.html
      hanlab rf plan home.toml --links measured.csv --json | jq '.bands[0].next_hop'
      hanlab rf plan home.toml --set propagation.shadowing=0 --svg home.svg
    """
    from emulator.lab.planning.plan_command import PlanRequest, plan_command  # noqa: PLC0415 - help

    request = PlanRequest(
        plan=plan,
        links=links,
        hub=hub,
        bands=_BANDS.get(band) or tuple(name for each in _BANDS.values() for name in each),
        margin=margin,
        power=power,
        assignments=tuple(assignments or ()),
        seed=seed,
        svg=svg,
        html=html,
    )
    raise typer.Exit(plan_command(request, as_json=as_json))
