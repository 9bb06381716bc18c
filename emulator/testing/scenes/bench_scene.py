"""A device on the bench, for tests: quick, at its own application, in the home of a shipment."""

from emulator.bench.campaigns.campaign import known_cases
from emulator.bench.cases.cases import Case
from emulator.bench.cases.command_maker import CommandMaker
from emulator.bench.running.benched_home import BenchedHome, DeviceUnderTest, Reach
from emulator.bench.running.conversation import Conversation
from emulator.bench.running.judgement import Judge, Judged
from emulator.bench.running.runner import Runner
from emulator.bench.running.scripts import Stage
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.extensions import load
from emulator.lab.shipments.shipment import Shipment, parse_shipment

SHIPMENT = """\
device_type,eui64,install_code,manufacturer,model,firmware,mpxn
CHF,00-DB-12-34-56-78-90-A2,,1063,CH-DB-01,00000101,
GPF,00-DB-12-34-56-78-90-A3,,1063,CH-DB-01,00000101,
ESME,00-DB-12-34-56-78-90-A0,83FED3407A939723A5C639B26916D505C3B5,1027,ES-1P-01,01020304,1200012345688
GSME,00-DB-12-34-56-78-90-A1,30313233343536373839414243444546F596,1027,GS-U6-01,01020304,7412345608
PPMID,00-DB-12-34-56-78-90-A4,A1B2C3D4E5F60718293A4B5C6D7E8F90FA9F,1088,PP-01,00010000,
HCALCS,00-DB-12-34-56-78-90-A5,0F1E2D3C4B5A69788796A5B4C3D2E1F051B5,1090,HC-01,00010000,
"""


def bench_shipment() -> Shipment:
    """A home with a device of every kind that remote parties talk to."""
    return parse_shipment(SHIPMENT.encode(), "bench.csv")


def on_test(kind: DeviceKind, *, reach: Reach = Reach.DEVICE, defect: str = "") -> DeviceUnderTest:
    """A device under test; with a defect by its name where one is given."""
    return DeviceUnderTest(
        kind=kind,
        shipment=bench_shipment(),
        reach=reach,
        defect=load("hanlab.defects", defect) if defect else None,
    )


def bench(kind: DeviceKind, *, reach: Reach = Reach.DEVICE, defect: str = "") -> Runner:
    """What runs cases on such a device."""
    return Runner(BenchedHome(on_test(kind, reach=reach, defect=defect)))


def case_named(name: str) -> Case:
    """A case by its name: `ESME/0027/ECS17b/success`."""
    return known_cases(DeviceKind(name.partition("/")[0]))[name]


def stage(case: Case, *, defect: str = "") -> Stage:
    """What a script works with: a case, and the device it is tried on."""
    home = BenchedHome(on_test(case.kind, defect=defect))
    maker = CommandMaker(home.keys, home.eui64)
    return Stage(Conversation(home, maker), Judge(maker.protection), case)


def tried(name: str, *, defect: str = "") -> Judged:
    """What comes of one case."""
    case = case_named(name)
    return bench(case.kind, defect=defect).run(case)
