"""A real repository at its HEAD, as builds see it: source files, the packages in it, and what a frame in a file says.

It imports nothing of Backstory. A package is a folder with a manifest of the language's build tool and at least five
source files below it that are in no package further down.
"""

import json
import re
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ENDINGS = {
    "python": (".py",),
    "javascript": (".js", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".jsx", ".tsx", ".vue"),
    "java": (".java", ".kt", ".scala"),
    "ruby": (".rb",),
    "rust": (".rs",),
    "go": (".go",),
}
MANIFESTS = {
    "python": r"(?:pyproject\.toml|setup\.py)",
    "javascript": r"package\.json",
    "java": r"(?:pom\.xml|build\.gradle(?:\.kts)?)",
    "ruby": r"[^/]+\.gemspec",
    "rust": r"Cargo\.toml",
    "go": r"go\.mod",
}
_FUNCTIONS = {
    "python": re.compile(r"^\s*(?:async )?def (\w+)"),
    "javascript": re.compile(r"(?:function\*? (\w+)|^\s*(?:async )?(?!if|for|while|switch|catch)(\w+)\([^)]*\) ?\{)"),
    "java": re.compile(r"^\s+(?:public|protected|private|static|final|\s)+[\w<>\[\], ?.]+ (\w+)\("),
    "ruby": re.compile(r"^\s*def (?:self\.)?(\w+[?!]?)"),
    "rust": re.compile(r"^\s*(?:pub(?:\([^)]*\))? )?(?:async )?fn (\w+)"),
    "go": re.compile(r"^func (?:\(\w* ?\*?\w+\) )?(\w+)"),
}
FEWEST = 5


@dataclass(frozen=True)
class Package:
    """A folder that is built and shipped on its own."""

    folder: str
    """Without a slash at its end; empty for the repository's top."""

    name: str
    """As its manifest calls it, or the folder's name."""

    files: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A line of a file, as a program would tell it."""

    path: str
    line: int
    text: str
    function: str


@dataclass
class Source:
    """One repository."""

    folder: Path
    """Of the clone, which may be bare."""

    name: str
    language: str
    _texts: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def tracked(self) -> tuple[str, ...]:
        """Every file with contents of its own."""
        listed = self._git("ls-tree", "-r", "-z", "HEAD").split("\0")
        return tuple(each.partition("\t")[2] for each in listed if each.startswith("100"))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The source files of the language; no copies of other people's packages, no tests' fixtures in them."""
        ends = ENDINGS[self.language]
        return tuple(
            path
            for path in self.tracked
            if path.endswith(ends) and not re.search(r"(?:^|/)(?:node_modules|vendor|site-packages)/|\.d\.ts$", path)
        )

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The names that several of the tracked files have."""
        counts = Counter(path.rpartition("/")[2] for path in self.tracked)
        return frozenset(name for name, count in counts.items() if count > 1)

    @cached_property
    def packages(self) -> tuple[Package, ...]:
        """The packages of the language, by folder; the top counts as one when nothing else does."""
        manifest = re.compile(rf"(?:^|(?P<folder>.*)/){MANIFESTS[self.language]}$")
        found = {match["folder"] or "": path for path in self.tracked if (match := manifest.match(path))}
        owned: dict[str, list[str]] = {folder: [] for folder in found}
        for path in self.files:
            above = [folder for folder in found if not folder or path.startswith(f"{folder}/")]
            if above:
                owned[max(above, key=len)].append(path)
        return tuple(
            Package(folder, self._package_name(folder, found[folder]), tuple(paths))
            for folder, paths in sorted(owned.items())
            if len(paths) >= FEWEST
        )

    def text(self, path: str) -> list[str]:
        """Return the lines of a file."""
        if path not in self._texts:
            self._texts[path] = self._git("show", f"HEAD:{path}").split("\n")
        return self._texts[path]

    def place(self, path: str, draw: float) -> Place:
        """Return the line of a file at `draw` (0 to 1) of its length that holds something, and its function."""
        lines = self.text(path)
        start = min(int(draw * len(lines)), len(lines) - 1)
        number = next((at for at in range(start, -1, -1) if re.search(r"\w", lines[at])), 0)
        named = _FUNCTIONS[self.language]
        function = next((m[m.lastindex or 0] for at in range(number, -1, -1) if (m := named.search(lines[at]))), "main")
        return Place(path, number + 1, lines[number].strip(), function)

    def _package_name(self, folder: str, manifest: str) -> str:
        text = "\n".join(self.text(manifest))
        if manifest.endswith("package.json"):
            return str(json.loads(text).get("name") or folder.rpartition("/")[2])
        if manifest.endswith("Cargo.toml") and (match := re.search(r'(?m)^name\s*=\s*"([^"]+)"', text)):
            return match[1]
        if manifest.endswith(".gemspec"):
            return manifest.rpartition("/")[2].removesuffix(".gemspec")
        if manifest.endswith("go.mod"):
            return text.partition("\n")[0].removeprefix("module ").strip()
        return folder.rpartition("/")[2] or self.name

    def _git(self, *arguments: str) -> str:
        found = subprocess.run(["git", "-C", str(self.folder), *arguments], stdout=subprocess.PIPE, check=True)
        return found.stdout.decode("utf-8", "replace")
