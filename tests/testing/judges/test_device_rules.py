from dataclasses import replace
from typing import Any

import pytest

from emulator.testing.judges.device_rules import RULES, built, complaints, values
from emulator.zcl.clusters.basic import BASIC
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.clusters.metering import METERING
from emulator.zcl.clusters.time import TIME
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.registry import CLUSTERS
from emulator.zigbee.addresses import ClusterId

ENDPOINT = built("IHD").description.endpoints[0]


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"servers": (KEY_ESTABLISHMENT.id,)}, "endpoint 1 does not serve Basic"),
        (
            {"servers": (*ENDPOINT.servers, METERING.id)},
            "endpoint 1 serves Metering",
        ),
        (
            {"clients": (*ENDPOINT.clients, TUNNELING.id, ClusterId(0xFC00))},
            "endpoint 1 uses 0xfc00",
        ),
        ({"servers": (BASIC.id,)}, "no Key Establishment among the servers"),
        ({"clients": (TIME.id,)}, "no Key Establishment among the clients"),
    ],
)
def test_rules_tell_what_is_missing_and_what_is_prohibited(
    changes: dict[str, Any], complaint: str
) -> None:
    assert complaints((ENDPOINT,)) == []
    assert complaints((replace(ENDPOINT, **changes),)) == [complaint]


def test_mandatory_client_is_missed() -> None:
    (switch,) = built("HCALCS").description.endpoints
    clients = tuple(each for each in switch.clients if each != TIME.id)

    assert complaints((replace(switch, clients=clients),)) == ["endpoint 1 does not use Time"]


def test_values_are_found_by_the_name_of_their_cluster() -> None:
    assert values(ENDPOINT)["Basic", 0x0004] == "ACME"


def test_every_rule_names_declared_clusters() -> None:
    known = {cluster.name for cluster in CLUSTERS.values()}
    named = {
        name.strip()
        for rule in RULES.values()
        for text in (rule.server, rule.client, rule.may_serve, rule.may_use)
        for name in text.split(",")
        if name.strip()
    }

    assert named <= known
