"""Frames in built files stand in the sources, as Node itself tells it; nothing outside the work tree is read."""

import base64
import json
import shutil
import subprocess

import pytest

from backstory.model.stacktrace import Frame, StackTrace
from backstory.project.source_maps import mapped_frames, with_sources
from backstory.stacktraces.file_index import FileIndex
from backstory.stacktraces.locate import locate
from backstory.stacktraces.parse import parse

CART = "export function total(items: number[] | undefined): number {\n  throw new TypeError('no cart');\n}\n"
BUILT = 'function r(e){throw new TypeError("no cart")}r();\n'
# `function r(e){` is line 1, `throw` and `new` are in line 2, the call stands for line 3 of main.ts
MAP = {"version": 3, "sources": ["../src/cart.ts"], "names": ["total"], "mappings": "AAAO,cACL,MAAM,mCAEAA"}


@pytest.fixture
def shop(tmp_path):
    root = tmp_path / "shop"
    for folder in ("src", "dist"):
        (root / folder).mkdir(parents=True)
    (root / "src/cart.ts").write_text(CART)
    (root / "dist/cart.js").write_text(f"{BUILT}//# sourceMappingURL=cart.js.map\n")
    (root / "dist/cart.js.map").write_text(json.dumps(MAP))
    return root


def trace_of(filename, column=21):
    frame = Frame(filename, 1, column, "r", context_line="built")
    return StackTrace("javascript", None, None, (frame,), lines=None)


def mapped(root, filename, paths=("src/cart.ts",)):
    index = FileIndex.of({str(root): list(paths)})
    trace = trace_of(filename)
    found = mapped_frames(trace, index)
    placings = locate(with_sources(trace, found), index)
    return [(placings[number].chosen.path, each.frame.lineno, each.because) for number, each in found.items()]


EXPECTED = [("src/cart.ts", 2, "The source map in dist/cart.js.map tells line 2 of ../src/cart.ts.")]


@pytest.mark.parametrize(
    "filename", ["/app/dist/cart.js", "C:\\app\\dist\\cart.js", "dist/cart.js", "https://shop.example/cart.js?v=1"]
)
def test_the_map_is_found_below_any_root(shop, filename):
    assert mapped(shop, filename) == EXPECTED


def test_a_map_may_stand_in_the_file_or_beside_it_unnamed(shop):
    (shop / "dist/cart.js").write_text(BUILT)
    assert mapped(shop, "/app/dist/cart.js") == EXPECTED
    (shop / "dist/cart.js").unlink()
    assert mapped(shop, "/app/dist/cart.js") == EXPECTED
    (shop / "dist/cart.js.map").unlink()
    inline = base64.b64encode(json.dumps(MAP).encode()).decode()
    (shop / "dist/cart.js").write_text(f"{BUILT}//# sourceMappingURL=data:application/json;base64,{inline}\n")
    assert [place[:2] for place in mapped(shop, "/app/dist/cart.js")] == [("src/cart.ts", 2)]


def test_a_package_of_the_work_tree_has_its_own_build(shop):
    package = shop / "packages/web"
    package.mkdir(parents=True)
    shutil.move(shop / "src", package / "src")
    shutil.move(shop / "dist", package / "dist")
    paths = ("packages/web/package.json", "packages/web/src/cart.ts")
    assert [place[:2] for place in mapped(shop, "/srv/dist/cart.js", paths)] == [("packages/web/src/cart.ts", 2)]


@pytest.mark.parametrize(
    "reference", ["../../outside.map", "/etc/hostname", "http://example.com/cart.js.map", "data:,x"]
)
def test_nothing_outside_the_work_tree_is_read(shop, reference):
    (shop.parent / "outside.map").write_text(json.dumps(MAP))
    (shop / "dist/cart.js.map").unlink()
    (shop / "dist/cart.js").write_text(f"{BUILT}//# sourceMappingURL={reference}\n")
    assert mapped(shop, "/app/dist/cart.js") == []


def test_a_link_out_of_the_work_tree_is_not_followed(shop):
    (shop / "dist/cart.js.map").rename(shop.parent / "outside.map")
    (shop / "dist/cart.js.map").symlink_to(shop.parent / "outside.map")
    assert mapped(shop, "/app/dist/cart.js") == []


@pytest.mark.parametrize(
    "filename", ["/app/node_modules/koa/dist/cart.js", "node:internal/cart.js", "/app/dist/cart.py"]
)
def test_other_files_are_not_looked_for(shop, filename):
    assert mapped(shop, filename) == []


@pytest.mark.parametrize("node", [found] if (found := shutil.which("node")) else [])
def test_as_node_tells_it(shop, node):
    def printed(*options):
        ran = subprocess.run([node, *options, shop / "dist/cart.js"], capture_output=True, text=True, check=False)
        return parse(ran.stderr)[0]

    index = FileIndex.of({str(shop): ["src/cart.ts"]})
    built, told = printed(), printed("--enable-source-maps")
    found = with_sources(built, mapped_frames(built, index))
    places = [(frame.filename, frame.lineno, frame.colno) for frame in found.frames]
    assert places[:2] == [(str(shop / "src/cart.ts"), frame.lineno, frame.colno) for frame in told.frames[:2]]
