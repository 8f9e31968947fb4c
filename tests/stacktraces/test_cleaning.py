"""What loggers, containers, terminals and chats did to a line is undone, and each character keeps its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.stacktraces.cleaning import clean
from backstory.stacktraces.prefixes import prefix_length


def texts(raw: str) -> list[str]:
    return [line.text for line in clean(raw, 1)]


@pytest.mark.parametrize(
    "prefix",
    [
        "2024-02-02T07:09:05.4785822Z ",
        "2025-03-07 16:01:02,113 ERROR ",
        "[2025-03-07 16:01:02.113][ERROR][1][a7] ",
        "Mar  7 16:01:02 node-1 kubelet[42]: ",
        "4月 03 09:26:34 node-1 kubelet[42]: ",
        "2025-03-07T16:01:02+00:00 node-1 shop[42]: ",
        "2022-07-22T15:31:35.877519+00:00 app[worker.1]: ",
        "web-1  | ",
        "shop_web_1 | 2025-03-07 16:01:02 ",
        "2025-03-07T16:01:02.113456789Z stderr F ",
        "[pod/shop-7d9/web] ",
        "I/flutter (23635): ",
        "03-07 16:01:02.113  4242  4242 E AndroidRuntime: ",
        "E0403 09:26:35.512103    9519 runtime.go:69] ",
        "> ",
        "[error] ",
    ],
)
def test_prefix_is_taken_off_and_the_indentation_stays(prefix: str) -> None:
    for frame in ("at shop.Cart.total(Cart.java:42)", "    at total (/srv/cart.js:1:2)"):
        assert texts(prefix + frame) == [frame]


@pytest.mark.parametrize(
    "line",
    [
        "[C]: in function 'error'",
        " [1] total(cart) at cart.jl:12",
        "[app].../app/cart.rb:34:in `total'",
        "java.lang.IllegalStateException: no cart",
        "C:\\src\\cart.py: no such file",
        "   0: shop::total",
    ],
)
def test_what_looks_like_a_prefix_stays(line: str) -> None:
    assert prefix_length(line) == 0


def test_colours_and_markup_are_taken_off() -> None:
    assert texts("\x1b[31m  at \x1b[1mtotal\x1b[0m (/a.js:1:2)") == ["  at total (/a.js:1:2)"]
    assert texts("<span class='l'>a.rb:1:in `f&#39;</span>") == ["a.rb:1:in `f'"]
    assert texts("[/a/b.py](https://localhost:8080/#) in f(x)") == ["/a/b.py in f(x)"]


def test_escaped_breaks_are_breaks() -> None:
    assert texts('{"stack":"E: x\\n    at f (C:\\\\a.js:1:2)"}')[1:3] == ["E: x", "    at f (C:\\a.js:1:2)"]
    assert texts("boom\\n#0 /a.php(1): f()\\n#1 {main}") == ["boom", "#0 /a.php(1): f()", "#1 {main}"]


def test_a_windows_path_is_no_break() -> None:
    assert texts('File "C:\\new\\table.py", line 1, in f') == ['File "C:\\new\\table.py", line 1, in f']


def test_frames_on_one_line_are_parted() -> None:
    assert texts("a.B: c at d.E.f(E.java:1) at d.G.h(G.java:2)") == [
        "a.B: c",
        "at d.E.f(E.java:1)",
        "at d.G.h(G.java:2)",
    ]


@given(st.text(alphabet=st.characters(exclude_characters="\r\n"), max_size=200))
def test_every_character_knows_where_it_stood(raw: str) -> None:
    for line in clean(raw, 7):
        assert len(line.text) == len(line.printed) == len(line.columns)
        assert all(0 <= column < len(raw) for column in line.columns)
        assert list(line.columns) == sorted(line.columns)
