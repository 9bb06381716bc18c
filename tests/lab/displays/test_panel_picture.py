from lxml import etree

from emulator.kernel.identity import Eui64
from emulator.kernel.units import Calendar, Instant
from emulator.lab.displays.panel import panel
from emulator.lab.displays.panel_picture import panel_picture
from emulator.lab.home.sightings import Sight
from emulator.smart_energy.home.home_seen import HomeSeen


def test_picture_has_every_line_and_is_well_formed() -> None:
    seen = HomeSeen(supply=Eui64(1), fuel="electricity", message="<b>1 & 2</b>", today=1_000)
    lines = panel("IHD", "IHD", (Sight(Instant(0), "IHD", seen),), Calendar())

    drawn = etree.fromstring(panel_picture(lines).encode())

    texts = [each.text for each in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert [(text or "").strip() for text in texts] == [line[2:-2].strip() for line in lines[1:-1]]
    assert "> <b>1 & 2</b>" in {(text or "").strip() for text in texts}
