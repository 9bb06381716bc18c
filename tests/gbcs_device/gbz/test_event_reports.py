"""An event is written down and told as it is configured."""

import pytest

from emulator.gbcs_device.gbz.event_reports import report_event
from emulator.gbcs_device.primitives import AlertRequest
from emulator.testing.scenes.gbz_scene import meter
from emulator.zcl.payloads.events import LoggedEvent


@pytest.mark.parametrize(
    ("configuration", "log", "told"),
    [(0x03, 3, False), (0x04, 4, False), (0x0B, 3, True), (0x18, None, True), (0x10, None, False)],
)
def test_a_configured_event(configuration: int, log: int | None, told: bool) -> None:
    store = meter().store
    store.event_configurations.set(0x8154, configuration)

    alerts = report_event(store, 0x8154, 77, b"\x00\x9b")

    expected = LoggedEvent(log_id=log or 0, event_id=0x8154, event_time=77, event_data=b"\x00\x9b")
    assert store.events.events == ((expected,) if log else ())
    assert alerts == ((AlertRequest(0x8154),) if told else ())


@pytest.mark.parametrize("event", [0x8154, 0x8013])
def test_before_it_is_configured_an_event_is_only_written_down(event: int) -> None:
    store = meter().store

    assert report_event(store, event, 77) == ()

    assert [(each.log_id, each.event_id) for each in store.events.events] == [(3, event)]


def test_an_event_that_cannot_be_configured_is_always_told() -> None:
    store = meter().store
    store.event_configurations.set(0x8F1F, 0)

    assert report_event(store, 0x8F1F, 77) == (AlertRequest(0x8F1F),)

    assert len(store.events.events) == 1


def test_what_no_log_has_is_only_written_down_where_the_supplier_wants_it() -> None:
    # neither reference message CS10a nor CS10b has 8F0F or 810D; GCS20 configures 810D
    store = meter().store

    assert report_event(store, 0x8F0F, 77) == (AlertRequest(0x8F0F),)
    report_event(store, 0x810D, 77)
    assert not store.events.events

    store.event_configurations.set(0x810D, 3)
    report_event(store, 0x810D, 78)
    assert [each.event_id for each in store.events.events] == [0x810D]
