"""From service requests to the use cases they become (DUIS 5.4; GBCS use-case annex)."""

from collections.abc import Collection, Mapping

from emulator.gbcs.commands.parameter_groups import flat_parameters
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.gbcs.service_requests.record import ServiceUseCase
from emulator.kernel.errors import UsageError


def use_cases_for(
    srv: str, device: str, parameters: Mapping[str, object] | None = None
) -> tuple[int, ...]:
    """The message codes that a service request may become on a device; the usual one first.

    Args:
        srv: service reference variant (`8.11`).
        device: device type (`ESME`).
        parameters: of the request, by their DUIS names; where given, those use cases fall out
            that they do not choose.

    Raises:
        UsageError: when the variant is not known.
    """
    codes = (each.code for each in service_use_cases(srv, device, parameters))
    return tuple(dict.fromkeys(codes))


def service_use_cases(
    srv: str, device: str, parameters: Mapping[str, object] | None = None
) -> tuple[ServiceUseCase, ...]:
    """The use cases that a service request may become on a device, see `use_cases_for`."""
    fitting = (each for each in service_request(srv).use_cases if device in each.devices)
    if parameters is None:
        return tuple(fitting)
    flat = flat_parameters(parameters)
    return tuple(each for each in fitting if _chosen(each.parameters, flat))


def service_use_case(srv: str, device: str, parameters: Mapping[str, object]) -> ServiceUseCase:
    """The one use case that a service request with these parameters becomes on a device.

    Raises:
        UsageError: when the variant is not known, or none fits the device and the parameters.
    """
    chosen = service_use_cases(srv, device, parameters)
    if not chosen:
        raise UsageError(f"service request {srv} with {sorted(parameters)}: not for a {device}")
    return chosen[0]


def _chosen(wanted: Mapping[str, Collection[str]], given: Mapping[str, object]) -> bool:
    return all(
        name in given and (not values or str(given[name]) in values)
        for name, values in wanted.items()
    )
