import pytest

from emulator.testing.served.served_dcc import ServedDcc, served_dcc


def test_a_service_is_found_by_its_name() -> None:
    events = ({"event": "serving", "service": "duis", "url": "http://127.0.0.1:1"},)

    assert ServedDcc(events).url("duis") == "http://127.0.0.1:1"


def test_what_does_not_start_is_told() -> None:
    with pytest.raises(AssertionError, match="ended before"), served_dcc(("--speed", "max")):
        pass
