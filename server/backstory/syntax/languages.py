"""Which language a file is in: by the editor's id, by its name, by its first line."""

import re
from posixpath import basename

LANGUAGES = (
    "bash",
    "c",
    "c-sharp",
    "cpp",
    "go",
    "java",
    "javascript",
    "kotlin",
    "php",
    "python",
    "ruby",
    "rust",
    "scala",
    "swift",
    "tsx",
    "typescript",
)
"""The languages whose functions and classes are known."""

EDITOR_IDS = {
    **{language: language for language in LANGUAGES},
    "csharp": "c-sharp",
    "javascriptreact": "javascript",
    "sh": "bash",
    "shellscript": "bash",
    "typescriptreact": "tsx",
}
"""Language ids as editors send them. Source: LSP 3.17, TextDocumentItem; `sh` is Vim's."""

EXTENSIONS = {
    "bash": "bash",
    "bats": "bash",
    "c": "c",
    "c++": "cpp",
    "cc": "cpp",
    "cjs": "javascript",
    "cpp": "cpp",
    "cs": "c-sharp",
    "csx": "c-sharp",
    "cts": "typescript",
    "cxx": "cpp",
    "gemspec": "ruby",
    "go": "go",
    "h": "cpp",  # C headers are nearly always C++ too, not the other way round
    "h++": "cpp",
    "hh": "cpp",
    "hpp": "cpp",
    "hxx": "cpp",
    "inl": "cpp",
    "ipp": "cpp",
    "java": "java",
    "js": "javascript",
    "jsx": "javascript",
    "kt": "kotlin",
    "kts": "kotlin",
    "mjs": "javascript",
    "mts": "typescript",
    "php": "php",
    "phtml": "php",
    "py": "python",
    "pyi": "python",
    "pyw": "python",
    "rake": "ruby",
    "rb": "ruby",
    "rs": "rust",
    "ru": "ruby",
    "sbt": "scala",
    "sc": "scala",
    "scala": "scala",
    "sh": "bash",
    "swift": "swift",
    "tpp": "cpp",
    "ts": "typescript",
    "tsx": "tsx",
}

NAMES = {
    ".bash_aliases": "bash",
    ".bash_profile": "bash",
    ".bashrc": "bash",
    ".profile": "bash",
    "APKBUILD": "bash",
    "Brewfile": "ruby",
    "Fastfile": "ruby",
    "Gemfile": "ruby",
    "Guardfile": "ruby",
    "PKGBUILD": "bash",
    "Podfile": "ruby",
    "Rakefile": "ruby",
    "SConscript": "python",
    "SConstruct": "python",
    "Vagrantfile": "ruby",
    "wscript": "python",
}

INTERPRETERS = {
    "ash": "bash",
    "bash": "bash",
    "bun": "typescript",
    "dash": "bash",
    "deno": "typescript",
    "ksh": "bash",
    "node": "javascript",
    "nodejs": "javascript",
    "php": "php",
    "pypy": "python",
    "python": "python",
    "ruby": "ruby",
    "scala": "scala",
    "sh": "bash",
    "swift": "swift",
    "ts-node": "typescript",
    "tsx": "typescript",
}

# `#!/usr/bin/env -S VAR=1 python3.12 -u` and `#!/bin/sh -e`: the program, without its version
_SHEBANG = re.compile(rb"#!\s*(?:\S*/env(?:\s+-\S+|\s+\w+=\S*)*\s+)?(?:[^\s/]*/)*([A-Za-z][\w-]*?)[\d.]*(?:\s|$)")


def language_of(path: str, language_id: str | None = None, first_line: bytes = b"") -> str | None:
    """Return the language of a file, None when it is none of `LANGUAGES`.

    The editor's id decides when it names one of them, then the file's name, then an interpreter in its first line.
    """
    if language_id in EDITOR_IDS:
        return EDITOR_IDS[language_id]
    name = basename(path)
    if name in NAMES:
        return NAMES[name]
    stem, dot, extension = name.rpartition(".")
    if dot and stem and extension.casefold() in EXTENSIONS:
        return EXTENSIONS[extension.casefold()]
    shebang = _SHEBANG.match(first_line[:200])
    return INTERPRETERS.get(shebang[1].decode("ascii")) if shebang else None
