"""An emulated home behind a GFI line: its hub has no WAN, and the line stands in for one.

Service mode `gfi` of SEC H14.51 and H14.52, as on the bench, but with every device of the shipment.
"""

from collections.abc import Mapping
from typing import Final

from emulator.bench.gfi_line.settings import USUAL, GfiLineSettings
from emulator.equipment.primitives import FromWan, ToWan
from emulator.equipment.request import RemoteParties
from emulator.gbcs_device.primitives import AdmitDevice
from emulator.kernel.errors import EnvironmentFault
from emulator.kernel.identity import Eui64
from emulator.kernel.units import Duration, later
from emulator.lab.installing.commissioning import JOIN_WINDOW, finish_joining, form_network
from emulator.lab.lab import Lab
from emulator.lab.steps.unmet import StepFailed

LOGGED_AS: Final[Mapping[str, int]] = {
    "ESME": 0,
    "GSME": 1,
    "HCALCS": 13,
    "IHD": 128,
    "CAD": 130,
    "PPMID": 132,
}
"""Device types in CCS01 (GBCS use-case annex); another type joins as a Type 2 device."""
_TYPE_2: Final = 130
_MIRROR: Final = "2 min"


class ServedHome:
    """A home that has joined, spoken to through the WAN port of its hub.

    Args:
        lab: with a shipment; nobody has asked for its home yet.
        remote: whom its devices know.
        settings: how long devices are waited for.

    Raises:
        EnvironmentFault: when a device does not join.
    """

    def __init__(self, lab: Lab, remote: RemoteParties, settings: GfiLineSettings = USUAL) -> None:
        self._settings = settings
        self._inbox: list[bytes] = []
        self.lab = lab
        lab.know(remote)
        home = lab.home()
        self._hub = home.hub
        self._sleepy = frozenset(
            each.description.eui64 for each in home.joiners if each.description.sleepy
        )
        self._own = {lab.shipment.hub.eui64, lab.shipment.gas_proxy.eui64}
        self._hub.observe((ToWan,), self._keep)
        try:
            self._come_up()
        except StepFailed as failure:
            step = failure.step
            raise EnvironmentFault(
                f"the home does not come up: {step.name}: {step.detail}"
            ) from None

    def give(self, octets: bytes, recipient: Eui64 | None) -> None:
        """Hand the hub a message, and let it be answered, as far as that is known to take.

        Time runs until something comes up, or nothing is waited for any longer.
        """
        self._hub.post(FromWan(octets))
        self.wait(self._patience(recipient), until_heard=True)

    def take(self) -> tuple[bytes, ...]:
        """What came up since this was last asked."""
        came = tuple(self._inbox)
        self._inbox.clear()
        return came

    def wait(self, duration: Duration, *, until_heard: bool = False) -> None:
        """Let time pass in the home."""
        scheduler = self.lab.scheduler
        stop = self._heard if until_heard else None
        scheduler.run(later(scheduler.now, duration), stop=stop)

    def _patience(self, recipient: Eui64 | None) -> Duration:
        if recipient is None or recipient in self._own:
            return Duration(0)
        if recipient in self._sleepy:
            return self._settings.sleepy_answer
        return self._settings.answer

    def _heard(self) -> bool:
        return bool(self._inbox)

    def _keep(self, sent: ToWan) -> None:
        self._inbox.append(sent.octets)

    def _come_up(self) -> None:
        """The hub forms its network; everything joins under its install code."""
        home = self.lab.home()
        form_network(self.lab, home)
        for device in home.joiners:
            line = home.shipped(device)
            if line.install_code is None:
                continue
            number = LOGGED_AS.get(line.type, _TYPE_2)
            code = line.install_code.octets
            self._hub.post(AdmitDevice(line.eui64, number, code, JOIN_WINDOW))
            device.power_on()
            finish_joining(self.lab, home, device)
        if self._sleepy:
            self.lab.run(_MIRROR)
        self._inbox.clear()
