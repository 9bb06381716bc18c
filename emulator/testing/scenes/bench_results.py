"""A small campaign that was really run: passes, failures, an agreed one, one that need not be."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from emulator.bench.campaigns.campaign import Campaign
from emulator.bench.campaigns.campaign_file import parse_campaign
from emulator.bench.campaigns.campaign_run import CampaignRequest, run_campaign
from emulator.bench.campaigns.results import CaseResult
from emulator.bench.report.files import write_reports
from emulator.testing.scenes.bench_scene import SHIPMENT

CAMPAIGN: Final = """\
name = "Spring tests of Acme"
reach = "device"
shipment = "home.csv"
[[devices]]
name = "good"
kind = "ESME"
[[devices]]
name = "acme-3000"
kind = "ESME"
defect = "mac-unchecked"
[profile.ESME.without]
ECS01c = "an Acme 3000 has one coil"
[[waivers]]
device = "acme-3000"
case = "*/ECS17b/wrong-certificate"
reason = "agreed with Acme in March"
[select]
use_cases = ["ECS17b", "ECS01c"]
checks = ["success", "wrong-mac", "wrong-certificate"]
"""
"""Ten cases: on the broken meter two failures each of MAC and certificate, one of them agreed."""


def write_campaign(folder: Path, text: str = CAMPAIGN) -> Path:
    """Put a campaign and its shipment into a folder, and give the file of the campaign."""
    (folder / "home.csv").write_text(SHIPMENT)
    file = folder / "campaign.toml"
    file.write_text(text)
    return file


def campaign_run(folder: Path, text: str = CAMPAIGN) -> tuple[Campaign, tuple[CaseResult, ...]]:
    """Run a campaign in a folder, with all its files in `results` below it."""
    file = write_campaign(folder, text)
    campaign = parse_campaign(file, text)
    out = folder / "results"
    results = run_campaign(CampaignRequest(campaign=campaign, text=text, out=out), _silent)
    write_reports(out, campaign, results)
    return campaign, results


def _silent(_result: CaseResult, _done: int, _planned: int) -> None:
    pass


@cache
def finished_campaign() -> tuple[Campaign, tuple[CaseResult, ...]]:
    """A campaign with its results, for tests that only read them."""
    with TemporaryDirectory() as folder:
        return campaign_run(Path(folder))
