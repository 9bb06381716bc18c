"""Who and what must not be told, and what stands in its place (SEC H14.40, H14.44).

Testing participant and manufacturer are anonymous where findings are shared. Known identities are
replaced, the same one by the same word everywhere; what could hold an identity that nobody named
(an EUI-64, a long run of octets, a path, a value that is labelled as a serial number) is taken out
by its form.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from emulator.bench.cases.checks import Check
from emulator.gbcs_device.device_kind import DeviceKind
from emulator.kernel.errors import LabError
from emulator.kernel.identity import Eui64, parse_eui64
from emulator.lab.kept.result import Verdict

WITHHELD: Final = "[withheld]"
_ORDINARY: Final = frozenset(
    {"bench", "broken", "campaign", "device", "good", "home", "hub", "meter", "shipment", "test"}
    | {"campaign.toml", "home.csv", "shipment.csv"}
    | {each.value.lower() for each in DeviceKind}
    | {each.value for each in Verdict}
    | {each.value for each in Check}
    | {"code", "dcc_systems", "end_to_end", "gbcs", "gfi", "han", "itch", "not_run", "user_systems"}
)
"""Words that tell nothing of anybody; a device of such a name keeps it in running text."""
_SHORT: Final = 3
"""Words up to this length are replaced only where they stand alone."""
_SURE: Final = 8
"""Numbers of this length do not come up by chance."""
_SMALL: Final = 1 << 32
"""Eight octets below this are a counter or a length; no maker has EUI-64s that begin with zeros."""
_PAIRS: Final = re.compile(
    r"(?<![0-9A-Za-z])[0-9A-Fa-f]{2}(?:[-: ]?[0-9A-Fa-f]{2}){7,}(?![0-9A-Za-z])"
)
_PATH: Final = re.compile(r"(?<![\w.])(?:~|[A-Za-z]:)?(?:[/\\][\w.+ -]*[\w.+-]){2,}")
_TELLING: Final = re.compile(
    r"serial|manufactur|\bmodel|\bmake\b|mpan|mprn|mpxn|supply point|customer|contact|supplier name"
    r"|install code|hardware version|firmware|device identifier",
    re.IGNORECASE,
)
"""Labels of values that are identities."""
_OCTETS_OF_EUI64: Final = 8


@dataclass(slots=True)
class Identities:
    """Known identities with what stands for them, and EUI-64s as they come up.

    Args:
        words: what stands for each word, longest first.
        devices: what stands for the name of each device of the campaign.
        eui64s: what stands for each EUI-64.
    """

    words: dict[str, str] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    eui64s: dict[int, str] = field(default_factory=dict)
    _pattern: re.Pattern[str] | None = None
    _told: dict[str, str] = field(default_factory=dict)

    def text(self, text: str) -> str:
        """A text without identities."""
        if text not in self._told:
            told = _PATH.sub("[path]", self._known(text))
            self._told[text] = _PAIRS.sub(lambda match: self._octets(match.group()), told)
        return self._told[text]

    def labelled(self, label: str, value: str) -> str:
        """The value under a label, without identities."""
        return WITHHELD if value and _TELLING.search(label) else self.text(value)

    def line(self, line: str) -> str:
        """A line of a tree, as text: what is before the first colon is its label."""
        label, colon, value = line.partition(": ")
        if not colon:
            return self.text(line)
        return f"{self.text(label)}{colon}{self.labelled(label, value)}"

    def value(self, value: Any) -> Any:
        """Any JSON value, each text in it without identities; the names of fields stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {name: self.value(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.value(each) for each in value]
        return value

    def eui64(self, number: int) -> str:
        """What stands for an EUI-64."""
        return self.eui64s.setdefault(number, f"EUI64-{len(self.eui64s) + 1}")

    def found_in(self, text: str) -> str:
        """A known word that cannot stand in a text by chance, and does; empty where none does."""
        lower = text.lower()
        for word in self.words:
            telling = len(word) >= _SURE or (len(word) > _SHORT + 1 and re.search("[g-z]", word))
            if telling and word in lower and _pattern_of([word]).search(lower):
                return word
        return ""

    def _octets(self, text: str) -> str:
        digits = re.sub("[-: ]", "", text)
        count = len(digits) // 2
        if count > _OCTETS_OF_EUI64:
            return f"[withheld: {count} octets]"
        number = int(digits, 16)
        return text if number < _SMALL else self.eui64(number)

    def _known(self, text: str) -> str:
        if self._pattern is None:
            self._pattern = _pattern_of(self.words)
        return self._pattern.sub(lambda match: self.words[match.group().lower()], text)


def _pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words; short ones and numbers only where nothing is joined to them."""
    alone = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
    parts = [
        alone.format(re.escape(each))
        if len(each) <= _SHORT or not re.search("[g-z]", each)
        else re.escape(each)
        for each in sorted(words, key=lambda each: (-len(each), each))
    ]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def identities_of(document: Mapping[str, Any]) -> Identities:
    """The identities that a report.json names.

    Args:
        document: of a campaign, not anonymised.
    """
    found = Identities()
    for place, device in enumerate(document["devices"], 1):
        found.devices[str(device["name"])] = f"device-{place}"
    for each in document["home"]:
        for form in eui64_forms(each["eui64"]):
            found.words.setdefault(form.lower(), found.eui64(_number(each["eui64"])))
        for name in ("manufacturer", "model", "firmware", "mpxn"):
            _add(found, each[name], name.upper())
    for name, stands in found.devices.items():
        if name.lower() not in _ORDINARY:
            found.words.setdefault(name.lower(), stands)
    _add(found, document["campaign"], "CAMPAIGN")
    for path in (document["source"], *(each["path"] for each in document["inputs"])):
        _add(found, path, "FILE")
        _add(found, PurePath(path).name, "FILE")
        _add(found, PurePath(path).stem, "FILE")
    return found


def _add(found: Identities, word: str, kind: str) -> None:
    """Have a word replaced; the same word by the same one."""
    if word and word.lower() not in _ORDINARY and word.lower() not in found.words:
        number = len({each for each in found.words.values() if each.startswith(f"{kind}-")}) + 1
        found.words[word.lower()] = f"{kind}-{number}"


def _number(text: str) -> Eui64:
    try:
        return parse_eui64(text)
    except LabError:
        return Eui64(0)


def eui64_forms(text: str) -> Iterator[str]:
    """Every way in which an EUI-64 is written in files and messages, in both orders of octets."""
    number = _number(text)
    if not number:
        return
    yield str(number)
    for octets in (number.to_bytes(8, "big"), number.to_bytes(8, "little")):
        for separator in ("", "-", ":", " "):
            yield octets.hex(separator) if separator else octets.hex()
        yield octets.hex().lstrip("0")
