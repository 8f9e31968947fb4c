// usage: vsix.mjs [TARGET…|all]      default: this platform and the universal file
// Writes build/backstory-TARGET.vsix, and looks into each one that it wrote.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { checkContents } from "./contents.mjs";
import { gatherLibraries } from "./libraries.mjs";
import { TARGETS, thisTarget, UNIVERSAL } from "./targets.mjs";

const asked = process.argv.slice(2);
const standard = [...(thisTarget() in TARGETS ? [thisTarget()] : []), UNIVERSAL];
const targets = asked.includes("all") ? [...Object.keys(TARGETS), UNIVERSAL] : asked.length ? asked : standard;

execFileSync(process.execPath, ["packaging/build.mjs"], { stdio: "inherit" });
for (const target of targets) {
  const file = pack(target);
  const count = checkContents(file, target);
  console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(1)} MB, ${count} files`);
}

function pack(target) {
  const stage = path.resolve("build/vsix", target);
  const file = path.resolve(`build/backstory-${target}.vsix`);
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(path.join(stage, "client"), { recursive: true });
  writeFileSync(path.join(stage, "package.json"), JSON.stringify(manifest(), null, 2));
  writeFileSync(path.join(stage, ".vscodeignore"), "");
  cpSync("LICENSE", path.join(stage, "LICENSE"));
  cpSync("client/README.md", path.join(stage, "README.md"));
  cpSync("client/out", path.join(stage, "client/out"), { recursive: true });
  cpSync("client/icon.png", path.join(stage, "client/icon.png"));
  if (target !== UNIVERSAL) {
    gatherLibraries(path.join(stage, "bundled/libs"), target);
    cpSync("packaging/launch.py", path.join(stage, "bundled/launch.py"));
  }
  const vsce = path.resolve("node_modules/@vscode/vsce/vsce");
  const options = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--out", file];
  const platform = target === UNIVERSAL ? [] : ["--target", target];
  execFileSync(process.execPath, [vsce, "package", ...options, ...platform], {
    cwd: stage,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return file;
}

/** package.json without what only building needs. */
function manifest() {
  const {
    scripts: _scripts,
    devDependencies: _devDependencies,
    ...kept
  } = JSON.parse(readFileSync("package.json", "utf8"));
  return kept;
}
