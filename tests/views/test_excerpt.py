import pytest
from hypothesis import given, strategies

from backstory.redaction.plain_text import one_line
from backstory.views.excerpt import excerpt, shortened

PADDING = "The payments service talks to three providers and each of them answers in its own time and its own way. "


CASES = {
    PADDING * 3 + "Please retry the capture of every payment twice. Thanks.": (
        "Please retry the capture of every payment twice."
    ),
    PADDING * 3 + "Can you make the delay double each time the capture fails?": (
        "Can you make the delay double each time the capture fails?"
    ),
    PADDING * 3 + "\n\n- fix the delay so that it doubles at every further attempt\n- x": (
        "fix the delay so that it doubles at every further attempt"
    ),
    PADDING * 3 + "\nok now add a test for the time-out of the second provider": (
        "ok now add a test for the time-out of the second provider"
    ),
    "Fix this bug...\n\nOrders fail when the provider is slow, all of them at once.\n\n" + PADDING * 3: (
        "Fix this bug... Orders fail when the provider is slow, all of them at once."
    ),
    "# Plan\n\n" + PADDING * 3 + "\n```\nfix this\n```\nwe should never fail an order because a provider is slow": (
        "we should never fail an order because a provider is slow"
    ),
    PADDING * 3 + "\nadd a retry around the provider's call that captures the payment and\nlog each of its attempts": (
        "add a retry around the provider's call that captures the payment and log each of its attempts"
    ),
    "<ide_opened_file>x.py</ide_opened_file>\n"
    + PADDING * 3
    + "\nRename capture to capture_payment everywhere in it": ("Rename capture to capture_payment everywhere in it"),
    "# Context from my IDE setup:\n\n## Open tabs:\n- a.py: src/a.py\n- fix the tabs\n\n## My request for Codex:\n"
    + PADDING * 2
    + "Make the third attempt wait for a minute before it gives up.": (
        "Make the third attempt wait for a minute before it gives up."
    ),
    "When the provider times out, retry the capture instead of failing. Never charge a customer twice. "
    + PADDING * 3: ("When the provider times out, retry the capture instead of failing."),
    PADDING * 4: PADDING.strip(),
}


@pytest.mark.parametrize(("request_text", "quoted"), CASES.items())
def test_a_long_request_is_quoted_where_it_asks_for_something(request_text, quoted):
    quotation = excerpt(request_text, 200)
    assert quotation.text.startswith(quoted)
    assert quotation.words_in_all == len(request_text.split())


def test_a_short_request_is_quoted_whole():
    quotation = excerpt("yes, but\n  keep the old name", 200)
    assert (quotation.text, quotation.words_in_all) == ("yes, but keep the old name", None)


def test_secrets_are_masked_before_anything_is_cut():
    token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a"
    assert token[:12] not in excerpt(f"Use {token} " + "to fetch the releases " * 20, 60).text
    assert token[:12] not in excerpt(PADDING * 300 + f"Fetch with {token}", 200).text


@given(strategies.text(), strategies.integers(20, 200))
def test_a_quotation_is_one_line_and_fits(text, limit):
    quotation = excerpt(text, limit)
    assert len(quotation.text) <= limit
    assert quotation.text == one_line(quotation.text)
    assert bool(quotation.text) or not one_line(text)


@given(strategies.text(), strategies.integers(2, 60))
def test_a_shortened_text_says_that_it_is_one(text, limit):
    short = shortened(text, limit)
    assert len(short) <= limit
    assert short == text or short.endswith("…")
