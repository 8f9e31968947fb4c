"""Frames are given the file they mean, whatever a build has made of its path; in doubt, candidates."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.model.located import Candidate
from backstory.model.stacktrace import Frame, StackTrace
from backstory.stacktraces.locate import FileIndex, PathMapping, locate
from backstory.stacktraces.parse import parse

SHOP = "/home/ada/shop"
BOOKS = "/home/ada/books"


def trace_of(*frames, dialect="python"):
    told = [frame if isinstance(frame, Frame) else Frame(frame, 3, None, "total") for frame in frames]
    return StackTrace(dialect, None, None, tuple(told), lines=None)


def placed(trace, files, *, texts=None, mappings=()):
    """Return what each frame became: `path`, `? path path`, or why none; `library: …` where it is folded."""
    paths = files if isinstance(files, dict) else {SHOP: files}
    index = FileIndex.of(paths)
    texts = texts or {}
    placings = locate(trace, index, mappings, lambda repository, path: texts.get(path, texts.get((repository, path))))
    return [said(placing, several=len(paths) > 1) for placing in placings]


def said(placing, *, several):
    def name(candidate):
        return f"{candidate.repository.rpartition('/')[2]}:{candidate.path}" if several else candidate.path

    if placing.chosen:
        told = name(placing.chosen)
    elif placing.candidates:
        told = " ".join(("?", *map(name, placing.candidates)))
    else:
        told = placing.because
    return f"library: {told}" if placing.is_library else told


def test_a_container_is_the_repository():
    files = ["cart/models.py", "books/models.py", "manage.py", "old/manage.py"]
    trace = trace_of("/app/cart/models.py", "/app/books/models.py", "/app/manage.py")
    assert placed(trace, files) == ["cart/models.py", "books/models.py", "manage.py"]


def test_a_container_is_the_package_that_has_all_of_the_files():
    files = ["web/src/index.ts", "web/src/router.ts", "api/src/index.ts", "api/src/db.ts"]
    trace = trace_of("/app/src/index.ts", "/app/src/router.ts", dialect="javascript")
    assert placed(trace, files) == ["web/src/index.ts", "web/src/router.ts"]
    trace = trace_of("/app/src/db.ts", "/app/src/index.ts", dialect="javascript")
    assert placed(trace, files) == ["api/src/db.ts", "api/src/index.ts"]


def test_one_trace_has_several_roots():
    files = ["web/src/index.ts", "web/src/router.ts", "api/src/index.ts", "api/src/db.ts"]
    trace = trace_of(
        "/app/web/src/index.ts",
        "/srv/www/src/index.ts",
        "/srv/www/src/router.ts",
        "/opt/worker/src/db.ts",
        "/opt/worker/src/index.ts",
        dialect="javascript",
    )
    assert placed(trace, files) == [
        "web/src/index.ts",
        "web/src/index.ts",
        "web/src/router.ts",
        "api/src/db.ts",
        "api/src/index.ts",
    ]


def test_in_doubt_the_candidates_are_told():
    files = ["web/src/index.ts", "api/src/index.ts", "cli/index.ts"]
    [placing] = locate(trace_of("/app/src/index.ts", dialect="javascript"), FileIndex.of({SHOP: files}))
    assert placing.chosen is None
    assert placing.because == "3 files here may be meant, and nothing decides."
    assert placing.candidates == (
        Candidate(SHOP, "api/src/index.ts", "Its path ends with src/index.ts, as the frame's does."),
        Candidate(SHOP, "web/src/index.ts", "Its path ends with src/index.ts, as the frame's does."),
        Candidate(SHOP, "cli/index.ts", "Its path ends with index.ts, as the frame's does."),
    )


def test_a_name_alone_is_no_reason():
    assert placed(trace_of("/opt/agent/hooks/models.py"), ["cart/models.py"]) == ["? cart/models.py"]
    assert placed(trace_of("models.py"), ["cart/models.py"]) == ["cart/models.py"]


def test_whose_frame_it_is():
    files = {SHOP: ["src/cart.py", "src/main.py"], BOOKS: ["src/ledger.py", "src/main.py"]}
    assert placed(trace_of("/app/src/cart.py", "/app/src/main.py"), files) == ["shop:src/cart.py", "shop:src/main.py"]
    assert placed(trace_of("/ci/books/src/main.py"), files) == ["books:src/main.py"]
    assert placed(trace_of("/app/src/main.py"), files) == ["? books:src/main.py shop:src/main.py"]


def test_frames_of_two_repositories_stand_in_one_trace():
    files = {SHOP: ["shop/cart.py", "shop/__init__.py"], BOOKS: ["books/ledger.py", "books/__init__.py"]}
    trace = trace_of("/app/shop/cart.py", "/venv/lib/python3.12/site-packages/books/ledger.py")
    assert placed(trace, files) == ["shop:shop/cart.py", "books:books/ledger.py"]


def test_a_path_of_this_work_tree_is_itself():
    files = {SHOP: ["src/main.py", "old/src/main.py"], "/home/ada/shop/old": ["src/main.py"]}
    assert placed(trace_of("/home/ada/shop/src/main.py"), files) == ["shop:src/main.py"]


def test_the_projects_own_wheel_is_not_a_library():
    files = ["src/shop/cart.py", "src/shop/__init__.py", "vendor/celery/app/base.py", "shop/models.py"]
    trace = trace_of(
        "/venv/lib/python3.12/site-packages/shop/cart.py",
        "/venv/lib/python3.12/site-packages/celery/app/base.py",
        "/venv/lib/python3.12/site-packages/django/db/models.py",
        "/usr/lib/python3.12/shop/cart.py",
    )
    assert placed(trace, files) == [
        "src/shop/cart.py",
        "library: It is part of celery, which pip installed.",
        "library: It is part of django, which pip installed.",
        "library: It is part of Python, which comes with the language.",
    ]


def test_a_package_of_the_workspace_is_known_by_its_manifest():
    files = [
        "packages/core/package.json",
        "packages/core/src/cart.ts",
        "examples/koa/package.json",
        "examples/koa/a.js",
    ]
    trace = trace_of("/app/node_modules/@shop/base/src/cart.ts", "/app/node_modules/koa/a.js", dialect="javascript")
    texts = {"packages/core/package.json": '{\n  "name": "@shop/base"\n}', "examples/koa/package.json": '{"name": "x"}'}
    assert placed(trace, files, texts=texts) == [
        "packages/core/src/cart.ts",
        "library: It is part of koa, which npm installed.",
    ]


@pytest.mark.parametrize(
    ("printed", "files", "texts"),
    [
        ("/b/gems/shop_core-5.1.0/lib/a.rb", ["core/shop_core.gemspec", "core/lib/a.rb"], {}),
        (
            "/r/.cargo/registry/src/i/shop-core-0.2.1/src/a.rs",
            ["core/Cargo.toml", "core/src/a.rs"],
            {"core/Cargo.toml": 'name = "shop-core"'},
        ),
        (
            "/go/pkg/mod/example.com/shop/v2@v2.0.1/cart/a.go",
            ["go.mod", "cart/a.go"],
            {"go.mod": "module example.com/shop/v2\n"},
        ),
        ("/srv/vendor/shop/core/src/A.php", ["composer.json", "src/A.php"], {"composer.json": '{"name": "shop/core"}'}),
        ("package:shop/a.dart", ["pubspec.yaml", "lib/a.dart"], {"pubspec.yaml": "name: shop\n"}),
        ("/app/deps/shop/lib/a.ex", ["mix.exs", "lib/a.ex"], {"mix.exs": "[app: :shop, version: 1]"}),
    ],
)
def test_own_packages_of_every_installer(printed, files, texts):
    trace = trace_of(printed, dialect="dart" if printed.endswith("dart") else "python")
    assert placed(trace, files, texts=texts) == [files[-1]]
    others = dict.fromkeys(texts, "name: other\n")
    if texts:
        [told] = placed(trace, files, texts={path: text.replace("shop", "other") for path, text in texts.items()})
        assert told.startswith("library: "), others


def test_a_copy_in_the_repository_is_opened_and_stays_a_library():
    files = ["vendor/github.com/pkg/errors/stack.go", "stack.go"]
    trace = trace_of("/src/vendor/github.com/pkg/errors/stack.go", dialect="go")
    assert placed(trace, files) == ["library: vendor/github.com/pkg/errors/stack.go"]


def test_java_tells_the_package():
    files = ["core/src/main/java/shop/cart/Total.java", "core/src/main/java/shop/books/Total.java", "x/Total.java"]
    text = """java.lang.IllegalStateException: no cart
	at app//shop.cart.Total$Inner.run(Total.java:7)
	at shop.books.Total.lambda$run$0(Total.java:9)
	at org.other.Total.run(Total.java:3)
	at java.base/java.lang.Thread.run(Thread.java:840)
