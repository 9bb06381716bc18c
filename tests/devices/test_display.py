"""What the displays of a home share."""

import pytest

from emulator.testing.judges.device_rules import built
from emulator.zcl.registry import cluster_name
from emulator.zigbee.nwk.primitives import DeviceType


@pytest.mark.parametrize("kind", ["PPMID", "IHD", "CAD"])
def test_every_display_reads_meters_prices_and_messages(kind: str) -> None:
    (endpoint,) = built(kind).description.endpoints

    read = {cluster_name(each) for each in endpoint.clients}

    assert read >= {"Metering", "Price", "Messaging", "Prepayment", "Calendar", "Time"}


@pytest.mark.parametrize("kind", ["PPMID", "IHD", "CAD"])
def test_every_display_is_an_end_device_that_listens(kind: str) -> None:
    about = built(kind).description

    assert about.device_type is DeviceType.END_DEVICE
    assert about.capability.rx_on_when_idle


def test_only_the_ppmid_serves_more_than_itself() -> None:
    served = {
        kind: {cluster_name(each) for each in built(kind).description.endpoints[0].servers}
        for kind in ("PPMID", "IHD", "CAD")
    }

    assert served["IHD"] == served["CAD"] == {"Basic", "Key Establishment"}
    assert served["PPMID"] - served["IHD"] == {"Prepayment", "Tunneling"}
