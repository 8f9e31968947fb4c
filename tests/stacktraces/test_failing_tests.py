"""Which tests a report names, whoever ran them, and which files are tests."""

import pytest

from backstory.stacktraces.failing_tests import FailingTest, failing_tests, is_test_file, is_test_support
from backstory.stacktraces.failing_tests import tested_name as named_after
from backstory.stacktraces.words import telling_words, words_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "FAIL: test_find (tests.test_hooks.FindTest.test_find)",
            FailingTest("test_find", "FindTest", "hooks"),
        ),
        ("FAIL: test_find (tests.test_hooks.FindTest)", FailingTest("test_find", "FindTest", "hooks")),
        ("ERROR: test_find (tests.test_hooks.test_find)", FailingTest("test_find", "", "hooks")),
        (
            "FAILED tests/test_hooks.py::FindTest::test_find[one-two] - AssertionError",
            FailingTest("test_find", "FindTest", "hooks"),
        ),
        ("FAILED tests/test_hooks.py::test_find", FailingTest("test_find", "", "hooks")),
        ("ERROR tests/test_hooks.py - ImportError: no module", FailingTest("", "", "hooks")),
        ("____________ FindTest.test_find[one] ____________", FailingTest("test_find", "FindTest")),
        ("--- FAIL: TestFind/in_folder (0.00s)", FailingTest("in_folder", "TestFind")),
        ("---- hooks::tests::find_hook stdout ----", FailingTest("find_hook", "hooks.tests")),
        ("  ● FindHooks › finds the hook", FailingTest("finds the hook", "FindHooks")),
        ("[ERROR]   HooksTest.findHook:42 expected: <1>", FailingTest("findHook", "HooksTest")),
    ],
)
def test_each_runner_names_its_tests(line, expected):
    assert failing_tests(f"12 tests\n{line}\n1 failed\n") == (expected,)


def test_one_test_is_named_once():
    report = "____ FindTest.test_find ____\nFAILED a/test_b.py::T::test_c - x\nFAILED a/test_b.py::T::test_c - x\n"
    assert failing_tests(report) == (FailingTest("test_c", "T", "b"),)


def test_prose_names_no_test():
    assert failing_tests("it failed: test it again\nERROR: cannot open the door\nFAILED\n____\n") == ()


@pytest.mark.parametrize(
    "path",
    [
        "tests/cart.py",
        "shop/test/cart.py",
        "src/__tests__/cart.ts",
        "test_cart.py",
        "shop/cart_test.go",
        "src/cart.test.tsx",
        "src/cart.spec.ts",
        "src/test/java/CartTest.java",
        "Shop.Tests/CartTests.cs",
        "spec/cart_spec.rb",
        "shop/conftest.py",
        "src/tests.rs",
    ],
)
def test_files_of_tests(path):
    assert is_test_file(path)


@pytest.mark.parametrize(
    "path",
    ["shop/cart.py", "shop/latest.py", "shop/testing.py", "contest/entry.py", "src/Attestation.java", "a/specs.md"],
)
def test_files_of_the_product(path):
    assert not is_test_file(path)


def test_files_for_tests_to_use():
    assert is_test_support("shop/testing.py")
    assert is_test_support("src/testUtils.ts")
    assert not is_test_support("shop/cart.py")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("tests/test_hooks.py", "hooks"),
        ("shop/websocket_test.py", "websocket"),
        ("src/cart.test.ts", "cart"),
        ("src/CartTest.java", "Cart"),
        ("shop/cart.py", "cart"),
    ],
)
def test_what_a_file_of_tests_is_named_after(path, name):
    assert named_after(path) == name


def test_words_of_names():
    assert words_of("strip_jsonp StripJSONP JSONReader http2Server größe x") == [
        *("strip", "jsonp", "strip", "jsonp", "json", "reader", "http", "server"),
        *("gr", "öß"),
    ]
    assert telling_words("test_that_the_HTTP_server_is_up") == {"http", "server", "up"}
