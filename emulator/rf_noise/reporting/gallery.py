"""The pictures of a check, in the order in which a report shows them."""

from emulator.lab.kept.result import Picture
from emulator.rf_noise.bands import ANNEX_F, Network
from emulator.rf_noise.findings import Findings
from emulator.rf_noise.pictures.channels import channel_picture
from emulator.rf_noise.pictures.error_curves import error_curves
from emulator.rf_noise.pictures.homes import homes_picture
from emulator.rf_noise.pictures.spectrum import spectrum_picture


def gallery(findings: Findings) -> tuple[Picture, ...]:
    """Spectra of the bands that were measured, channels, error curves, homes."""
    inputs = findings.inputs
    pictures = []
    for band, summary in zip(ANNEX_F, findings.bands, strict=True):
        traces = [trace for trace in inputs.traces if band.overlaps(trace.span)]
        if traces:
            masks = () if inputs.limits is None else inputs.limits.bands
            mask = next((each for each in masks if each.name == band.name), None)
            name = "" if inputs.limits is None else inputs.limits.name
            pictures.append(spectrum_picture(band, traces, mask, summary.margin, name))
    han = [each for each in findings.channels if each.receiver.network is Network.HAN]
    if han:
        pictures.append(channel_picture(han))
    if findings.reaches:
        pictures.append(error_curves(findings.reaches, inputs.settings.link.lost))
    if findings.homes is not None and findings.homes.outcomes:
        pictures.append(homes_picture(findings.homes))
    return tuple(pictures)
