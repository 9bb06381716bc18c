"""Wireshark's tables of Smart Energy attributes and commands, against the declared ones."""

import re
import shutil
import subprocess
from functools import cache

import pytest

from emulator.testing.judges.judges import require
from emulator.zcl.cluster import Attribute, Cluster, Command
from emulator.zcl.clusters.commissioning import COMMISSIONING
from emulator.zcl.clusters.device_management import DEVICE_MANAGEMENT
from emulator.zcl.clusters.key_establishment import KEY_ESTABLISHMENT
from emulator.zcl.registry import CLUSTERS

FIELDS = {
    0x0000: "zbee_zcl_general.basic",
    0x0001: "zbee_zcl_general.power_config",
    0x0003: "zbee_zcl_general.identify",
    0x0009: "zbee_zcl_general.alarms",
    0x000A: "zbee_zcl_general.time",
    0x0015: "zbee_zcl_general.commissioning",
    0x0019: "zbee_zcl_general.ota",
    0x0025: "zbee_zcl_se.keep_alive",
    0x0700: "zbee_zcl_se.price",
    0x0701: "zbee_zcl_se.drlc",
    0x0702: "zbee_zcl_se.met",
    0x0703: "zbee_zcl_se.msg",
    0x0704: "zbee_zcl_se.tun",
    0x0705: "zbee_zcl_se.pp",
    0x0706: "zbee_zcl_se.energy_management",
    0x0707: "zbee_zcl_se.calendar",
    0x0708: "zbee_zcl_se.device_management",
    0x0709: "zbee_zcl_se.events",
    0x070A: "zbee_zcl_se.mdu_pairing",
    0x070B: "zbee_zcl_se.sub_ghz",
    0x0800: "zbee_zcl_se.ke",
}
"""The dissector's field prefix for each cluster."""

OTHER_WORDS = {
    (0x0702, 0x0010): "deprecated",  # it keeps the number, ZSE the name
    (0x0025, 0x0000): "keepalivebase",  # the specification says TC Keep-Alive Base
    (0x0025, 0x0001): "keepalivejitter",
    (0x0800, 0x0000): "supportedkeyestablishmentsuites",
}
"""Names that Wireshark has in other words than the specification."""

GLOBAL = (0xFFFD, 0xFFFE)

NAMED_COMMANDS = [each for each in CLUSTERS.values() if each is not COMMISSIONING]
"""The dissector calls every command of the Commissioning cluster Commissioning."""


@cache
def tables() -> dict[str, dict[int, str]]:
    tshark = shutil.which("tshark")
    require("tshark", tshark is not None, "apt-get install tshark")
    assert tshark is not None
    done = subprocess.run([tshark, "-G", "values"], capture_output=True, text=True, check=True)
    found: dict[str, dict[int, str]] = {}
    for row in done.stdout.splitlines():
        if row.startswith("V\tzbee_zcl"):
            _, field, identifier, name = row.split("\t")
            found.setdefault(field, {})[int(identifier, 0)] = name
    return found


def bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())


def differences(
    ours: tuple[Attribute, ...] | tuple[Command, ...], theirs: dict[int, str], cluster: int
) -> list[str]:
    """What Wireshark lists and we lack or name otherwise, and what we call verified alone."""
    declared = {each.id: each for each in ours}
    found: list[str] = []
    for identifier, name in theirs.items():
        entry = declared.get(identifier)
        if identifier in GLOBAL:
            continue
        if entry is None:
            found.append(f"{identifier:#06x} {name} is missing")
        elif bare(name) not in (bare(entry.name), OTHER_WORDS.get((cluster, identifier))):
            found.append(f"{identifier:#06x} {entry.name} is {name} to Wireshark")
    found += [
        f"{entry.id:#06x} {entry.name} is verified by nobody"
        for entry in declared.values()
        if entry.verified and entry.id not in theirs
    ]
    return found


@pytest.mark.parametrize("cluster", CLUSTERS.values(), ids=lambda cluster: str(cluster.name))
def test_attributes_are_those_of_the_dissector(cluster: Cluster) -> None:
    prefix = FIELDS[cluster.id]
    on_server = tables().get(f"{prefix}.attr_id", {})
    on_client = tables().get(f"{prefix}.attr_client_id", {})
    if not cluster.server.attributes:
        on_server, on_client = {}, on_client or on_server  # OTA's are all the client's

    assert differences(cluster.server.attributes, on_server, cluster.id) == []
    assert differences(cluster.client.attributes, on_client, cluster.id) == []


@pytest.mark.parametrize("cluster", NAMED_COMMANDS, ids=lambda cluster: str(cluster.name))
def test_commands_are_those_of_the_dissector(cluster: Cluster) -> None:
    prefix = FIELDS[cluster.id]

    for side, field in ((cluster.server, "cmd.srv_rx.id"), (cluster.client, "cmd.srv_tx.id")):
        theirs = tables().get(f"{prefix}.{field}", {})
        assert differences(side.receives, theirs, cluster.id) == []


def test_the_dissector_really_was_asked() -> None:
    assert len(tables()[f"{FIELDS[0x0702]}.attr_id"]) > 800
    assert FIELDS.keys() == CLUSTERS.keys()
    assert len(DEVICE_MANAGEMENT.client.attributes) > 400
    assert KEY_ESTABLISHMENT.server.receives
