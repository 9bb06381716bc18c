from emulator.testing.stack.mac_bench import MacBench
from emulator.zigbee.mac.primitives import MlmeAssociateConfirm, MlmeAssociateIndication


def test_node_joins_the_hub_that_admits_it() -> None:
    bench = MacBench("hub", "esme", "cad")
    bench.form("hub")
    bench.admit("hub", {"esme": 0x1234})

    bench.associate("esme")
    bench.associate("cad")

    addresses = [bench.of(name, MlmeAssociateConfirm)[0].short_address for name in ("esme", "cad")]
    assert addresses == [0x1234, 0xFFFF]
    assert [each.device for each in bench.of("hub", MlmeAssociateIndication)] == [
        bench.eui64s["esme"],
        bench.eui64s["cad"],
    ]
