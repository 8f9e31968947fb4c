// Puts the server and what it needs into one folder that serves four versions of CPython.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { MINORS, TARGETS } from "./targets.mjs";

const LOCK = "packaging/requirements.txt";

/** Left out: what only builds, installs or type-checks. */
const NEEDLESS =
  /(^|\/)(__pycache__|bin|tests?)$|\.(pyi|pyx|pxd|c|h|cc|typed)$|dist-info\/(RECORD|INSTALLER|WHEEL|REQUESTED|direct_url\.json)$/;

/** Fill `folder` for a target, anew. */
export function gatherLibraries(folder, target) {
  const { platform } = TARGETS[target];
  rmSync(folder, { recursive: true, force: true });
  install(folder, platform, MINORS[0], ["--requirement", LOCK]);
  const compiled = compiledPackages(folder);
  for (const minor of MINORS.slice(1)) {
    const other = `${folder}-3.${minor}`;
    install(other, platform, minor, ["--no-deps", ...compiled]);
    // Compiled modules carry the version in their names: they live side by side.
    cpSync(other, folder, { recursive: true, force: false });
    rmSync(other, { recursive: true });
  }
  prune(folder);
  cpSync("server/backstory", path.join(folder, "backstory"), {
    recursive: true,
    filter: (source) => !source.endsWith("__pycache__"),
  });
}

/** The packages whose modules fit one version of CPython only, as `name==version`. */
function compiledPackages(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".dist-info"))
    .filter((name) => /^Tag: cp\d+-cp\d+-/m.test(readFileSync(path.join(folder, name, "WHEEL"), "utf8")))
    .map((name) => name.replace(".dist-info", "").replace("-", "=="));
}

function install(folder, platform, minor, what) {
  const options = ["--quiet", "--only-binary", ":all:", "--link-mode", "copy", "--target", folder];
  uv(["pip", "install", ...options, "--python-platform", platform, "--python-version", `3.${minor}`, ...what]);
}

function prune(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (NEEDLESS.test(file.split(path.sep).join("/"))) {
      rmSync(file, { recursive: true, force: true });
    }
  }
}

/** Run uv, which resolves for other platforms and versions than the ones it runs on. */
export function uv(args) {
  const home = path.resolve(process.env.BACKSTORY_CACHE ?? ".cache", "packaging");
  const bin = path.join(home, process.platform === "win32" ? "Scripts" : "bin");
  if (!existsSync(home)) {
    const python = process.env.PYTHON ?? "python3";
    mkdirSync(path.dirname(home), { recursive: true });
    execFileSync(python, ["-m", "venv", home], { stdio: "inherit" });
    execFileSync(path.join(bin, "python"), ["-m", "pip", "install", "--quiet", "uv>=0.9"], { stdio: "inherit" });
  }
  execFileSync(path.join(bin, "uv"), args, { stdio: "inherit", env: { ...process.env, VIRTUAL_ENV: home } });
}
