"""bellows, which is not ours, forms a network on our EZSP dongle and admits and reads meters."""

from pathlib import Path

import pytest

from emulator.testing.judges.zigbee_host import HostRun
from emulator.testing.judges.zigbee_ncp import run_zigbee_ncp, zigbee_ncp_folder
from emulator.testing.served.served_dongle import ServedDongle, served_dongle

METERS = Path(__file__).parents[1] / "data" / "shipments" / "two-meters.csv"
ELECTRICITY = "00:db:12:34:56:78:90:a0"
GAS = "00:db:12:34:56:78:90:a1"
CODES = (
    "--install-code",
    f"{ELECTRICITY}=83FED3407A939723A5C639B26916D505C3B5",
    "--install-code",
    f"{GAS}=30313233343536373839414243444546F596",
)


@pytest.fixture(scope="module")
def joining(tmp_path_factory: pytest.TempPathFactory) -> tuple[HostRun, ServedDongle]:
    zigbee_ncp_folder()
    port = tmp_path_factory.mktemp("dongle") / "port"
    options = ("--kind", "ezsp", "--devices", str(METERS), "--home-automation")
    with served_dongle(port, options) as dongle:
        told = run_zigbee_ncp(
            dongle.port, (*CODES, "--read", "0x0000:0x0000", "--expect", "2"), seconds=60
        )
        dongle.stop()
    return told, dongle


def test_it_forms_a_network(joining: tuple[HostRun, ServedDongle]) -> None:
    told, _ = joining

    assert [each["eui64"][:8] for each in told.of("started")] == ["02:48:4c"]


def test_both_meters_join_it_by_their_install_codes(
    joining: tuple[HostRun, ServedDongle],
) -> None:
    told, dongle = joining

    assert {each["eui64"] for each in told.of("joined")} == {ELECTRICITY, GAS}
    assert "ESME" in {each["device"] for each in dongle.of("network_key")}


def test_both_answer_basic(joining: tuple[HostRun, ServedDongle]) -> None:
    told, _ = joining

    assert told.status == 0
    read = {each["eui64"]: each["values"] for each in told.of("read")}
    assert read == {ELECTRICITY: {"0": "8"}, GAS: {"0": "8"}}


@pytest.mark.slow
def test_a_meter_whose_code_it_was_not_told_gets_no_network_key(tmp_path: Path) -> None:
    zigbee_ncp_folder()
    with served_dongle(tmp_path / "port", ("--kind", "ezsp", "--devices", str(METERS))) as dongle:
        run_zigbee_ncp(dongle.port, (*CODES[2:], "--expect", "3"), seconds=15)
        dongle.stop()

    assert {each["device"] for each in dongle.of("network_key")} == {"GSME"}


@pytest.mark.slow
def test_known_defect_zigpy_leaves_answers_of_smart_energy_endpoints_out(tmp_path: Path) -> None:
    """zigpy 2.4.0 takes ZCL of the profiles 0x0104 and 0xC05E only; 0x0109 it ignores.

    So its interview of a meter without an endpoint of Home Automation never ends, though every
    answer reaches it. When this fails the defect is mended: `--home-automation` can go.
    """
    zigbee_ncp_folder()
    with served_dongle(tmp_path / "port", ("--kind", "ezsp", "--devices", str(METERS))) as dongle:
        told = run_zigbee_ncp(
            dongle.port, (*CODES, "--read", "0x0000:0x0000", "--expect", "2"), seconds=25
        )
        dongle.stop()

    assert {each["device"] for each in dongle.of("network_key")} == {"ESME", "GSME"}
    assert told.of("read") == []
    assert told.status == 1
