from emulator.lab.inputs.scenario_files import INSTALLED
from emulator.lab.planning.plan_command import BandPlan
from emulator.lab.planning.plan_page import plan_page
from emulator.lab.planning.radio_survey import ChannelRow, LinkRow
from emulator.radio.port import Channel
from emulator.radio.site import read_site


def test_page_has_a_section_for_each_band_and_fetches_nothing() -> None:
    site = read_site(INSTALLED / "plans/terrace.toml")
    links = (LinkRow("CHF", "GSME", "2.4 GHz", -95.0, 5.0, 0.125),)
    channels = (ChannelRow(Channel(0, 26), 0.0, 0.0, "", None),)
    ways = {"GSME": "CHF", "CAD": None, "IHD": "GSME"}

    page = plan_page(site, (BandPlan("2.4 GHz", links, ways, channels),), "CHF", 10.0)

    assert "<h2>2.4 GHz</h2>" in page
    assert "12.5%" in page
    assert page.count("<svg") == 2
    assert "the hub itself" in page
    assert "nobody" in page
    assert "links of 10 dB and more" in page
    assert "No source proves the losses of" in page
    assert "http" not in page.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
