"""What a scenario on a floor plan shows of it: margins of links, and what channels are worth."""

from typing import Final

from emulator.lab.lab import Lab
from emulator.lab.planning.channel_picture import channel_picture
from emulator.lab.planning.plan_picture import plan_picture
from emulator.lab.planning.radio_survey import RadioSurvey
from emulator.radio.propagation.propagated_links import PropagatedLinks

_BAND: Final = "2.4 GHz"
_NOTHING: Final = -130.0


def survey_of(lab: Lab) -> RadioSurvey | None:
    """The survey of a laboratory whose home has places; None of any other."""
    links = lab.links
    if not isinstance(links, PropagatedLinks):
        return None
    return RadioSurvey(
        {name: links.places[name] for name in lab.kinds() if name in links.places},
        links.path,
        lab.site.interference,
        lab.settings.receiver,
        lab.settings.reception,
    )


def show_links(lab: Lab, band: str = _BAND) -> None:
    """Put the floor plan with the margins of its links into the report."""
    survey = survey_of(lab)
    if survey is None or lab.site.site is None:
        return
    plan, hub = lab.site.site.plan, lab.kinds()[0]
    lab.picture(
        f"{plan.name}: margins at {band}",
        plan_picture(plan, survey.links(band), hub),
        "Labels are margins of links with the hub, in dB above sensitivity, before fading.",
    )


def show_channels(lab: Lab, used: int | None = None) -> None:
    """Put what disturbs each channel at 2.4 GHz into the report.

    Args:
        lab: the laboratory.
        used: number of the channel of the network.
    """
    survey = survey_of(lab)
    if survey is not None:
        lab.picture(
            "Channels at 2.4 GHz",
            channel_picture(survey.channels(lab.kinds()[0], _BAND), used),
            "Interference counts for the share of time that it is on. The frame is that of "
            "the network.",
        )


def interference_on(lab: Lab, number: int) -> tuple[float, float]:
    """The strongest interference at the hub on a channel at 2.4 GHz, and on the loudest, dBm.

    A channel that nothing reaches counts as -130 dBm.
    """
    survey = survey_of(lab)
    rows = () if survey is None else survey.channels(lab.kinds()[0], _BAND)
    heard = {
        row.channel.number: _NOTHING if row.interference is None else row.interference
        for row in rows
    }
    return heard.get(number, _NOTHING), max(heard.values(), default=_NOTHING)
