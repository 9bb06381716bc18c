import pytest

from emulator.zcl.cluster import Cluster, ClusterSide
from emulator.zcl.data_types import DataType
from emulator.zcl.data_values import encode_value
from emulator.zcl.registry import CLUSTERS, cluster_name

SIDES = [
    pytest.param(side, id=f"{cluster.name} {name}")
    for cluster in CLUSTERS.values()
    for name, side in (("server", cluster.server), ("client", cluster.client))
]


def test_clusters_stand_under_their_identifier_in_order() -> None:
    assert [cluster.id for cluster in CLUSTERS.values()] == sorted(CLUSTERS)
    assert len(CLUSTERS) == 21


@pytest.mark.parametrize("side", SIDES)
def test_identifiers_and_names_of_a_side_are_unique(side: ClusterSide) -> None:
    for entries in (side.attributes, side.receives):
        identifiers = [each.id for each in entries]
        names = [each.name for each in entries]
        assert len(set(identifiers)) == len(identifiers)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("side", SIDES)
def test_types_are_listed_and_defaults_fit_them(side: ClusterSide) -> None:
    for attribute in side.attributes:
        assert attribute.data_type in DataType
        if attribute.default is not None:
            assert encode_value(attribute.data_type, attribute.default)


@pytest.mark.parametrize("cluster", CLUSTERS.values(), ids=lambda cluster: str(cluster.name))
def test_every_cluster_cites_its_document(cluster: Cluster) -> None:
    assert cluster.clause.startswith(("ZCL8", "ZSE 1.4"))


def test_unknown_cluster_is_named_by_its_number() -> None:
    assert cluster_name(0x0702) == "Metering"
    assert cluster_name(0xFC00) == "0xfc00"
