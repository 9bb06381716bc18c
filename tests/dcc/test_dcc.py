"""Whole requests: from the user through the DCC and the SM WAN to a device, and back."""

from dataclasses import replace

import pytest

from emulator.dcc.dcc import Mailbox
from emulator.dcc.facts import (
    CommandSent,
    MessageRefused,
    ResponseReceived,
    ServiceRequestRefused,
    StatusChanged,
)
from emulator.dcc.inventory.statuses import SmiStatus
from emulator.dcc.primitives import Dispatch
from emulator.dcc.service_request import (
    Acknowledgement,
    CommandVariant,
    DeviceAlert,
    RequestId,
    ServiceRequest,
)
from emulator.gbcs.envelope import Message
from emulator.gbcs.remote_party_role import RemotePartyRole
from emulator.kernel.errors import UsageError
from emulator.kernel.identity import Eui64
from emulator.kernel.units import hours, seconds
from emulator.testing.scenes.dcc_scene import (
    ESME,
    GPF,
    GSME,
    HCALCS,
    HUB,
    IHD,
    MPAN,
    PPMID,
    DccScene,
    dcc_scene,
)

INSTALL_CODE = bytes.fromhex("30313233343536373839414243444546")


def connected(*devices: Eui64) -> DccScene:
    scene = dcc_scene()
    scene.commissioned(*devices)
    scene.connect()
    scene.run(seconds(2))
    return scene


def test_first_contact_of_a_hub_commissions_it() -> None:
    scene = dcc_scene()
    scene.listed(HUB, GPF)

    scene.connect()
    scene.run(seconds(2))

    assert scene.status(HUB) is SmiStatus.COMMISSIONED


def test_hub_without_coverage_stays_as_it_is_until_the_wan_arrives() -> None:
    scene = dcc_scene()
    scene.listed(HUB)

    scene.dcc.wan.connect(HUB, scene.home.deliver, covered=False)
    scene.run(hours(24))
    before = scene.status(HUB)
    scene.dcc.wan.cover(HUB, covered=True)
    scene.run(seconds(2))

    assert before is SmiStatus.PENDING
    assert scene.status(HUB) is SmiStatus.COMMISSIONED


def test_electricity_meter_goes_from_pending_to_commissioned() -> None:
    scene = connected(HUB)

    told = scene.dcc.request("supplier", "12.2", DeviceID=ESME, DeviceType="ESME")
    statuses = [scene.status(ESME)]
    added = scene.dcc.request(
        "supplier",
        "8.11",
        HUB,
        DeviceID=ESME,
        RequestType="Add",
        InstallCode=INSTALL_CODE,
        JoinTimePeriod=90,
        ImportMPxN=MPAN,
    )
    scene.run(seconds(5))
    statuses.append(scene.status(ESME))
    scene.dcc.wan.up(HUB, scene.home.backup(1, [(ESME, b"")]).encode())
    scene.run(seconds(2))
    statuses.append(scene.status(ESME))
    scene.dcc.wan.up(HUB, scene.home.backup(2, [(ESME, bytes(16))]).encode())
    scene.run(seconds(2))
    statuses.append(scene.status(ESME))
    commissioned = scene.dcc.request("supplier", "8.1.1", ESME)
    scene.run(seconds(5))
    statuses.append(scene.status(ESME))

    assert [told.code, added.code, commissioned.code] == ["I99", "I99", "I99"]
    assert statuses == [
        SmiStatus.PENDING,
        SmiStatus.WHITELISTED,
        SmiStatus.WHITELISTED,
        SmiStatus.INSTALLED_NOT_COMMISSIONED,
        SmiStatus.COMMISSIONED,
    ]
    assert [alert.code for alert in scene.dcc.mailbox.dcc_alerts] == ["N24", "N16"]


def test_commission_device_is_no_command_while_the_hub_is_not_commissioned() -> None:
    scene = dcc_scene()
    scene.listed(HUB, ESME)

    answer = scene.dcc.request("supplier", "8.1.1", ESME)

    assert (answer.code, answer.clause) == ("E5", "SEC App. AC 4.12(c)")
    assert not list(scene.trace.of(CommandSent))


def test_meter_that_answers_failure_is_not_commissioned() -> None:
    scene = connected(HUB)
    scene.listed(ESME)
    scene.home.failing.add(ESME)

    scene.dcc.request("supplier", "8.1.1", ESME)
    scene.run(seconds(5))

    (response,) = scene.dcc.mailbox.responses
    assert (response.code, response.successful) == ("I0", False)
    assert scene.status(ESME) is SmiStatus.PENDING


