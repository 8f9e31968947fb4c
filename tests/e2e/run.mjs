// usage: run.mjs [VERSION…]     Everything in real editors: VS Code (by the versions of code-server), Neovim, Emacs.
// Installs what is missing into BACKSTORY_CACHE (default .cache), builds the VSIX of this platform, runs the checks.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CACHE, TOP } from "./vscode/rooms.mjs";
import { installed } from "./vscode/serve.mjs";

/** VS Code 1.100, the newest release that runs on Node 20, and the newest one that was on npm. */
const VERSIONS = ["4.100.3", "4.139.1"];

process.chdir(TOP);
const versions = process.argv.length > 2 ? process.argv.slice(2) : VERSIONS;
const here = path.join(TOP, "tests/e2e");
const checks = readdirSync(path.join(here, "vscode")).filter((name) => name.endsWith(".test.mjs"));
// A folder of this run alone: two runs on one machine do not meet.
const rooms = mkdtempSync(path.join(realpathSync(tmpdir()), "backstory-e2e-"));

timed("prerequisites", () => {
  prepare("packages.sh");
  versions.forEach((version) => installed(version, CACHE));
});
timed("VSIX", () => {
  const targets = [`${process.platform}-${process.arch}`, "universal"];
  execFileSync(process.execPath, ["packaging/vsix.mjs", ...targets], { stdio: "inherit" });
});
let failures = run("Neovim, Emacs", versions[0], [path.join(here, "editors.test.mjs")]);
for (const version of versions) {
  failures += run(
    `code-server ${version}`,
    version,
    checks.map((name) => path.join(here, "vscode", name)),
  );
}
if (failures) {
  console.log(`— profiles and logs: ${rooms}`);
  process.exit(1);
}
rmSync(rooms, { recursive: true, force: true, maxRetries: 5 });

/** Run a script of setup/; leave with its status when it fails, for it has said why. */
function prepare(script) {
  const { status } = spawnSync("bash", [path.join(here, "setup", script)], { stdio: "inherit" });
  if (status !== 0) {
    process.exit(status ?? 1);
  }
}

/** Run test files one after the other; 1 when one failed. */
function run(title, version, files) {
  const node = [process.execPath, "--test", "--test-reporter=spec", "--test-concurrency=1", ...files];
  const env = { ...process.env, E2E_VERSION: version, E2E_ROOMS: rooms };
  return timed(title, () => (spawnSync(node[0], node.slice(1), { env, stdio: "inherit" }).status === 0 ? 0 : 1));
}

function timed(title, work) {
  const start = Date.now();
  console.log(`— ${title}`);
  const result = work();
  console.log(`— ${title}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
  return result;
}