"""
    assert placed(parse(text)[0], files) == [
        "core/src/main/java/shop/cart/Total.java",
        "core/src/main/java/shop/books/Total.java",
        "No file here ends with other/Total.java.",
        "library: It is part of java, which comes with the language.",
    ]


def test_kotlin_may_leave_out_the_packages_beginning():
    files = ["app/src/main/kotlin/cart/Total.kt", "app/src/main/kotlin/books/Total.kt"]
    frame = Frame("Total.kt", 7, None, "com.acme.shop.cart.TotalKt.total")
    assert placed(trace_of(frame, dialect="java"), files) == ["app/src/main/kotlin/cart/Total.kt"]


def test_records_tell_the_class_as_the_module():
    files = ["src/main/java/shop/Cart.java", "src/main/java/books/Cart.java"]
    assert placed(trace_of(Frame("Cart.java", 7, None, "total", "shop.Cart"), dialect="sentry"), files) == [
        "src/main/java/shop/Cart.java"
    ]


def test_go_without_its_paths():
    files = ["cart/total.go", "total.go", "internal/total.go"]
    trace = trace_of(
        Frame("example.com/acme/shop/cart/total.go", 3, None, "example.com/acme/shop/cart.Total"),
        Frame("runtime/proc.go", 3, None, "runtime.main"),
        dialect="go",
    )
    assert placed(trace, files) == ["cart/total.go", "library: It is part of Go, which comes with the language."]


def test_a_crate_is_named_by_the_function():
    files = ["crates/shop-core/src/lib.rs", "crates/shop-web/src/lib.rs", "src/main.rs"]
    frame = Frame("/build/src/lib.rs", 3, None, "<shop_web::Cart as core::ops::Drop>::drop")
    assert placed(trace_of(frame, dialect="rust"), files) == ["crates/shop-web/src/lib.rs"]


def test_windows_takes_upper_and_lower_case_for_the_same():
    assert placed(trace_of("C:\\agent\\_work\\1\\s\\SRC\\cart.cs", dialect="csharp"), ["src/Cart.cs"]) == [
        "src/Cart.cs"
    ]
    assert placed(trace_of("/agent/SRC/cart.cs", dialect="csharp"), ["src/Cart.cs"]) == [
        "No file here ends with SRC/cart.cs."
    ]


def test_a_mapping_wins():
    files = ["a/cart.py", "b/cart.py"]
    trace = trace_of("/app/a/cart.py", "/app/a/none.py")
    mappings = [PathMapping("/app/", "x/"), PathMapping("/app/a/", "b/")]
    assert placed(trace, files) == ["a/cart.py", "No file here ends with a/none.py."]
    assert placed(trace, files, mappings=mappings) == ["b/cart.py", "No file here ends with a/none.py."]
    elsewhere = [PathMapping("/app/a/", "b/", BOOKS)]
    assert placed(trace, files, mappings=elsewhere)[0] == "a/cart.py"


def test_mappings_of_one_stack_root():
    frame = Frame("Cart.java", 7, None, "io.shop.core.Cart.total")
    mappings = [PathMapping("io/shop", "one/src/io/shop"), PathMapping("io/shop", "two/src/io/shop")]
    both = ["one/src/io/shop/core/Cart.java", "two/src/io/shop/core/Cart.java"]
    trace = trace_of(frame, dialect="java")
    assert placed(trace, both[1:], mappings=mappings) == [both[1]]
    assert placed(trace, both, mappings=mappings) == [f"? {both[0]} {both[1]}"]


def test_texts_decide_between_equals():
    files = ["web/src/index.ts", "api/src/index.ts"]
    trace = trace_of(Frame("/app/src/index.ts", 3, None, "Cart.total"), dialect="javascript")
    defined = {"web/src/index.ts": "import x\n\nfunction total() {\n", "api/src/index.ts": "x\ny\ntotal()\nz\n"}
    assert placed(trace, files, texts=defined) == ["web/src/index.ts"]
    assert placed(trace, files, texts=dict.fromkeys(files, "function total() {\n\n\n")) == [
        "? api/src/index.ts web/src/index.ts"
    ]
    quoting = trace_of(Frame("/app/src/index.ts", 2, None, None, context_line="return items"), dialect="javascript")
    quoted = {"web/src/index.ts": "a\nb\n  return items\n", "api/src/index.ts": "a\n  return items\n"}
    assert placed(quoting, files, texts=quoted) == ["api/src/index.ts"]


def test_what_the_record_says_is_believed():
    trace = trace_of(Frame("/app/cart/models.py", 1, None, "a", in_app=False))
    assert placed(trace, ["cart/models.py"]) == ["library: cart/models.py"]


def test_frames_without_a_file():
    trace = trace_of(Frame(None, None, None, "Shop.Cart.Total"), Frame("<string>", 1, None, None), dialect="csharp")
    assert placed(trace, ["src/Cart.cs"]) == ["The frame names no file.", "The frame stands in no file."]


_NAMES = st.lists(
    st.sampled_from(["app", "src", "a", "b", "index.ts", "..", "node_modules", ""]), min_size=1, max_size=5
)
_PATHS = st.lists(_NAMES.map(lambda parts: "/".join(p for p in parts if p not in {"", ".."}) or "x"), max_size=8)
_PRINTED = _NAMES.map("/".join) | _NAMES.map(lambda parts: "/" + "/".join(parts)) | st.text(max_size=20)


@given(paths=_PATHS, printed=st.lists(_PRINTED, max_size=5), seed=st.randoms(use_true_random=False))
def test_any_trace_has_one_answer(paths, printed, seed: random.Random):
    paths = sorted(set(paths))
    trace = trace_of(*printed, dialect="javascript")
    placings = locate(trace, FileIndex.of({SHOP: paths}))
    assert [placing.frame for placing in placings] == list(range(len(printed)))
    for placing in placings:
        assert placing.because
        assert not (placing.chosen and placing.candidates)
        assert {each.path for each in (placing.chosen, *placing.candidates) if each} <= set(paths)
    seed.shuffle(paths)
    assert locate(trace, FileIndex.of({SHOP: paths})) == placings
