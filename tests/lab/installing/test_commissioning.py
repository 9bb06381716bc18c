"""How a home comes up, device by device, and what its steps say when one does not."""

from pathlib import Path
from typing import Any

import pytest

from emulator.crypto.install_code import InstallCode
from emulator.kernel.units import seconds
from emulator.lab.home.home import Home, has_agreed_key
from emulator.lab.installing.commissioning import (
    commission,
    finish_joining,
    form_network,
    interviewed,
    join,
    read_again,
    register,
    try_to_join,
)
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.lab.steps.unmet import StepFailed
from emulator.smart_energy.device import SmartEnergyDevice
from emulator.smart_energy.facts import (
    AttributesRead,
    InterviewEnded,
    JoiningOpened,
    KeyEstablished,
)
from emulator.smart_energy.primitives import Register, StartJoining, TerminateStatus, Unregister
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT, KeyCommand
from emulator.zcl.primitives import ZclAddress, ZclCommandRequest
from emulator.zigbee.addresses import COORDINATOR, Endpoint
from emulator.zigbee.aps.primitives import KeyOrigin
from emulator.zigbee.nwk.facts import NetworkFormed
from emulator.zigbee.zdo.facts import RemovalObeyed

SHIPMENTS = Path(__file__).parents[2] / "data/shipments"


@pytest.fixture
def lab() -> Lab:
    """A hub and one electricity meter."""
    return Lab(read_shipment(SHIPMENTS / "one-meter.csv"), LabOptions())


def names(lab: Lab) -> list[str]:
    return [step.name for step in lab.steps]


def test_whole_home_comes_up_step_by_step(lab: Lab) -> None:
    commission(lab, lab.home())

    assert names(lab) == [
        "the hub forms its network",
        "install codes are registered at the trust centre",
        "ESME joins under its install code",
        "ESME agrees a link key by CBKE",
        "ESME and the hub read each other",
        "joining is closed",
    ]
    assert {step.verdict for step in lab.steps} == {Verdict.PASS}
    assert all(step.clause for step in lab.steps)


def test_joined_device_has_a_key_of_its_own_and_both_have_read_each_other(lab: Lab) -> None:
    home = lab.home()
    (meter,) = home.joiners

    commission(lab, home)

    assert has_agreed_key(meter)
    assert interviewed(lab, home, meter)


def test_network_is_closed_at_the_end(lab: Lab) -> None:
    commission(lab, lab.home())

    assert [fact.seconds for _, fact in lab.trace.of(JoiningOpened)][-1] == 0


def test_device_that_nobody_registered_stays_outside(lab: Lab) -> None:
    home = lab.home()
    form_network(lab, home)

    try_to_join(lab, home, home.joiners[0])

    assert names(lab)[-1] == "ESME stays outside"
    assert lab.steps[-1].verdict is Verdict.PASS


def test_device_that_gets_in_against_the_rules_fails_the_step(lab: Lab) -> None:
    home = lab.home()
    form_network(lab, home)
    register(lab, home, *home.joiners)

    with pytest.raises(StepFailed, match="ESME stays outside: fail"):
        try_to_join(lab, home, home.joiners[0])


def test_device_that_does_not_join_is_told_with_how_far_it_came(lab: Lab) -> None:
    home = lab.home()
    form_network(lab, home)

    with pytest.raises(StepFailed, match=r"given up: .* for "):
        join(lab, home, home.joiners[0], within="1 min")


def test_device_that_lost_power_comes_back_to_its_network_under_its_key(lab: Lab) -> None:
    home = lab.home()
    (meter,) = home.joiners
    commission(lab, home)
    address = meter.nwk_address
    meter.power_off()
    lab.run("10 min")

    join(lab, home, meter)

    assert names(lab)[-2:] == [
        "ESME rejoins with the keys it kept",
        "ESME reads the hub under the keys it kept",
    ]
    assert meter.nwk_address == address
    assert len(list(lab.trace.of(KeyEstablished, "ESME"))) == 1


def test_hub_that_lost_power_starts_the_network_it_had(lab: Lab) -> None:
    home = lab.home()
    commission(lab, home)
    home.hub.power_off()

    form_network(lab, home)
    read_again(lab, home, home.joiners[0])

    assert "the hub starts its network again" in names(lab)
    assert len(list(lab.trace.of(NetworkFormed))) == 1


def test_device_that_is_read_again_is_read_again(lab: Lab) -> None:
    home = lab.home()
    commission(lab, home)
    before = len(list(lab.trace.of(AttributesRead, "ESME")))

    read_again(lab, home, home.joiners[0])

    assert len(list(lab.trace.of(AttributesRead, "ESME"))) == 2 * before


def test_device_whose_questions_are_lost_asks_again(lab: Lab) -> None:
    home = lab.home()
    commission(lab, home)
    (meter,) = home.joiners
    lab.out_of_reach(home.hub, meter)
    lab.scheduler.after(seconds(40), lambda: lab.in_reach(home.hub, meter))

    read_again(lab, home, meter)

    ends = [end.complete for _, end in lab.trace.of(InterviewEnded, meter.name)]
    assert ends[-2:] == [False, True]


def test_device_that_was_unregistered_leaves_and_can_be_registered_and_join_again(
    lab: Lab,
) -> None:
    home = lab.home()
    (meter,) = home.joiners
    commission(lab, home)
    home.hub.post(Unregister(meter.description.eui64))
    lab.run("1 min")
    outside = not meter.joined and meter.link_key_origin is KeyOrigin.PRECONFIGURED
    home.hub.post(Register(meter.description.eui64, install_code(home, meter)))
    home.permit_join(254)
    meter.post(StartJoining())

    finish_joining(lab, home, meter)

    assert outside
    assert has_agreed_key(meter)


def install_code(home: Home, device: SmartEnergyDevice) -> InstallCode:
    code = home.shipped(device).install_code
    assert code is not None
    return code


def test_stranger_behind_a_router_is_sent_away_and_joins_once_it_is_registered() -> None:
    lab = Lab(read_shipment(SHIPMENTS / "electricity-only-short-codes.csv"), LabOptions())
    home = lab.home()
    router, stranger, _ = home.joiners
    lab.out_of_reach(home.hub, stranger)
    form_network(lab, home)
    register(lab, home, router)
    join(lab, home, router)

    try_to_join(lab, home, stranger)
    removed = [fact.target for _, fact in lab.trace.of(RemovalObeyed, router.name)]
    home.register(stranger)
    home.permit_join(254)
    finish_joining(lab, home, stranger)

    assert set(removed) == {stranger.description.eui64}
    assert stranger.parent == router.description.eui64


@pytest.mark.parametrize("command", [KeyCommand.INITIATE, KeyCommand.CONFIRM_KEY])
def test_key_establishment_command_of_a_wrong_format_is_a_bad_message(
    lab: Lab, command: KeyCommand
) -> None:
    home = lab.home()
    (meter,) = home.joiners
    commission(lab, home)
    terminated: list[Any] = []
    home.hub.power_off()
    home.hub.observe((ZclCommandRequest,), terminated.append)
    form_network(lab, home)

    at_hub = ZclAddress(COORDINATOR, Endpoint(1))
    cluster = KEY_ESTABLISHMENT.id
    meter.post(
        ZclCommandRequest(10**6, at_hub, Endpoint(1), cluster, command, b"no", link_key=False)
    )
    lab.run("2 s")

    answers = [(each.command, each.payload[0]) for each in terminated if each.cluster == cluster]
    assert answers == [(KeyCommand.TERMINATE, TerminateStatus.BAD_MESSAGE)]
