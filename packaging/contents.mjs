// Looks into a VSIX: everything the server needs on its target, for each CPython, and nothing built for another one.
import { execFileSync } from "node:child_process";
import { MINORS, moduleName, TARGETS, UNIVERSAL } from "./targets.mjs";

const ALWAYS = ["extension/package.json", "extension/client/out/extension.js", "extension/client/out/session.js"];
const LIBRARIES = "extension/bundled/libs/";
const LARGEST_UNIVERSAL_FILE = 40;

/** The number of files in a VSIX. Throws when one is missing or out of place. */
export function checkContents(file, target) {
  const names = list(file);
  const wanted = target === UNIVERSAL ? ALWAYS : [...ALWAYS, ...wantedFor(TARGETS[target])];
  const missing = wanted.filter((name) => !names.includes(name));
  const foreign = target === UNIVERSAL ? names.filter(isCompiled) : names.filter(isCompiled).filter(isForeign(target));
  const leftovers = names.filter((name) => /__pycache__|\.pyc$|node_modules|\.map$/.test(name));
  if (
    missing.length ||
    foreign.length ||
    leftovers.length ||
    (target === UNIVERSAL && names.length > LARGEST_UNIVERSAL_FILE)
  ) {
    throw new Error(`${file}: ${JSON.stringify({ missing, foreign, leftovers, count: names.length }, null, 1)}`);
  }
  return names.length;
}

function wantedFor(target) {
  const bindings = MINORS.flatMap((minor) => [
    `tree_sitter/${moduleName("_binding", minor, target)}`,
    `msgspec/${moduleName("_core", minor, target)}`,
  ]);
  const server = ["backstory/__init__.py", "backstory/lsp/main.py"];
  return ["extension/bundled/launch.py", ...[...bindings, ...server].map((name) => LIBRARIES + name)];
}

function isCompiled(name) {
  return /\.(so|pyd|dylib|dll)$/.test(name);
}

/** Compiled modules name their platform, except those for every CPython (abi3): these end alike on all Unixes. */
function isForeign(target) {
  const { suffix } = TARGETS[target];
  const extension = suffix.slice(suffix.lastIndexOf("."));
  const common = new RegExp(`/_binding(\\.abi3)?\\${extension}$|\\.libs/[^/]+\\.dll$`);
  return (name) => !name.endsWith(suffix) && !common.test(name);
}

function list(file) {
  const script = "import sys, zipfile; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))";
  return execFileSync(process.env.PYTHON ?? "python3", ["-c", script, file], { encoding: "utf8" })
    .trim()
    .split(/\r?\n/);
}
