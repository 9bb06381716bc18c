from emulator.dcc.checks.access_control import Case
from emulator.dcc.orders.orders import Order, known_parameters
from emulator.dcc.service_request import RequestId, ServiceRequest
from emulator.gbcs.service_requests.catalogue import service_request
from emulator.kernel.identity import Eui64
from emulator.kernel.units import START
from emulator.testing.scenes.dcc_scene import ESME, GSME, HUB, PPMID, DccScene, dcc_scene


def case(scene: DccScene, srv: str, device: Eui64, user: str, **parameters: object) -> Case:
    sender = scene.dcc.user(user)
    return Case(
        request=ServiceRequest(
            request_id=RequestId(sender.eui64, device, 1),
            srv=srv,
            variant=1,
            parameters=parameters,
        ),
        moment=scene.moment,
        service=service_request(srv),
        user=sender,
        device=scene.inventory.device(device),
        used=False,
        registrations=scene.registrations,
        settings=scene.dcc.world.settings,
    )


def use_case(scene: DccScene, made: Case) -> str:
    assert made.device is not None
    assert made.user is not None
    order = Order(
        request=made.request,
        service=made.type,
        user=made.user,
        device=made.device,
        now=START,
        known=known_parameters(made, scene.dcc.world),
    )
    return order.use_case.name


def listed() -> DccScene:
    scene = dcc_scene()
    scene.listed(HUB, ESME, GSME, PPMID)
    return scene


def test_type_of_the_other_device_chooses() -> None:
    scene = listed()

    with_electricity = case(scene, "8.7.2", PPMID, "supplier", OtherDeviceID=ESME)
    with_gas = case(scene, "8.7.2", PPMID, "supplier", OtherDeviceID=GSME)

    assert use_case(scene, with_electricity) == "CS03A2NonCritical"
    assert use_case(scene, with_gas) == "CS03CNonCritical"


def test_role_of_the_user_chooses() -> None:
    scene = listed()

    assert use_case(scene, case(scene, "6.2.10", ESME, "supplier")) == "ECS25r1"
    assert use_case(scene, case(scene, "6.2.10", ESME, "network operator")) == "ECS25r2"


def test_variant_of_the_meter_chooses() -> None:
    scene = listed()
    before = use_case(scene, case(scene, "6.2.1", ESME, "supplier"))

    scene.dcc.world.backups.variants[ESME] = "C"

    assert before == "ECS26b"
    assert use_case(scene, case(scene, "6.2.1", ESME, "supplier")) == "ECS26k"


def test_request_that_says_more_becomes_the_use_case_for_it() -> None:
    scene = listed()

    plain = case(scene, "8.9", HUB, "supplier")
    detailed = case(scene, "8.9", HUB, "supplier", ReadSecurityDetails="")

    assert use_case(scene, plain) == "CCS06"
    assert use_case(scene, detailed) == "CCS07"
