from emulator.dcc.orders.customer_number import VALUE, customer_number
from emulator.dcc.service_request import RequestId, ServiceRequest, ServiceResponse
from emulator.dcc.users import UserRole
from emulator.kernel.identity import Eui64
from emulator.kernel.units import seconds
from emulator.testing.scenes.dcc_scene import ESME, HUB, dcc_scene


def asked(srv: str, counter: int = 1, given: str | None = None) -> ServiceRequest:
    request_id = RequestId(Eui64(1), ESME, counter)
    parameters: dict[str, object] = {} if given is None else {VALUE: given}
    return ServiceRequest(request_id=request_id, srv=srv, variant=1, parameters=parameters)


def test_a_number_has_four_digits_and_follows_from_the_request() -> None:
    numbers = [customer_number(asked("9.1", counter)) for counter in range(50)]

    assert all(len(each) == 4 and each.isdigit() for each in numbers)
    assert len(set(numbers)) > 40
    assert customer_number(asked("9.1", 7)) == numbers[7]


def test_a_number_that_is_given_is_kept() -> None:
    assert customer_number(asked("9.1", given="0042")) == "0042"


def test_other_requests_have_none() -> None:
    assert customer_number(asked("4.1.1")) == ""


def test_the_user_is_told_the_number_with_the_answer_of_the_meter() -> None:
    scene = dcc_scene()
    scene.connect()
    scene.commissioned(HUB, ESME)
    user = next(iter(scene.dcc.world.users.with_role(UserRole.OTHER_USER)))

    answer = scene.dcc.request(user.name, "9.1", ESME)
    scene.run(seconds(30))

    response: ServiceResponse = scene.dcc.responses[answer.request_id]
    assert len(response.customer_number) == 4
