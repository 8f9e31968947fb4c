"""Objects are read in any number and size, by several threads, through processes that may die."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from backstory.history.objects import ObjectReader
from backstory.history.repository import discover
from notation.repository import RepositoryWriter


@pytest.fixture
def reader(weaving):
    opened = ObjectReader(weaving.repository)
    yield opened
    opened.close()


def test_objects_by_id_and_by_path(weaving, reader):
    assert reader.read(f"{weaving.third}:new.py") == b"one\ntwo\nthree;\nfour\n"
    assert reader.read(weaving.first).endswith(b"\n\nWeave")
    assert reader.read(f"{weaving.third}:gone.py") is None
    assert reader.read("1" * 40) is None
    assert reader.size(f"{weaving.third}:new.py") == 20
    assert reader.size("1" * 40) is None


def test_one_process_answers_one_after_the_other(weaving, reader, git_calls):
    for _ in range(5):
        assert reader.read(f"{weaving.third}:new.py")
        assert dict(reader.read_many([weaving.first, weaving.second]))
        assert reader.size(weaving.first)
    assert git_calls == ["config", "cat-file"]


def test_kind_and_limit(weaving, reader):
    assert reader.read_object(f"{weaving.third}:").kind == "tree"
    found = reader.read_object(f"{weaving.third}:new.py", limit=19)
    assert (found.kind, found.size, found.content) == ("blob", 20, None)
    assert reader.read_object(f"{weaving.third}:new.py", limit=20).content == b"one\ntwo\nthree;\nfour\n"


@pytest.mark.parametrize("name", ["", "\0", "-x", "HEAD:a\0b", "x blob 12", "HEAD:no such file"])
def test_impossible_names_are_missing(weaving, reader, name):
    assert reader.read(name) is None
    assert reader.read(weaving.first)


def test_names_that_no_line_can_hold(tmp_path):
    files = {"a\nb": "line feed\n", "a\r": "return\n", "a b": "space\n", " ": "only space\n"}
    with RepositoryWriter(tmp_path / "odd") as history:
        revision = history.commit("odd", files)
    reader = ObjectReader(discover(tmp_path / "odd"))
    names = [f"{revision}:{path}" for path in files]
    assert [content for _, content in reader.read_many(names)] == [text.encode() for text in files.values()]
    reader.close()


def test_hundreds_of_objects_of_all_sizes_come_in_order(tmp_path):
    sizes = [index * 789 for index in range(300)] + [5_000_000, 70_000, 3_000_000, 0]
    with RepositoryWriter(tmp_path / "large") as history:
        files = {f"{size}.txt": bytes([65 + size % 26]) * size for size in sizes}
        revision = history.commit("large", files)
    reader = ObjectReader(discover(tmp_path / "large"))
    names = [f"{revision}:{size}.txt" for size in sizes] * 4 + ["gone"] * 3_000
    answers = [len(content) if content is not None else None for _, content in reader.read_many(names)]
    assert answers == sizes * 4 + [None] * 3_000
    reader.close()


def test_reading_while_reading(weaving, reader):
    names = [weaving.first, weaving.second, weaving.third]
    for name, content in reader.read_many(names):
        assert reader.read(name) == content


def test_leaving_early_disturbs_nobody(weaving, reader):
    for _ in range(3):
        answers = reader.read_many([weaving.first] * 100)
        next(answers)
        answers.close()
    assert reader.read(f"{weaving.third}:other.py") == b"a\n"


def test_threads_do_not_mix_their_answers(weaving, reader):
    names = [weaving.first, weaving.second, weaving.third, f"{weaving.third}:new.py", "gone"] * 20
    expected = [reader.read(name) for name in names]
    with ThreadPoolExecutor(8) as threads:
        for answers in threads.map(lambda _: [reader.read(name) for name in names], range(8)):
            assert answers == expected


def test_a_process_that_died_is_replaced(weaving, reader):
    assert reader.read(weaving.first)
    reader._idle[0]._process.kill()
    reader._idle[0]._process.finish()
    assert reader.read(weaving.first)
    reader._idle[0]._process.kill()
    assert [name for name, content in reader.read_many([weaving.first, weaving.second]) if content] == [
        weaving.first,
        weaving.second,
    ]


def test_a_damaged_object_is_missing_and_the_others_are_not(tmp_path):
    with RepositoryWriter(tmp_path / "damaged") as history:
        revision = history.commit("x", {"a": "a\n", "b": "b\n"})
    repository = discover(tmp_path / "damaged")
    reader = ObjectReader(repository)
    damaged = "0123456789" * 4
    folder = repository.git_dir / "objects" / damaged[:2]
    folder.mkdir(exist_ok=True)
    (folder / damaged[2:]).write_bytes(b"damaged")
    names = [f"{revision}:a", damaged, f"{revision}:b"]
    assert [content for _, content in reader.read_many(names)] == [b"a\n", None, b"b\n"]
    assert reader.read(damaged) is None
    reader.close()


def test_a_closed_reader_keeps_no_process(weaving):
    reader = ObjectReader(weaving.repository)
    reader.close()
    assert reader.read(weaving.first)
    assert reader._idle == []


def test_commits_are_read_once_for_all_who_ask(weaving, reader, git_calls):
    commits = reader.read_commits([weaving.first, weaving.second])
    reader.close()
    del git_calls[:]
    assert reader.read_commits({weaving.second, weaving.first}) == commits
    assert commits[weaving.first].endswith(b"\n\nWeave")
    assert git_calls == []
    assert reader.read_commits([weaving.first, weaving.third]).keys() == {weaving.first, weaving.third}
    assert reader.read_commits(["1" * 40]) == {"1" * 40: None}
