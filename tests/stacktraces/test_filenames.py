"""What tools print for a file's name is taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstory.stacktraces.filenames import Filename, read_filename


@pytest.mark.parametrize(
    ("printed", "path"),
    [
        ("/app/src/cart.py", "app/src/cart.py"),
        ("./src/../lib/cart.rs", "lib/cart.rs"),
        ("C:\\agent\\_work\\1\\s\\src\\Cart.cs", "agent/_work/1/s/src/Cart.cs"),
        ("c:/agent/src/Cart.cs", "agent/src/Cart.cs"),
        ("\\\\build\\drops\\shop\\cart.py", "shop/cart.py"),
        ("\\\\?\\C:\\shop\\cart.py", "shop/cart.py"),
        ("\\\\?\\UNC\\build\\drops\\shop\\cart.py", "shop/cart.py"),
        ("\\\\wsl.localhost\\Ubuntu\\home\\ada\\cart.py", "home/ada/cart.py"),
        ("file:///app/cart.mjs", "app/cart.mjs"),
        ("file:///C:/app/my%20cart.mjs", "app/my cart.mjs"),
        ("webpack://web/./src/cart.ts", "src/cart.ts"),
        ("webpack:///./src/cart.ts?a1f3", "src/cart.ts"),
        ("webpack:///src/cart.vue + 4 modules", "src/cart.vue"),
        ("webpack-internal:///(rsc)/./src/cart.ts", "src/cart.ts"),
        ("webpack:///../shared/cart.ts", "shared/cart.ts"),
        ("turbopack://[project]/src/cart.ts", "src/cart.ts"),
        ("app:///src/cart.js", "src/cart.js"),
        ("~/static/js/main.js", "static/js/main.js"),
        ("http://localhost:5173/src/cart.tsx?t=173", "src/cart.tsx"),
        ("http://localhost:5173/@fs/home/ada/shop/cart.tsx", "home/ada/shop/cart.tsx"),
        ("jar:file:/srv/shop.jar!/BOOT-INF/classes!/shop/cart.clj", "srv/shop.jar/BOOT-INF/classes/shop/cart.clj"),
        ("/opt/Shop/resources/app.asar/main.js", "opt/Shop/resources/app.asar/main.js"),
        ("<frozen importlib._bootstrap>", ""),
        ("<string>", ""),
        ("", ""),
    ],
)
def test_parts(printed, path):
    assert "/".join(read_filename(printed).parts) == path


def test_what_stands_before_is_kept():
    assert read_filename("../../shared/cart.ts") == Filename(("shared", "cart.ts"), above=2)
    assert read_filename("/a/cart.py").is_absolute
    assert not read_filename("a/cart.py").is_absolute
    assert not read_filename("webpack://web/./a/cart.ts").is_absolute
    assert read_filename("webpack://web/./a/cart.ts").space == "web"
    assert read_filename("C:\\a\\cart.py").folds_case
    assert not read_filename("/a/cart.py").folds_case


@given(st.text())
def test_any_text_is_read(printed):
    assert all(part and part not in {".", ".."} for part in read_filename(printed).parts)
