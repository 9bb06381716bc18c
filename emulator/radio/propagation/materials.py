"""What walls and floors are made of, and what each takes from a signal by frequency."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from math import log10


@dataclass(frozen=True, slots=True)
class Material:
    """A wall, door, window, floor or cupboard.

    Args:
        name: as a plan names it.
        losses: pairs of frequency in Hz and loss in dB, by frequency.
        source: where the figures stand.
        verified: whether the source was read and gives these figures.
    """

    name: str
    losses: tuple[tuple[float, float], ...]
    source: str
    verified: bool

    def loss(self, frequency: float) -> float:
        """What crossing it once costs, dB: linear in log f between the figures, level beyond."""
        below = [point for point in self.losses if point[0] <= frequency]
        above = [point for point in self.losses if point[0] > frequency]
        if not below or not above:
            return (below or above)[-1 if below else 0][1]
        (low, least), (high, most) = below[-1], above[0]
        return least + (most - least) * log10(frequency / low) / log10(high / low)


@lru_cache(maxsize=1)
def shipped_materials() -> Mapping[str, Material]:
    """The materials that every plan can name."""
    text = resources.files("emulator.radio.propagation").joinpath("materials.jsonl").read_text()
    made = (_material(json.loads(line)) for line in text.splitlines())
    return {material.name: material for material in made}


def of_megahertz(losses: Mapping[str, float]) -> tuple[tuple[float, float], ...]:
    """Losses by megahertz as `Material.losses`.

    Raises:
        ValueError: when a key is no number of megahertz.
    """
    return tuple(sorted((float(megahertz) * 1e6, float(dB)) for megahertz, dB in losses.items()))


def _material(row: Mapping[str, object]) -> Material:
    losses = row["loss"]
    if not isinstance(losses, dict):
        raise TypeError(row)
    return Material(
        str(row["name"]), of_megahertz(losses), str(row["source"]), verified=bool(row["verified"])
    )
