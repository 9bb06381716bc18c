import json

import pytest

from emulator.dcc.alert_reading import GpfBackup, HubBackup
from emulator.gbcs.asn1.device_logs import DeviceLogEntry
from emulator.kernel.errors import UsageError
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import ESME, GPF, HUB, IHD, DccScene, dcc_scene


def used() -> DccScene:
    scene = dcc_scene()
    scene.commissioned(HUB, ESME)
    scene.connect()
    scene.run(seconds(2))
    scene.dcc.request("supplier", "6.2.7", ESME)
    scene.dcc.request("supplier", "8.9", HUB)
    scene.run(seconds(5))
    told = scene.dcc.world.backups
    told.hubs[HUB] = HubBackup(bytes(8), ((ESME, bytes(16)), (IHD, b"")))
    told.gpfs[GPF] = GpfBackup((DeviceLogEntry(IHD.to_bytes(8, "big"), 6),))
    told.variants[ESME] = "C"
    return scene


def test_next_run_goes_on_where_the_last_one_ended() -> None:
    before, after = used(), dcc_scene()

    after.dcc.recall(json.loads(json.dumps(before.dcc.memory())))

    assert after.dcc.world.backups == before.dcc.world.backups
    assert after.dcc.world.originators.counters == before.dcc.world.originators.counters
    user = after.dcc.user("supplier").eui64
    assert after.dcc.next_id(user).counter == before.dcc.next_id(user).counter


@pytest.mark.parametrize(
    "change",
    [
        {"parties": None},
        {"parties": {"no number": 1}},
        {"users": {"01": "many"}},
        {"hubs": {"01": {}}},
        {"hubs": {"01": {"extended_pan_id": "zz", "devices": []}}},
        {"gpfs": {"01": [1]}},
        {"variants": []},
        {"dated_updates": [["nobody", "6.23", ""]]},
        {"dated_updates": [["6.23"]]},
    ],
    ids=str,
)
def test_what_is_no_memory_changes_nothing(change: dict[str, object]) -> None:
    scene = dcc_scene()
    memory = used().dcc.memory() | change

    with pytest.raises(UsageError, match="no memory of the DCC"):
        scene.dcc.recall(memory)

    assert not scene.dcc.world.backups.hubs
    assert set(scene.dcc.world.originators.counters.values()) == {0}


def test_counter_that_does_not_fit_is_refused() -> None:
    scene = dcc_scene()
    memory = scene.dcc.memory()
    memory["parties"] = {f"{scene.dcc.world.name:016x}": -1}

    with pytest.raises(UsageError):
        scene.dcc.recall(memory)
