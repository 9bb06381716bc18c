import pytest

from emulator.dcc.orders.request_devices import device_of, named_device
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.kernel.identity import format_eui64
from emulator.testing.scenes.dcc_scene import ESME, HUB, PPMID


@pytest.mark.parametrize("written", [PPMID, format_eui64(PPMID)])
def test_device_is_named_by_number_or_text(written: object) -> None:
    assert named_device({"OtherDeviceID": written}) == PPMID
    assert named_device({"DeviceID": written}, "DeviceID") == PPMID


@pytest.mark.parametrize("written", [None, True, -1, 2**64, "no device", b"12345678"])
def test_anything_else_names_no_device(written: object) -> None:
    assert named_device({"OtherDeviceID": written}) is None


def request(srv: str, **parameters: object) -> ServiceRequest:
    return ServiceRequest(
        request_id=RequestId(HUB, ESME, 1), srv=srv, variant=1, parameters=parameters
    )


def test_request_is_about_its_target_or_the_device_it_names() -> None:
    assert device_of(request("8.11", DeviceID=PPMID)) == ESME
    assert device_of(request("8.3", DeviceID=PPMID)) == PPMID
    assert device_of(request("8.3")) is None
