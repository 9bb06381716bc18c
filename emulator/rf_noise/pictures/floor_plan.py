"""A floor plan with the links of its devices to the hub, and what noise leaves of their margins."""

from collections.abc import Sequence
from dataclasses import dataclass

from emulator.lab.kept.result import Picture
from emulator.lab.planning.plan_picture import plan_picture
from emulator.radio.propagation.floor_plan import FloorPlan


@dataclass(frozen=True, slots=True)
class LinkMargin:
    """A link to the hub with noise, as a `DrawnLink`.

    Args:
        one: the hub.
        other: the device at the far end.
        band: by name.
        before: margin over what the receiver needs without the noise, dB.
        margin: the same with it, dB.
    """

    one: str
    other: str
    band: str
    before: float
    margin: float

    @property
    def label(self) -> str:
        """Both margins."""
        return f"{self.before:.0f} \u2192 {self.margin:.0f} dB"

    @property
    def words(self) -> str:
        """Both margins, with what they are."""
        return f"margin {self.before:.0f} dB, with the noise {self.margin:.0f} dB"


def floor_plan_picture(plan: FloorPlan, hub: str, links: Sequence[LinkMargin]) -> Picture:
    """The picture of every storey, side by side.

    Args:
        plan: the building.
        hub: the device at which all links end.
        links: to it, one at least.
    """
    told = "; ".join(f"{each.other} {each.before:.0f} dB, {each.margin:.0f} dB" for each in links)
    return Picture(
        f"Floor plan of {plan.name} with link margins at {links[0].band}",
        plan_picture(plan, links, hub),
        f"Margin before and after the noise: {told}. Colours are of the margin with the noise. "
        "Margins are of what the hub hears.",
    )
