"""What the numbers of a format mean where it stands: whose attributes, which clusters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from emulator.zcl.cluster import GLOBAL_ATTRIBUTES, Attribute, ClusterSide
from emulator.zcl.registry import cluster_name

NO_ATTRIBUTES: Final = ClusterSide()


@dataclass(frozen=True, slots=True)
class Meaning:
    """Names for numbers that are told by what surrounds a format.

    Args:
        attributes: the side of a cluster whose attributes it speaks of.
        cluster: gives the name of a cluster.
    """

    attributes: ClusterSide = NO_ATTRIBUTES
    cluster: Callable[[int], str] = cluster_name

    def attribute(self, identifier: int) -> Attribute | None:
        """The declaration of an attribute."""
        found = self.attributes.attribute(identifier)
        if found is not None:
            return found
        return next((each for each in GLOBAL_ATTRIBUTES if each.id == identifier), None)


EVERYWHERE: Final = Meaning()
"""The clusters of the Smart Energy profile, and attributes that every cluster has."""
