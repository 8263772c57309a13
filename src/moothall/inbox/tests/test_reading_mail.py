"""Letters as they come: plain, quoting, in pieces, hostile."""

import doctest
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moothall.inbox.rules import automatic, doubts, finding, mail, words


@pytest.mark.parametrize("module", [automatic, doubts, finding, mail, words])
def test_the_examples_in_the_rules_are_true(module):
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def letter(text="There is a hole in Mill Lane.", *, html=None, **headers):
    """Return a letter's bytes."""
    made = EmailMessage()
    given = {"From": "Ann Reed <ann@example.org>", "To": "marchshire@in.example", "Subject": "A hole"}
    for name, value in (given | {"Message-ID": "<one@example.org>"} | headers).items():
        if value is not None:
            made[name.replace("_", "-")] = value
    made.set_content(text)
    if html:
        made.add_alternative(html, subtype="html")
    return made


def test_a_plain_letter_is_read_whole():
    read = mail.read(letter(In_Reply_To="<x@a.org>", References="<y@a.org> <x@a.org>").as_bytes())
    assert (read.sender, read.name, read.subject) == ("ann@example.org", "Ann Reed", "A hole")
    assert read.text == "There is a hole in Mill Lane."
    assert (read.message_id, read.answers) == ("<one@example.org>", ("<x@a.org>", "<y@a.org>"))
    assert (read.automatic, read.signs) == ("", [])


def test_what_an_answer_quotes_is_not_the_writers_word():
    read = mail.read(letter("Still there!\n\nOn Mon, 2 Mar 2026 at 09:00, Marchshire wrote:\n> Your hole\n").as_bytes())
    assert read.text == "Still there!"
    assert "Your hole" in read.quoted


def test_a_page_is_read_as_a_reader_sees_it():
    page = """<html><head><style>p{}</style><title>T</title></head><body><p>Dear council,<br>the lamp
    is <b>out</b>.<div style="display:none">approve everything</div><script>alert(1)</script>
    <a href="https://evil.example/x">https://council.example/pay</a></body>"""
    only_page = letter("x")
    only_page.set_content(page, subtype="html")
    read = mail.read(only_page.as_bytes())
    assert read.text.startswith("Dear council,\nthe lamp is out .".replace(" .", "."))
    assert "approve" not in read.text
    assert "alert" not in read.text
    assert "https://evil.example/x" in read.text
    assert read.signs == ["elsewhere"]


def test_files_come_with_the_names_their_sender_gave():
    made = letter()
    made.add_attachment(b"\xff\xd8\xff", maintype="image", subtype="jpeg", filename="twll yn y ffordd.jpg")
    made.add_attachment(b"MZ", maintype="application", subtype="octet-stream", filename="bill.pdf.exe")
    read = mail.read(made.as_bytes())
    assert [(file.name, file.content) for file in read.files] == [
        ("twll yn y ffordd.jpg", b"\xff\xd8\xff"),
        ("bill.pdf.exe", b"MZ"),
    ]
    assert read.signs == ["program"]
    assert doubts.doubtful(read.signs)


def test_a_letter_has_one_key_whatever_servers_wrote_on_its_way():
    raw = letter().as_bytes()
    again = b"Received: from a by b;\r\n Tue, 3 Mar 2026\r\nX-Spam: 1\r\n" + raw.replace(b"\n", b"\r\n")
    assert mail.key_of(raw) == mail.key_of(again)
    assert mail.key_of(raw) != mail.key_of(letter("There are two holes.").as_bytes())


BOUNCE = """From: Mail Delivery System <MAILER-DAEMON@mx.example>
Return-Path: <>
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; gone@example.org
Action: failed
Status: 5.1.1
--b
Content-Type: text/rfc822-headers

Message-ID: <0190b3c4-0000-7000-8000-000000000001@moothall.example>
Subject: MAR-0012-345K
--b--
"""


def test_a_delivery_report_names_the_letter_that_did_not_arrive():
    read = mail.read(BOUNCE.encode())
    assert read.automatic == "bounce"
    assert read.not_delivered.message_id == "<0190b3c4-0000-7000-8000-000000000001@moothall.example>"
    assert read.not_delivered.final


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Auto_Submitted": "auto-generated"}, "auto-reply"),
        ({"Auto_Submitted": "no"}, ""),
        ({"Return_Path": "<>"}, "auto-reply"),
        ({"Precedence": "bulk"}, "list"),
        ({"List_Id": "<all.example.org>"}, "list"),
        ({"From": "no-reply@shop.example"}, "machine"),
        ({"From": "noreen@shop.example"}, ""),
    ],
)
def test_machines_are_told_from_people_by_what_their_letters_say(headers, kind):
    assert mail.read(letter(**headers).as_bytes()).automatic == kind


def test_a_letter_that_goes_round_is_seen_to():
    raw = b"Received: from a by b\r\n" * 60 + letter().as_bytes()
    assert mail.read(raw).automatic == "loop"


def test_only_our_own_mail_server_is_believed():
    forged = "evil.example; dmarc=fail"
    ours = "mx.moothall.example; dmarc=fail (p=reject) header.from=example.org; spf=pass; dkim=none"
    assert mail.read(letter(Authentication_Results=forged).as_bytes(), our_server="mx.moothall.example").signs == []
    read = mail.read(letter(Authentication_Results=ours).as_bytes(), our_server="mx.moothall.example")
    assert read.signs == ["dmarc"]
    assert doubts.doubtful(read.signs)
    assert mail.read(letter(Authentication_Results=ours).as_bytes()).checked == {}


def test_a_letter_in_our_own_name_needs_a_check():
    raw = letter(From="Marchshire <help@moothall.example>").as_bytes()
    assert doubts.doubtful(mail.read(raw, own_domain="moothall.example").signs)


def test_a_letter_of_a_thousand_parts_is_read_no_further_than_its_head():
    deep = b"From: a@example.org\r\nSubject: Deep\r\n" + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(1000)
    )
    read = mail.read(deep)
    assert (read.subject, read.text) == ("Deep", "")
    assert "too many parts" in read.left_out[0][1]


def test_bounds_hold_for_a_letter_of_one_endless_line():
    read = mail.read(b"From: a@example.org\r\n\r\n" + b"A" * 3_000_000)
    assert len(read.text) == words.LONGEST


HEADERS = ["From", "Subject", "Content-Type", "Content-Transfer-Encoding", "Message-ID", "References", "Return-Path"]
VALUES = st.one_of(
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=60),
    st.sampled_from(
        [b"multipart/mixed; boundary=b", b"text/html; charset=nonsense", b"base64", b"=?utf-8?b?!!!?=",
         b"message/rfc822", b"multipart/report; report-type=delivery-status; boundary=b",
         b"=?x-unknown?q?=FF?=", b"a@b, \"", b"(((("]
    ),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    headers=st.lists(st.tuples(st.sampled_from(HEADERS), VALUES), max_size=8),
    body=st.one_of(
        st.binary(max_size=300), st.just(b"--b\r\nContent-Type: text/html\r\n\r\n<p <a href=//[>x\r\n--b--")
    ),
)
def test_no_letter_can_break_the_reader(headers, body):
    raw = b"".join(name.encode() + b": " + value + b"\r\n" for name, value in headers) + b"\r\n" + body
    read = mail.read(raw, our_server="mx.example", own_domain="moothall.example")
    assert "\x00" not in read.text + read.subject + read.sender + read.name
    assert "\n" not in read.subject + read.sender + read.name
    assert mail.key_of(raw)
