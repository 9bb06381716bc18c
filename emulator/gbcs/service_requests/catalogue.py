"""The service requests that come with the package, by service reference variant (DUIS 5.4)."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final

from emulator.gbcs.service_requests.record import (
    FutureDating,
    ServiceRequestType,
    ServiceUseCase,
)
from emulator.kernel.errors import UsageError

_DATA: Final = "records.jsonl"


def service_requests() -> tuple[ServiceRequestType, ...]:
    """Every service request type, in the order of the request matrix."""
    return tuple(_by_variant().values())


def service_request(srv: str) -> ServiceRequestType:
    """The service request type of a service reference variant.

    Raises:
        UsageError: when the variant is not known.
    """
    known = _by_variant().get(srv)
    if known is None:
        raise UsageError(f"service reference variant {srv!r} is not known, expected one like 8.1.1")
    return known


@cache
def _by_variant() -> Mapping[str, ServiceRequestType]:
    lines = files(__package__).joinpath(_DATA).read_text("utf-8").splitlines()
    records = (_service_request(json.loads(line)) for line in lines[1:])
    return MappingProxyType({each.srv: each for each in records})


def _service_request(record: Mapping[str, Any]) -> ServiceRequestType:
    return ServiceRequestType(
        srv=record["srv"],
        sr=record["sr"],
        name=record["name"],
        element=record["element"],
        critical=record["critical"],
        non_device=record["non_device"],
        on_demand=record["on_demand"],
        future_dated=tuple(FutureDating(each) for each in record["future_dated"]),
        dcc_scheduled=record["dcc_scheduled"],
        user_roles=tuple(record["user_roles"]),
        command_variants=tuple(record["command_variants"]),
        use_cases=tuple(_use_case(each) for each in record["use_cases"]),
        sensitive=record["sensitive"],
        differs=MappingProxyType(record.get("differs", {})),
    )


def _use_case(record: Mapping[str, Any]) -> ServiceUseCase:
    parameters = {name: tuple(values) for name, values in record.get("parameters", {}).items()}
    return ServiceUseCase(
        name=record["name"],
        code=int(record["code"], 16),
        devices=tuple(record["devices"]),
        alert_codes=tuple(int(code, 16) for code in record.get("alert_codes", ())),
        parameters=MappingProxyType(parameters),
    )
