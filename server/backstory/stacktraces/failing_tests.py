"""Which tests a report says have failed, and which files are tests.

FAIL: test_find_hook (tests.test_hooks.TestFindHooks.test_find_hook)      unittest
FAILED tests/test_hooks.py::TestFindHooks::test_find_hook[one] - Assert…  pytest
___________________ TestFindHooks.test_find_hook ___________________      pytest
--- FAIL: TestFindHook/one (0.00s)                                        go test
---- hooks::tests::find_hook stdout ----                                  cargo test
● FindHooks › finds the hook                                              Jest
[ERROR] HooksTest.findHook:42 …                                           Maven
"""

import re
from collections.abc import Iterator

from attrs import frozen

_FOLDERS = re.compile(r"(?:^|/)(?:tests?|testing|__tests__|specs?|e2e|test-\w+|\w+_tests?)/", re.IGNORECASE)
_FILES = re.compile(
    r"(?:^|/)(?:tests?[_-][^/]*|conftest\.py|[^/]*[_.-](?:tests?|spec)\.\w+|tests?\.\w+|[^/]*[a-z0-9](?:Tests?|Spec)\.\w+)$"
)
_SUPPORT = re.compile(r"(?:^|/)(?:testing|test_?(?:utils?|helpers?|support))\.\w+$", re.IGNORECASE)
_AFFIXES = re.compile(r"^(?:tests?[_-])|(?:[_.-](?:tests?|spec))$|(?<=[a-z0-9])(?:Tests?|Spec)$")

_UNITTEST = re.compile(r"^(?:FAIL|ERROR): (\w+) \(([\w.]+)\)", re.MULTILINE)
_NODE_ID = re.compile(r"^(?:FAILED|ERROR) ([^\s:]+\.py)((?:::[\w-]+)*)", re.MULTILINE)
_HEADLINE = re.compile(r"^_{3,} (?!ERROR )([\w.]+)\S* _{3,}$", re.MULTILINE)
_OTHERS = re.compile(
    r"^[ \t]*(?:--- FAIL: ([\w/]+)|---- ([\w:]+) stdout ----|● (.{1,200} › .{1,200})|\[ERROR\] +(\w+\.\w+):\d+)",
    re.MULTILINE,
)


@frozen
class FailingTest:
    """A test that a report names."""

    name: str
    """Its own name."""

    around: str = ""
    """The class or the suite it belongs to; empty when the report names none."""

    file: str = ""
    """Its file's name without what makes it a test's: `hooks` of `tests/test_hooks.py`; empty when not named."""


def failing_tests(report: str) -> tuple[FailingTest, ...]:
    """Return the tests that a report says have failed, each once."""
    found = [*_unittest(report), *_pytest(report)]
    if not found:
        found = [*_headlines(report), *_others(report)]
    return tuple(dict.fromkeys(found))


def is_test_file(path: str) -> bool:
    """Tell whether a file is a test, or a test's, by its folders and its name."""
    return _FOLDERS.search(path) is not None or _FILES.search(path) is not None


def is_test_support(path: str) -> bool:
    """Tell whether a file of the product is there for tests to use, by its name."""
    return _SUPPORT.search(path) is not None


def tested_name(path: str) -> str:
    """Return the name of a test's file without what makes it a test's: `hooks` of `test_hooks.py`."""
    stem = path.rpartition("/")[2].rsplit(".", 1)[0]
    return _AFFIXES.sub("", _AFFIXES.sub("", stem))


def _unittest(report: str) -> Iterator[FailingTest]:
    """Read `name (module.Class.name)`, and `name (module.Class)` as before Python 3.11."""
    for name, place in _UNITTEST.findall(report):
        *module, last = place.removesuffix(f".{name}").split(".")
        is_class = last[:1].isupper()
        files = module[-1:] if is_class else [last]
        yield FailingTest(name, last if is_class else "", tested_name(f"{files[0]}.py") if files else "")


def _pytest(report: str) -> Iterator[FailingTest]:
    for path, parts in _NODE_ID.findall(report):
        *around, name = parts.split("::")
        yield FailingTest(name, ".".join(filter(None, around)), tested_name(path))


def _headlines(report: str) -> Iterator[FailingTest]:
    for name in _HEADLINE.findall(report):
        around, _, last = name.rpartition(".")
        yield FailingTest(last, around)


def _others(report: str) -> Iterator[FailingTest]:
    for groups in _OTHERS.findall(report):
        named = next(filter(None, groups))
        around, _, name = re.sub(r"::| › |/", ".", named).rpartition(".")
        yield FailingTest(name, around)
