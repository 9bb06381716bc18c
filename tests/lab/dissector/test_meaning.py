from emulator.lab.dissector.meaning import EVERYWHERE, Meaning
from emulator.zcl.clusters.basic import BASIC


def test_attributes_are_those_of_the_side_that_is_meant() -> None:
    meaning = Meaning(BASIC.server)

    model = meaning.attribute(0x0005)

    assert model is not None
    assert model.name == "ModelIdentifier"
    assert EVERYWHERE.attribute(0x0005) is None


def test_every_cluster_may_have_the_global_attributes() -> None:
    revision = EVERYWHERE.attribute(0xFFFD)

    assert revision is not None
    assert revision.name == "ClusterRevision"


def test_clusters_have_the_names_of_the_profile_unless_told() -> None:
    assert EVERYWHERE.cluster(0x0702) == "Metering"
    assert Meaning(cluster=lambda _: "told").cluster(0x0702) == "told"
