"""How instruments spell detectors, trace modes and kinds of resolution filter.

Rohde & Schwarz: user manuals of R&S FSW and FPL1000, "ASCII file export format". Keysight X-series:
names of the settings as its manuals have them; how they are written in files is from memory.
"""

from typing import Final

from emulator.rf_noise.traces.trace import Detector, TraceMode

_DETECTORS: Final = {
    "rms": Detector.RMS,
    "rmsaverage": Detector.RMS,
    "powerrms": Detector.RMS,
    "sample": Detector.SAMPLE,
    "average": Detector.AVERAGE,
    "avg": Detector.AVERAGE,
    "voltageaverage": Detector.AVERAGE,
    "logaverage": Detector.AVERAGE,
    "emiaverage": Detector.AVERAGE,
    "caverage": Detector.AVERAGE,
    "peak": Detector.PEAK,
    "maxpeak": Detector.PEAK,
    "autopeak": Detector.PEAK,
    "pospeak": Detector.PEAK,
    "positivepeak": Detector.PEAK,
    "positive": Detector.PEAK,
    "normal": Detector.PEAK,
    "minpeak": Detector.NEGATIVE_PEAK,
    "negpeak": Detector.NEGATIVE_PEAK,
    "negativepeak": Detector.NEGATIVE_PEAK,
    "negative": Detector.NEGATIVE_PEAK,
    "quasipeak": Detector.QUASI_PEAK,
    "qpeak": Detector.QUASI_PEAK,
    "qp": Detector.QUASI_PEAK,
}
DETECTORS: Final = ", ".join(each.value for each in Detector)
_MODES: Final = {
    "clrwrite": TraceMode.CLEAR_WRITE,
    "clearwrite": TraceMode.CLEAR_WRITE,
    "write": TraceMode.CLEAR_WRITE,
    "average": TraceMode.AVERAGE,
    "traceaverage": TraceMode.AVERAGE,
    "avg": TraceMode.AVERAGE,
    "maxhold": TraceMode.MAX_HOLD,
    "minhold": TraceMode.MIN_HOLD,
}
MODES: Final = ", ".join(each.value for each in TraceMode)
_FACTORS: Final = {
    "3db": (1.0645, "Gaussian, 3 dB"),
    "-3db": (1.0645, "Gaussian, 3 dB"),
    "6db": (0.7527, "Gaussian, 6 dB"),
    "-6db": (0.7527, "Gaussian, 6 dB"),
    "noise": (1.0, "noise bandwidth"),
    "impulse": (0.7103, "Gaussian, impulse bandwidth"),
}
"""A Gaussian filter of 3 dB bandwidth B passes the noise of B * sqrt(pi / (4 ln 2)); of 6 dB
bandwidth B that of B * sqrt(pi / (8 ln 2)); its impulse bandwidth is 1.499 times the 3 dB one."""
USUAL_FILTER: Final = "3dB"
FILTERS: Final = "3dB, 6dB, Noise, Impulse"


def detector(text: str) -> Detector | None:
    """The detector that `text` spells; None when it spells none."""
    return _DETECTORS.get(_plain(text))


def trace_mode(text: str) -> TraceMode | None:
    """The trace mode that `text` spells; None when it spells none."""
    return _MODES.get(_plain(text))


def noise_factor(text: str) -> tuple[float, str] | None:
    """Noise bandwidth by stated bandwidth of a kind of filter, and its name; None when unknown."""
    return _FACTORS.get(text.strip().lower().replace(" ", ""))


def _plain(text: str) -> str:
    kept = "".join(letter for letter in text.lower() if letter.isalnum())
    return kept.removesuffix("detector")