def test_gas_meter_then_gas_proxy_then_display_are_commissioned_in_this_order() -> None:
    scene = connected(HUB)
    scene.listed(GPF, GSME, PPMID)

    early = scene.dcc.request("supplier", "8.7.2", GSME, OtherDeviceID=GPF)
    scene.dcc.request("supplier", "8.1.1", GSME)
    scene.run(seconds(5))
    scene.dcc.request("supplier", "8.7.2", GSME, OtherDeviceID=GPF)
    scene.run(seconds(5))
    gpf = scene.status(GPF)
    scene.dcc.request("supplier", "8.7.2", GPF, OtherDeviceID=PPMID)
    scene.run(seconds(5))

    assert early.clause == "SEC App. AC 4.10"
    assert gpf is SmiStatus.COMMISSIONED
    assert scene.status(PPMID) is SmiStatus.COMMISSIONED


@pytest.mark.parametrize(
    ("srv", "target", "other", "use_case"),
    [
        ("8.7.1", ESME, PPMID, "CS03A1"),
        ("8.7.2", PPMID, ESME, "CS03A2NonCritical"),
        ("8.7.1", ESME, HCALCS, "CS03A1"),
        ("8.7.1", HCALCS, ESME, "CS03A2Critical"),
        ("8.7.1", GSME, PPMID, "CS03CCritical"),
        ("8.7.2", PPMID, GSME, "CS03CNonCritical"),
        ("8.7.2", GSME, GPF, "CS03B"),
        ("8.7.2", ESME, IHD, "CS03B"),
    ],
)
def test_join_becomes_the_use_case_of_the_pair(
    srv: str, target: Eui64, other: Eui64, use_case: str
) -> None:
    scene = connected(HUB, ESME, GSME)
    scene.listed(GPF, PPMID, HCALCS, IHD)

    scene.dcc.request("supplier", srv, target, OtherDeviceID=other)
    scene.run(seconds(5))

    ((_, received),) = scene.trace.of(ResponseReceived)
    assert (received.use_case, received.successful) == (use_case, True)


def test_display_has_no_status_after_joining() -> None:
    scene = connected(HUB, ESME)
    scene.listed(IHD)

    scene.dcc.request("supplier", "8.7.2", ESME, OtherDeviceID=IHD)
    scene.run(seconds(5))

    assert scene.status(IHD) is None


def test_broker_commands_the_hub_on_behalf_of_the_user() -> None:
    scene = connected(HUB)
    scene.listed(ESME)

    scene.dcc.request("supplier", "8.11", HUB, DeviceID=ESME, RequestType="Remove")
    scene.dcc.request("supplier", "8.9", HUB)
    scene.run(seconds(5))

    broker = scene.keys.with_role(RemotePartyRole.ACCESS_CONTROL_BROKER)[0]
    supplier = scene.dcc.user("supplier").eui64
    assert {message.originator for message in scene.home.heard} == {broker}
    counters = [message.other_information.supplementary_counter for message in scene.home.heard]
    assert {each.other_information.supplementary_party for each in scene.home.heard} == {supplier}
    assert counters == [1001, 1002]


def test_other_user_reads_under_the_brokers_name_with_its_own_certificate() -> None:
    scene = connected(HUB, ESME)

    scene.dcc.request(
        "other user",
        "4.8.1",
        ESME,
        StartDateTime="2026-01-01T00:00:00Z",
        EndDateTime="2026-01-02T00:00:00Z",
    )
    scene.run(seconds(5))

    (command,) = scene.home.heard
    user = scene.dcc.user("other user").eui64
    assert command.other_information.supplementary_party == user
    assert command.other_information.certificate


def test_local_command_comes_back_to_the_user_and_not_to_the_wan() -> None:
    scene = connected(HUB, ESME)

    answer = scene.dcc.request("supplier", "6.2.7", ESME, variant=CommandVariant.RETURN_LOCAL)
    scene.run(seconds(5))

    assert answer.command is not None
    assert Message.decode(answer.command).mac is not None
    assert not scene.home.heard


def test_answer_taken_on_site_is_matched_and_commissions_nothing() -> None:
    scene = connected(HUB, ESME)
    answer = scene.dcc.request("supplier", "6.2.7", ESME, variant=CommandVariant.RETURN_LOCAL)
    assert answer.command is not None
    response = scene.home.response(Message.decode(answer.command)).encode()

    returned = scene.dcc.request("supplier", "8.13", DeviceGBCSResponse=response)

    ((_, received),) = scene.trace.of(ResponseReceived)
    assert returned.code == "I99"
    assert (received.successful, received.over_wan) == (True, False)


