"""Requests that passed every check and are to become commands (DUIS 5.4)."""

from dataclasses import dataclass

from emulator.dcc.inventory.records import DeviceRecord
from emulator.dcc.service_request import ServiceRequest
from emulator.dcc.users import User
from emulator.gbcs.commands.services import service_use_case
from emulator.gbcs.service_requests.record import ServiceRequestType, ServiceUseCase
from emulator.kernel.units import Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A request that passed every check, with what it is about.

    Args:
        due: whether it waited, and its date has come.
        schedule: number of the schedule that asks for it.
    """

    request: ServiceRequest
    service: ServiceRequestType
    user: User
    device: DeviceRecord
    now: Instant
    due: bool = False
    schedule: int | None = None

    @property
    def use_case(self) -> ServiceUseCase:
        """The use case that the request becomes on this device.

        Raises:
            UsageError: when none fits the parameters.
        """
        kind = self.device.kind.value
        return service_use_case(self.service.srv, kind, self.request.parameters)
