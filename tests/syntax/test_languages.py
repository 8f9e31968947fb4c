"""Which language a file is in."""

import pytest

from backstory.syntax.languages import language_of


@pytest.mark.parametrize(
    ("path", "language_id", "first_line", "language"),
    [
        ("src/cart.py", None, b"", "python"),
        ("src/cart.PY", None, b"", "python"),
        ("src/cart.jsx", None, b"", "javascript"),
        ("src/cart.d.ts", None, b"", "typescript"),
        ("src/cart.h", None, b"", "cpp"),
        ("src/cart.h", "c", b"", "c"),
        ("src/Cart.cs", "csharp", b"", "c-sharp"),
        ("Cart.tsx", "typescriptreact", b"", "tsx"),
        ("run", "shellscript", b"", "bash"),
        ("run.txt", "python", b"", "python"),
        ("cart.py", "plaintext", b"", "python"),
        ("cart.py", "ruby", b"", "ruby"),
        ("Rakefile", None, b"", "ruby"),
        ("home/.bashrc", None, b"", "bash"),
        ("py", None, b"", None),
        (".py", None, b"", None),
        ("cart.txt", None, b"", None),
        ("cart.py/README", None, b"", None),
        ("bin/run", None, b"#!/usr/bin/env python3.12", "python"),
        ("bin/run", None, b"#!/usr/bin/env -S python3 -u", "python"),
        ("bin/run", None, b"#!/usr/bin/env -S LANG=C node --test", "javascript"),
        ("bin/run", None, b"#! /bin/sh -e\r", "bash"),
        ("bin/run", None, b"#!/opt/ruby-3/bin/ruby", "ruby"),
        ("bin/run", None, b"#!/usr/bin/perl", None),
        ("bin/run", None, b"#!python", "python"),
        ("bin/run", None, b"# python", None),
        ("bin/run", None, b"#!" + b"/" * 1_000_000, None),
        ("bin/run", None, b"#!\xff\xfe", None),
    ],
)
def test_the_editor_then_the_name_then_the_first_line_decide(path, language_id, first_line, language):
    assert language_of(path, language_id, first_line) == language
