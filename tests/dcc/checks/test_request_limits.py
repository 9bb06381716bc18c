import pytest

from emulator.dcc.checks.request_limits import broken_limit
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.testing.scenes.dcc_scene import ESME, HUB


def request(
    variant: int = 1,
    pre_command: bytes | None = None,
    counter: int = 1,
    parameters: dict[str, object] | None = None,
) -> ServiceRequest:
    return ServiceRequest(
        request_id=RequestId(HUB, ESME, counter),
        srv="8.11",
        variant=variant,
        pre_command=pre_command,
        parameters=parameters or {},
    )


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"JoinTimePeriod": 1},
        {"JoinTimePeriod": 3600},
        {"JoinTimePeriod": "90"},
        {"InstallCode": bytes(6)},
        {"InstallCode": "00" * 16},
        {"StartDateOffset": -400, "EndDateOffset": 0},
    ],
)
def test_what_the_schema_allows_passes(parameters: dict[str, object]) -> None:
    assert broken_limit(request(parameters=parameters)) is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("JoinTimePeriod", 0),
        ("JoinTimePeriod", 3601),
        ("JoinTimePeriod", "soon"),
        ("InstallCode", bytes(5)),
        ("InstallCode", bytes(17)),
        ("InstallCode", "no hexadecimal"),
        ("InstallCode", 7),
        ("StartDateOffset", 1),
        ("EndDateOffset", -401),
    ],
)
def test_what_the_schema_does_not_allow_is_named(name: str, value: object) -> None:
    assert (broken_limit(request(parameters={name: value})) or "").startswith(name)


@pytest.mark.parametrize("variant", range(1, 9))
def test_signed_variants_bring_a_pre_command_and_others_do_not(variant: int) -> None:
    """DUIS 5.4: variants 5, 6 and 7 bring what a user signed."""
    signed = variant in {5, 6, 7}

    assert (broken_limit(request(variant, b"signed")) is None) == signed
    assert (broken_limit(request(variant)) is None) != signed


def test_counter_is_not_negative() -> None:
    assert broken_limit(request(counter=0)) is None
    assert broken_limit(request(counter=-1)) is not None