def test_message_that_nobody_waits_for_is_refused_and_written_down() -> None:
    scene = connected(HUB, ESME)
    scene.dcc.request("supplier", "6.2.7", ESME)
    scene.run(seconds(5))
    response = scene.dcc.mailbox.responses[0].message
    assert response is not None

    scene.dcc.wan.up(HUB, response)
    scene.dcc.wan.up(HUB, b"no message")
    scene.dcc.wan.up(HUB, response[:-1] + bytes((response[-1] ^ 1,)))
    scene.run(seconds(5))

    assert len(list(scene.trace.of(MessageRefused))) == 3
    assert len(scene.dcc.mailbox.responses) == 1


def test_two_runs_leave_the_same_trace() -> None:
    def digest() -> str:
        scene = connected(HUB, ESME)
        scene.dcc.request("supplier", "6.2.7", ESME)
        scene.run(seconds(5))
        lines = [line.split('"octets"')[0] for line in scene.trace.lines()]
        return "\n".join(lines)

    assert digest() == digest()


def test_unknown_user_name_says_who_there_is() -> None:
    with pytest.raises(UsageError, match="network operator"):
        dcc_scene().dcc.request("nobody", "8.2")


def test_response_is_found_by_its_request() -> None:
    scene = connected(HUB, ESME)

    answer = scene.dcc.request("supplier", "6.2.7", ESME)
    scene.run(seconds(5))

    found = scene.dcc.mailbox.response(answer.request_id)
    assert found is not None
    assert scene.dcc.responses[answer.request_id] == found
    assert scene.dcc.mailbox.response(RequestId(ESME, ESME, 1)) is None


def test_status_facts_name_their_clause() -> None:
    scene = connected(HUB)
    scene.listed(ESME)

    scene.dcc.request("supplier", "8.1.1", ESME)
    scene.run(seconds(5))

    changes = [fact for _, fact in scene.trace.of(StatusChanged) if fact.device == ESME]
    assert [(each.after, each.clause) for each in changes] == [("Commissioned", "SEC App. AC 4.13")]
    assert not list(scene.trace.of(ServiceRequestRefused))


def test_command_that_is_ready_goes_out_unchecked_and_its_answer_comes_back() -> None:
    scene = connected(HUB, ESME)
    scene.dcc.request("supplier", "4.1.1", ESME)
    scene.run(seconds(5))
    (like,) = scene.home.heard
    name = RequestId(like.originator, ESME, like.counter + 1)
    bare = replace(like, counter=name.counter)
    command = Dispatch(
        request=ServiceRequest(request_id=name, srv="", variant=CommandVariant.SEND),
        message=replace(bare, mac=scene.dcc.world.protection.mac(bare)),
        use_case="ECS17b",
        hub=HUB,
        device=ESME,
        sleepy=False,
    )

    scene.dcc.dispatch(command)
    scene.run(seconds(5))

    response = scene.dcc.mailbox.response(name)
    assert response is not None
    assert (response.srv, response.code) == ("", "I0")


def test_a_mailbox_that_keeps_little_forgets_the_oldest() -> None:
    mailbox = Mailbox()
    mailbox.keep_only(10)

    for counter in range(100):
        request_id = RequestId(Eui64(1), Eui64(2), counter)
        mailbox.put(Acknowledgement(request_id=request_id, code="I99"))

    assert 10 <= len(mailbox.acknowledgements) <= 20
    assert mailbox.acknowledgements[-1].request_id.counter == 99


def test_alerts_after_a_moment_are_found_though_older_ones_were_forgotten() -> None:
    mailbox = Mailbox()
    mailbox.keep_only(2)

    for code in range(10):
        before = mailbox.alerts_so_far()
        mailbox.put(DeviceAlert(user=Eui64(1), device=Eui64(2), code=code, message=b""))
        mailbox.put(DeviceAlert(user=Eui64(1), device=Eui64(3), code=code, message=b""))

        found = mailbox.alerts_after(before)
        assert [each.device for each in found] == [Eui64(2), Eui64(3)]
        assert {each.code for each in found} == {code}

    assert mailbox.alerts_after(mailbox.alerts_so_far()) == ()
    assert len(mailbox.alerts_after(0)) == len(mailbox.device_alerts)
