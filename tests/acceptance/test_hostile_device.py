"""A device that has joined and then says anything: the hub stays up, and everybody else with it."""

from pathlib import Path

import pytest

from emulator.crypto.cbke import Suite
from emulator.kernel.streams import Stream
from emulator.lab.installing.commissioning import commission, read_again
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.smart_energy.facts import KeyEstablishmentFailed
from emulator.smart_energy.keys.key_messages import initiate
from emulator.smart_energy.settings import KeyEstablishmentSettings
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.primitives import Side, ZclAddress, ZclCommandRequest
from emulator.zigbee.addresses import COORDINATOR, Endpoint

SHIPMENTS = Path(__file__).parents[1] / "data/shipments"
HANDLES = 1_000_000
"""Where the handles of the test begin, far above those of the device itself."""


def hostile(lab: Lab, number: int, drawn: Stream) -> ZclCommandRequest:
    """Anything at all on the hub's Key Establishment cluster."""
    return ZclCommandRequest(
        handle=HANDLES + number,
        destination=ZclAddress(COORDINATOR, Endpoint(drawn.choice((1, 1, 1, 3, 200)))),
        source_endpoint=Endpoint(1),
        cluster=KEY_ESTABLISHMENT.id,
        command=drawn.choice((0, 0, 1, 2, 3, drawn.integer(4, 255))),
        payload=payload(lab, drawn),
        to_side=drawn.choice((Side.SERVER, Side.SERVER, Side.CLIENT)),
        link_key=False,
    )


def payload(lab: Lab, drawn: Stream) -> bytes:
    """Noise, or an Initiate of the device's own certificate with one octet changed."""
    if drawn.chance(0.5):
        return drawn.octets(drawn.integer(0, 82))
    identity = lab.home().joiners[0].description.credentials.identities[Suite.SECT283K1]
    octets = bytearray(initiate(Suite.SECT283K1, KeyEstablishmentSettings(), identity.certificate))
    octets[drawn.integer(0, len(octets) - 1)] ^= drawn.integer(0, 255)
    return bytes(octets)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_anything_on_the_key_establishment_cluster_leaves_the_network_as_it_was(seed: int) -> None:
    lab = Lab(read_shipment(SHIPMENTS / "electricity-only-short-codes.csv"), LabOptions(seed=seed))
    home = lab.home()
    commission(lab, home)
    attacker, *others = home.joiners
    drawn = Stream(f"hostile {seed}")

    for number in range(80):
        attacker.post(hostile(lab, number, drawn))
        lab.run("1 s")

    lab.run("1 min")
    for device in others:
        read_again(lab, home, device)
    assert all(device.joined for device in home)
    assert len(list(lab.trace.of(KeyEstablishmentFailed, "CHF"))) >= 3
