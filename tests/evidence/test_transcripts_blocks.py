"""How changes are told from patches, replacements and shell commands."""

from difflib import unified_diff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.evidence.transcripts.apply_patch import blocks_of_difference, changes_of_patch
from backstory.evidence.transcripts.blocks import blocks_of_file, blocks_of_hunk, blocks_of_replacement
from backstory.evidence.transcripts.shell import changes_by_shell
from backstory.model.edit import Block

LINES = st.lists(st.sampled_from(["a", "b", "c", "+", "-", " ", "@@ x", "\\ n", ""]), max_size=12)


@given(LINES, LINES)
def test_a_difference_tells_each_new_line_with_its_place(before: list[str], after: list[str]) -> None:
    difference = "\n".join(unified_diff(before, after, lineterm=""))
    standing: dict[int, str] = {}
    for block in blocks_of_difference(difference):
        assert block.first is not None
        standing |= dict(enumerate(block.lines, block.first))
    assert all(after[place - 1] == line for place, line in standing.items())
    kept = [line for place, line in enumerate(after, 1) if place not in standing]
    remaining = iter(before)
    assert all(line in remaining for line in kept), "what was not written was there before, in order"


@given(LINES, LINES)
def test_a_replacement_tells_what_was_not_there(before: list[str], after: list[str]) -> None:
    ended = ["".join(f"{line}\n" for line in lines) for lines in (before, after)]
    written = [line for block in blocks_of_replacement(*ended) for line in block.lines]
    remaining = iter(after)
    assert all(line in remaining for line in written)
    assert len(written) >= len(after) - len(before)
    assert not written or before != after


def test_of_a_great_replacement_only_unheard_of_lines_were_written() -> None:
    old = [f"a{n}" for n in range(3_000)]
    new = ["b1", "b2", *old[::-1], "b3"]
    assert list(blocks_of_replacement("\n".join(old), "\n".join(new))) == [Block(("b1", "b2")), Block(("b3",))]


def test_neighbouring_changes_are_blocks_of_their_own() -> None:
    lines = ["-a", "+b", "-c", "+d", " e", "+f\r"]
    assert list(blocks_of_hunk(7, lines)) == [
        Block(("b",), 7, ("a",)),
        Block(("d",), 8, ("c",)),
        Block(("f",), 10),
    ]


def test_the_last_lines_missing_end_is_no_line() -> None:
    assert list(blocks_of_hunk(1, ["-a", "\\ No newline at end of file", "+b"])) == [Block(("b",), 1, ("a",))]


@pytest.mark.parametrize(("content", "lines"), [("", []), ("a", ["a"]), ("a\r\n\r\nb\n", ["a", "", "b"])])
def test_a_file_is_its_lines(content: str, lines: list[str]) -> None:
    assert [line for block in blocks_of_file(content) for line in block.lines] == lines


def test_a_patch_changes_files_one_by_one() -> None:
    patch = (
        "*** Begin Patch\n*** Update File: a.py\n*** Move to: b.py\n@@ def a():\n x\n-y\n+z\n@@\n+w\n*** End of File\n"
        "*** Add File: c.py\n+1\n+\n*** Delete File: d.py\n*** Update File: e.py\n@@\n-gone\n*** End Patch\n"
    )
    assert [(change.path, change.blocks) for change in changes_of_patch(patch)] == [
        ("b.py", (Block(("z",), None, ("y",)), Block(("w",)))),
        ("c.py", (Block(("1", ""), 1),)),
        ("d.py", ()),
        ("e.py", ()),
    ]


@pytest.mark.parametrize(
    ("command", "written"),
    [
        ("cat > a.py <<'EOF'\nA\nEOF", {"a.py": ("A",)}),
        ("cat <<'EOF' > a.py\nA\nEOF", {"a.py": ("A",)}),
        ("mkdir -p x && cat >> 'x/a b.py' << \"END\"\nA\nB\nEND\necho", {"x/a b.py": ("A", "B")}),
        ("cd x && cat > a.py <<'EOF'\nA\nEOF", {"x/a.py": ("A",)}),
        ("sudo tee /etc/a <<'EOF'\nA\nEOF", {"/etc/a": ("A",)}),
        ("cat > a.py <<EOF\nA\nEOF", {"a.py": ("A",)}),
        ("cat > a.py <<EOF\n$HOME\nEOF", {}),
        ("cat > a.py <<'EOF'\n$HOME\nEOF\ncat > b.py <<'EOF'\nB\nEOF", {"a.py": ("$HOME",), "b.py": ("B",)}),
        ("git commit -F - <<'EOF'\nA\nEOF", {}),
        ("git commit -m \"$(cat <<'EOF'\nA\nEOF\n)\"", {}),
        ("python - <<'EOF'\nA\nEOF", {}),
        ("cat > $OUT <<'EOF'\nA\nEOF", {}),
        ("cat > a.py <<'EOF'\nA\n", {}),
        ("echo hi > a.py", {}),
    ],
)
def test_here_documents_write_files(command: str, written: dict[str, tuple[str, ...]]) -> None:
    changes = {change.path: change.blocks for change in changes_by_shell(command)}
    assert {path: lines for path, blocks in changes.items() for lines in [blocks[0].lines]} == written
    assert all(block.first is None for blocks in changes.values() for block in blocks)


@pytest.mark.parametrize(
    "command",
    [
        "\n" * 1_000_000,
        "cat" + " " * 1_000_000 + "x <<E\n",
        "cd a;" * 200_000 + "cat > b <<E\nE",
        "cat > a <<E\nE\n" * 50_000,
        "<<" * 500_000,
    ],
    ids=["line feeds", "spaces", "folders", "documents", "signs"],
)
def test_no_command_takes_long(command: str) -> None:
    """What grew with the square of the length would take hours."""
    list(changes_by_shell(command))


@given(st.text(alphabet="ca t>a<'EOF\n$`\"|&;", max_size=80))
def test_any_command_can_be_read(command: str) -> None:
    list(changes_by_shell(command))
