import httpx

from emulator.testing.served.duis_burst import burst, inbox

ANSWER = b"<sr:RequestID>a:b:1</sr:RequestID><sr:ResponseCode>I0</sr:ResponseCode>"


def test_what_is_posted_is_told_by_the_request_that_it_answers() -> None:
    with inbox() as box:
        for octets in (ANSWER, ANSWER, b"<sr:ResponseCode>I0</sr:ResponseCode>"):
            assert httpx.post(box.url, content=octets).status_code == 204
        box.wait(1)

        assert box.codes() == {"a:b:1": ["I0", "I0"]}
        assert len(box.documents) == 3


def test_what_is_no_answer_of_duis_is_told_by_its_status() -> None:
    with inbox() as box:
        taken = burst(box.url.rstrip("/"), [b"1", b"2"])

    assert [code for _, code in taken] == ["204", "204"]
