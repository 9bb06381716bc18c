from emulator.lab.captures.packet import CaptureError


def test_a_fault_names_the_octet() -> None:
    assert str(CaptureError(24, "too short")) == "at octet 24: too short"
    assert CaptureError(24, "too short").offset == 24
