"""A standalone load controller joins, and answers remote parties by its own objects."""

from pathlib import Path

from emulator.dcc.facts import CommandSent
from emulator.gbcs_device.facts import CommandExecuted
from emulator.lab.installing.installation import Ask, Installation
from emulator.lab.kept.result import Verdict
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import read_shipment
from emulator.testing.judges.device_rules import built
from emulator.zcl.clusters.tunneling import TUNNELING
from emulator.zcl.device_ids import DeviceId
from emulator.zigbee.nwk.primitives import DeviceType

SAPC = built("SAPC").description
LINE = "SAPC,00-DB-12-34-56-78-90-A6,83FED3407A939723A5C639B26916D505C3B5,1090,AP-01,00010000,\n"


def test_controller_routes_and_the_hub_tunnels_to_it() -> None:
    (main,) = SAPC.endpoints

    assert main.device_id == DeviceId.REMOTE_COMMUNICATIONS_DEVICE
    assert TUNNELING.id in main.servers
    assert SAPC.device_type is DeviceType.ROUTER


def test_controller_of_a_shipment_is_logged_joins_and_tells_its_device_log(tmp_path: Path) -> None:
    shipment = tmp_path / "controller.csv"
    shipment.write_text("device_type,eui64,install_code,manufacturer,model,firmware,mpxn\n" + LINE)
    lab = Lab(read_shipment(shipment), LabOptions())
    work = Installation(lab, lab.remote_side(), lab.home())
    (controller,) = work.home.joiners
    work.pre_notify_hub()
    work.pre_notify(controller)
    work.fit_hub()
    work.report_hub()

    work.install(controller)
    eui64 = controller.description.eui64
    work.ask("its device log is read", Ask(srv="8.9", clause="GBCS CS07", target=eui64))

    assert {step.verdict for step in lab.steps} == {Verdict.PASS}
    assert work.side.status(eui64) == "InstalledNotCommissioned"
    assert any(fact.device == eui64 for _, fact in lab.trace.of(CommandSent))
    assert any(lab.trace.of(CommandExecuted, "SAPC"))
