"""A device of a test's home: installed when asked for, sent use cases, switched off and on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from emulator.gbcs.commands.heading import Activation, Execution
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.lab.installing.handover import hand_over_network
from emulator.lab.installing.installation import Installation
from emulator.lab.installing.visits import fit_hub, install_electricity, install_gas, install_others
from emulator.lab.interactive.exchange import Exchange, exchange_use_case
from emulator.lab.interactive.given_values import check_values
from emulator.lab.interactive.premises import device_named, kind_of, needed_for
from emulator.lab.interactive.sender import Role, UseCaseOrder
from emulator.lab.interactive.use_case_choice import chosen_use_case
from emulator.lab.shipments.shipment import HUB_TYPES
from emulator.lab.world.parties import NETWORK_OPERATOR
from emulator.smart_energy.device import SmartEnergyDevice

_METERS: Final[Mapping[str, Callable[[Installation, SmartEnergyDevice], None]]] = {
    "ESME": install_electricity,
    "GSME": install_gas,
}


@dataclass(frozen=True, slots=True)
class HomeDevice:
    """One device of a home.

    Args:
        work: the home and the DCC.
        eui64: of the device.
        device: with its radio; that of the hub for CHF and GPF.
    """

    work: Installation = field(repr=False)
    eui64: Eui64
    device: SmartEnergyDevice = field(repr=False)

    @property
    def name(self) -> str:
        """What reports call it."""
        return self.work.name(self.eui64)

    @property
    def joined(self) -> bool:
        """Whether it is on the network now."""
        return self.device.joined

    @property
    def status(self) -> str | None:
        """Its SMI status; None for a Type 2 device."""
        return self.work.side.status(self.eui64)

    def send(
        self,
        use_case: str,
        values: Mapping[str, object] | None = None,
        *,
        role: str = "",
        execution: Execution = Activation.NOW,
    ) -> Exchange:
        """Send a use case and wait for the answer; both are in the HAN's story.

        Args:
            use_case: by number or message code, `ECS17b` or `0027`.
            values: of the command, by name, as `hanlab send` takes them.
            role: as whom, `supplier` or `network-operator`; who usually does when empty.
            execution: when what can wait is to be done.

        Raises:
            UsageError: with everything that is wrong with use case, values and role.
        """
        chosen = chosen_use_case(use_case, kind_of(self.work, self.eui64))
        given = dict(values or {})
        check_values(chosen, given, self.name)
        order = UseCaseOrder(
            use_case=chosen,
            target=self.eui64,
            values=given,
            role=_role(role) if role else None,
            execution=execution,
        )
        return exchange_use_case(self.work, order)

    def power_off(self) -> None:
        """Take its power."""
        self.device.power_off()

    def power_on(self) -> None:
        """Give its power back."""
        self.device.power_on()

    def know_network_operator(self) -> None:
        """Give a meter the certificates of the network operator, who may then command it."""
        hand_over_network(self.work, self.device, NETWORK_OPERATOR)


def installed(work: Installation, name: str) -> HomeDevice:
    """A device of a home, installed now with what it needs, if it was not before.

    Raises:
        UsageError: when the home has no such device.
        StepFailed: when a step of the installation fails.
    """
    eui64 = device_named(work, name)
    if not work.home.hub.joined:
        work.pre_notify_hub()
        work.pre_notify(*work.home.joiners)
        fit_hub(work)
    for device in needed_for(work, eui64):
        if not device.joined:
            _install(work, device)
    own = (each for each in work.home.joiners if each.description.eui64 == eui64)
    hub = work.home.hub if kind_of(work, eui64) in HUB_TYPES else None
    return HomeDevice(work, eui64, next(own) if hub is None else hub)


def _install(work: Installation, device: SmartEnergyDevice) -> None:
    install = _METERS.get(device.description.kind)
    if install is None:
        install_others(work, (device,))
    else:
        install(work, device)


def _role(text: str) -> Role:
    try:
        return Role(text)
    except ValueError:
        known = ", ".join(each.value for each in Role)
        raise UsageError(f"no role {text!r}: expected one of {known}") from None
