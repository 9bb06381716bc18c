"""Requests that passed every check and are to become commands (DUIS 5.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from emulator.dcc.checks.access_control import Case
from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.orders.request_devices import named_device
from emulator.dcc.service_request import ServiceRequest
from emulator.dcc.users import User
from emulator.dcc.world import DccWorld
from emulator.gbcs.commands.services import service_use_cases
from emulator.gbcs.service_requests.record import ServiceRequestType, ServiceUseCase
from emulator.kernel.errors import UsageError
from emulator.kernel.units import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request that passed every check, with what it is about.

    Args:
        known: what the DCC knows that chooses the use case: `OtherDeviceType`, `UserRole`,
            `ESMEVariant`.
        due: whether it waited, and its date has come.
        schedule: number of the schedule that asks for it.
    """

    request: ServiceRequest
    service: ServiceRequestType
    user: User
    device: DeviceRecord
    now: Instant
    known: Mapping[str, object] = field(default_factory=dict)
    due: bool = False
    schedule: int | None = None

    @property
    def parameters(self) -> Mapping[str, object]:
        """The parameters of the request, and what else chooses the use case."""
        return {**self.request.parameters, **self.known}

    @property
    def use_case(self) -> ServiceUseCase:
        """The use case that the request becomes on this device: the one it says most for.

        Raises:
            UsageError: when none fits the parameters.
        """
        kind = self.device.kind.value
        fitting = service_use_cases(self.service.srv, kind, self.parameters)
        if not fitting:
            raise UsageError(f"{self.service} with {sorted(self.parameters)}: not for a {kind}")
        return max(fitting, key=lambda each: len(each.parameters))


def known_parameters(case: Case, world: DccWorld) -> dict[str, object]:
    """What the DCC knows of a request that chooses its use case."""
    known: dict[str, object] = {"UserRole": case.roles[0].value} if case.roles else {}
    other = named_device(case.request.parameters)
    listed = None if other is None else world.inventory.device(other)
    if listed is not None:
        known["OtherDeviceType"] = listed.kind.value
    if case.device is not None and case.device.device in world.backups.variants:
        known["ESMEVariant"] = world.backups.variants[case.device.device]
    return known
