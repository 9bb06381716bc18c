from datetime import UTC, datetime

from emulator.dcc.inventory.inventory import Inventory
from emulator.kernel.identity import format_eui64
from emulator.lab.self_service.records import device, history
from tests.lab.self_service.stranded import stranded_home


def inventory() -> Inventory:
    return stranded_home().side.inventory


def test_a_device_is_told_as_json_has_it() -> None:
    record = inventory().snapshot()[0]

    told = device(record, format_eui64, None)

    assert told["eui64"] == format_eui64(record.device)
    assert datetime.fromisoformat(told["since"]).astimezone(UTC) == record.since
    assert all(value is None or isinstance(value, str) for value in told.values())


def test_history_is_told_oldest_first() -> None:
    record = inventory().snapshot()[0]

    lines = history(inventory().history(record.device))

    assert lines[0]["event"] == "listed"
    assert lines[0]["before"] is None
