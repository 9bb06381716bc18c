"""Devices are what their papers say, unless the scenario or the command line says otherwise."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from emulator.crypto.cbke import Suite, decode_certificate
from emulator.crypto.certificate_authority import OTHER_TEST_ISSUER
from emulator.crypto.install_code import InstallCode
from emulator.kernel.identity import Eui64
from emulator.lab.inputs.overrides import Overrides
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.testing.judges.device_rules import values

SHIPMENTS = Path(__file__).parents[2] / "data/shipments"
ESME = Eui64(0x00DB1234567890A0)
BOTH = tuple(Suite)


def lab_of(**options: Any) -> Lab:
    return Lab(read_shipment(SHIPMENTS / "one-meter.csv"), LabOptions(**options))


def test_device_is_what_the_shipment_says() -> None:
    about = lab_of().home().device("ESME").description

    assert (about.eui64, about.kind) == (ESME, "ESME")
    assert about.credentials.suites == 2


@pytest.mark.parametrize("name", ["ESME", "ESME 2"])
def test_device_differs_by_its_name_or_its_type(name: str) -> None:
    line = read_shipment(SHIPMENTS / "one-meter.csv")
    second = replace(line.joining[0], eui64=Eui64(ESME + 9))
    lab = Lab(replace(line, devices=(*line.devices, second)), LabOptions())

    lab.differ(name, suites=BOTH)

    home = lab.home()
    assert home.device("ESME 2").description.credentials.suites == 3
    assert home.device("ESME").description.credentials.suites == (3 if name == "ESME" else 2)


def test_device_can_hold_another_code_and_what_the_command_line_says_weighs_more() -> None:
    one, other = (InstallCode.from_octets(bytes([number] * 16)) for number in (1, 2))
    lab, told = lab_of(), lab_of(overrides=Overrides(devices={(ESME, "install_code"): other}))

    for each in (lab, told):
        each.differ("ESME", install_code=one)

    assert lab.home().joiners[0].description.link_key == one.link_key
    assert told.home().joiners[0].description.link_key == other.link_key


@pytest.mark.parametrize("how", ["scenario", "command line"])
def test_device_can_have_a_certificate_of_another_issuer(how: str) -> None:
    devices = {(ESME, "certificate"): "other-issuer"} if how == "command line" else {}
    lab = lab_of(overrides=Overrides(devices=devices))
    if how == "scenario":
        lab.differ("ESME", foreign_certificate=True)

    certificate = lab.home().joiners[0].description.credentials.identities[Suite.SECT283K1]

    assert decode_certificate(Suite.SECT283K1, certificate.certificate).issuer == OTHER_TEST_ISSUER


def test_setting_of_the_command_line_reaches_the_devices() -> None:
    lab = lab_of(overrides=Overrides(rooms={("keep_alive", "base"): 3}))

    gas_esi = lab.home().hub.description.endpoints[0]

    assert values(gas_esi)["Keep-Alive", 0x0000] == 3
