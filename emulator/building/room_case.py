"""A crowded meter room as a scenario has it: what is done and refused, and what reports show."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from emulator.alt_han.coordination import actions as act
from emulator.alt_han.coordination.coordinator import Coordinator
from emulator.alt_han.coordination.parties import Site
from emulator.alt_han.meter_room.placement import Fit, Need, fit
from emulator.alt_han.meter_room.room import MeterRoom
from emulator.building.notices_picture import notices_picture
from emulator.building.room_picture import room_picture
from emulator.dcc.working_days import WorkingDays
from emulator.lab.lab import Lab

MONDAY: Final = datetime(2026, 1, 5, 9, tzinfo=UTC)


class RoomCase:
    """Drives a coordination in the steps of a lab; days pass when the scenario says so.

    Args:
        lab: whose report it is.
        site: the room and its parties, as found.
    """

    def __init__(self, lab: Lab, site: Site) -> None:
        self.coordinator = Coordinator(site, WorkingDays())
        self.now = MONDAY
        self.site = site
        self._lab = lab

    @property
    def room(self) -> MeterRoom:
        """The room as it is now."""
        return self.coordinator.ledger.room

    def wait(self, *, days: int = 0, hours: int = 0) -> None:
        """Let days or hours pass."""
        self.now += timedelta(days=days, hours=hours)

    def do(self, name: str, clause: str, actions: Iterable[act.Action]) -> None:
        """A step in which everything is allowed and done, all at one moment.

        Raises:
            StepFailed: when something is refused.
        """
        told = ""
        for action in actions:
            refusal = self.coordinator.handle(action, self.now)
            if refusal is not None:
                told = f"{type(action).__name__}: {refusal.reason} ({refusal.clause})"
                break
        self._lab.step(name, clause).expect(
            lambda: not told, told or f"{self.now:%a %d %b %H:%M}; {self.coordinator.stage.value}"
        )

    def refused(self, name: str, clause: str, action: act.Action) -> None:
        """A step in which an action is refused for the reason of a clause, and changes nothing.

        Args:
            name: of the step.
            clause: that must be the one it is refused for.
            action: what is tried.

        Raises:
            StepFailed: when it is done, or refused for something else.
        """
        before = self.coordinator.stage, self.room, len(self.coordinator.history)
        bars = self.coordinator.bars(action, self.now)
        refusal = self.coordinator.handle(action, self.now)
        after = self.coordinator.stage, self.room, len(self.coordinator.history)
        told = "" if refusal is None else f"{refusal.reason} ({refusal.clause})"
        reasons = {each.clause for each in (*bars, *((refusal,) if refusal else ()))}
        self._lab.step(name, clause).expect(
            lambda: refusal is not None and clause in reasons and before == after,
            told or "it was done",
        )

    def tried(self, name: str, needs: Sequence[Need], *, fits: bool) -> Fit:
        """A step in which it is tried whether devices fit into the room as it is now.

        Raises:
            StepFailed: when that is not as expected.
        """
        found = fit(self.room, needs)
        missing = ", ".join(each.name for each in found.missing)
        told = f"no space for {missing}" if missing else "everything fits"
        self._lab.step(name, "DCP 400 3.2 to 3.4").expect(lambda: found.fits is fits, told)
        return found

    def show_room(self, title: str, room: MeterRoom | None = None) -> None:
        """Put the room, as it is or as given, into the report."""
        shown = self.room if room is None else room
        self._lab.picture(
            f"{shown.name}: {title}", room_picture(shown), "The wall in millimetres, by owner."
        )

    def show_notices(self) -> None:
        """Put the notices with their deadlines into the report."""
        self._lab.picture(
            f"{self.room.name}: notices",
            notices_picture(tuple(self.coordinator.notices), self.now),
            "From when each arose to when it was sent; the mark is its deadline.",
        )
