"""The capture of a small home, for tests of what reads captures; made once a process."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from emulator.lab.captures.frame import CapturedFrame
from emulator.lab.captures.reading import parse_capture
from emulator.lab.installing.commissioning import commission
from emulator.lab.lab import Lab
from emulator.lab.laboratory import LabOptions
from emulator.lab.shipments.shipment import parse_shipment

SHIPMENT: Final = b"""\
device_type,eui64,install_code,manufacturer,model,firmware,mpxn
CHF,00-DB-12-34-56-78-90-A2,,1063,CH-DB-01,00000101,
GPF,00-DB-12-34-56-78-90-A3,,1063,CH-DB-01,00000101,
ESME,00-DB-12-34-56-78-90-A0,83FED3407A939723A5C639B26916D505C3B5,1027,ES-1P-01,01020304,1200012345688
"""


def small_home(seed: int = 1) -> Lab:
    """A laboratory with a hub and an electricity meter, nothing done yet."""
    return Lab(parse_shipment(SHIPMENT, "small.csv"), LabOptions(seed=seed))


@lru_cache(maxsize=4)
def captured_home(seed: int = 1) -> tuple[bytes, str]:
    """The pcapng and the key file of a small home that was commissioned."""
    lab = small_home(seed)
    commission(lab, lab.home())
    return lab.capture(), lab.key_file()


def captured_frames(seed: int = 1) -> tuple[CapturedFrame, ...]:
    """The frames of that capture."""
    return parse_capture(captured_home(seed)[0]).frames


def write_captured_home(folder: Path, seed: int = 1) -> Path:
    """Put capture, key file and shipment into a folder, as a run does; gives the capture."""
    document, keys = captured_home(seed)
    path = folder / "han.pcapng"
    path.write_bytes(document)
    (folder / "zigbee_pc_keys").write_text(keys)
    (folder / "small.csv").write_bytes(SHIPMENT)
    return path
