"""What the hub above a dongle asks of the dongle's trust centre."""

from typing import Any

from emulator.crypto.install_code import InstallCode
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.smart_energy.facts import JoiningOpened, Registered
from emulator.smart_energy.primitives import (
    FormNetwork,
    KeyEstablishmentEnded,
    KeyEstablishmentFailure,
    PermitJoin,
    Register,
    Unregister,
)
from hardware.zigpy_bridge.far_trust_centre import FarTrustCentre

METER = Eui64(0x00DB1234567890A0)
CODE = InstallCode.from_octets(bytes(range(16)))


def asked(*events: object) -> tuple[list[object], list[dict[str, Any]]]:
    told: list[dict[str, Any]] = []
    centre = FarTrustCentre(lambda **fields: told.append(fields))
    facts = [fact for each in events for fact in centre.handle(each, START)]
    return facts, told


def test_registered_device_is_admitted_under_its_install_code_while_joining_is_open() -> None:
    facts, told = asked(FormNetwork(), Register(METER, CODE), PermitJoin(900))

    assert facts == [Registered(METER), JoiningOpened(254)]
    key = CODE.link_key.hex()
    assert told == [{"do": "admit", "eui64": "00db1234567890a0", "key": key, "seconds": 254}]


def test_joining_is_closed_for_everybody() -> None:
    facts, told = asked(Register(METER, CODE), PermitJoin(0))

    assert facts[-1] == JoiningOpened(0)
    assert told == [{"do": "permit", "seconds": 0}]


def test_device_that_agreed_its_key_or_is_forgotten_is_admitted_no_more() -> None:
    agreed = KeyEstablishmentEnded(METER, None, initiator=False, failure=None)
    for end in (agreed, Unregister(METER)):
        _, told = asked(Register(METER, CODE), end, PermitJoin(60))

        assert told == [{"do": "permit", "seconds": 60}]


def test_device_whose_key_establishment_failed_may_try_again() -> None:
    silent = KeyEstablishmentFailure.NO_ANSWER
    failed = KeyEstablishmentEnded(METER, None, initiator=False, failure=silent)

    _, told = asked(Register(METER, CODE), failed, PermitJoin(60))

    assert [each["do"] for each in told] == ["admit"]
