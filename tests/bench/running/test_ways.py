"""Each service mode gets messages to the device and back, and only as its service does."""

import pytest

from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.runner import Runner
from emulator.bench.running.ways import ServiceMode
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.lab.kept.result import Verdict
from emulator.testing.scenes.bench_scene import bench_shipment, case_named

NAMES = ("success", "in-blocks", "wrong-recipient", "wrong-mac")


def runner(kind: DeviceKind, mode: ServiceMode) -> tuple[Runner, BenchedHome]:
    home = BenchedHome(
        DeviceUnderTest(kind=kind, shipment=bench_shipment(), reach=Reach.HAN, mode=mode)
    )
    return Runner(home), home


@pytest.mark.parametrize("mode", ServiceMode)
@pytest.mark.parametrize(
    ("kind", "use_case"), [(DeviceKind.ESME, "0027/ECS17b"), (DeviceKind.CHF, "010F/CCS06")]
)
def test_every_mode_reaches_meter_and_hub(
    mode: ServiceMode, kind: DeviceKind, use_case: str
) -> None:
    run, _ = runner(kind, mode)

    verdicts = {run.run(case_named(f"{kind.value}/{use_case}/{name}")).verdict for name in NAMES}

    assert verdicts == {Verdict.PASS}


def test_only_end_to_end_has_a_dcc_at_the_other_end_of_a_wan_that_takes_its_time() -> None:
    run, home = runner(DeviceKind.ESME, ServiceMode.END_TO_END)
    case = case_named("ESME/0027/ECS17b/success")

    over_wan = run.record(case)

    assert home.lab.remote_side().dcc.wan.reachable(home.lab.home().hub.description.eui64)
    assert over_wan.ended - over_wan.began >= 400_000


def test_a_hub_passes_on_nothing_that_is_no_message() -> None:
    run, _ = runner(DeviceKind.ESME, ServiceMode.ITCH)

    judged = run.run(case_named("ESME/0027/ECS17b/truncated"))

    assert (judged.verdict, judged.field) == (Verdict.NOT_APPLICABLE, "mode")
