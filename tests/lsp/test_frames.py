from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from backstory.lsp.frames import LARGEST_HEADER, frames


def received(data, *cuts):
    """The bodies in `data` when it arrives in pieces."""
    bounds = [0, *sorted(cuts), len(data)]
    pieces = [data[start:end] for start, end in pairwise(bounds) if start < end]
    arriving = iter([*pieces, b""])
    return list(frames(lambda: next(arriving)))


def framed(body):
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)


@given(st.lists(st.binary(max_size=50), max_size=5), st.data())
def test_bodies_come_out_whole_however_they_arrive(bodies, data):
    stream = b"".join(map(framed, bodies))
    cuts = data.draw(st.lists(st.integers(0, len(stream)), max_size=8))
    assert received(stream, *cuts) == bodies


@given(st.binary(max_size=300))
def test_any_bytes_come_to_an_end(data):
    assert all(isinstance(body, bytes) for body in received(data))


def test_header_fields_in_any_order_and_case():
    header = b"content-type: application/vscode-jsonrpc; charset=utf-8\r\nCONTENT-length:   2  \r\n\r\n"
    assert received(header + b"{}") == [b"{}"]


def test_a_header_without_a_length_is_a_message_without_a_body():
    assert received(b"GET / HTTP/1.1\r\n\r\n" + framed(b"{}")) == [b"", b"{}"]


def test_after_a_length_too_small_the_next_message_is_found():
    assert received(b"Content-Length: 3\r\n\r\n{...}" + framed(b"{}")) == [b"{..", b"{}"]


def test_a_length_that_nobody_can_mean_is_none():
    assert received(b"Content-Length: 99999999999\r\n\r\n" + framed(b"{}")) == [b"", b"{}"]


def test_a_flood_without_a_header_is_not_kept():
    flood = b"x" * (LARGEST_HEADER * 3)
    assert received(flood + b"\r\n" + framed(b"{}"), LARGEST_HEADER * 2) == [b"{}"]


def test_a_body_that_breaks_off_is_none():
    assert received(b"Content-Length: 5\r\n\r\n{}") == []
