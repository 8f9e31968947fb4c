// usage: run.mjs [VERSION…]     Everything in real editors: VS Code (by the versions of code-server), Neovim, Emacs.
// Installs what is missing into BACKSTORY_CACHE (default .cache), builds the VSIX of this platform, runs the checks.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
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
// Each editor mostly waits for itself: side by side they take little more than the slowest of them.
const failures = await Promise.all([
  run("Neovim, Emacs", versions[0], [path.join(here, "editors.test.mjs")]),
  ...versions.map((version) =>
    run(
      `code-server ${version}`,
      version,
      checks.map((name) => path.join(here, "vscode", name)),
    ),
  ),
]);
if (failures.some(Boolean)) {
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

/** Run test files one after the other, and tell of them at their end; whether one failed. */
function run(title, version, files) {
  const start = Date.now();
  const node = [process.execPath, "--test", "--test-reporter=spec", "--test-concurrency=1", ...files];
  const own = path.join(rooms, title.replace(/[^\w.]+/g, "-"));
  mkdirSync(own);
  const env = { ...process.env, E2E_VERSION: version, E2E_ROOMS: own };
  const running = spawn(node[0], node.slice(1), { env, stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  running.stdout.on("data", (data) => (told += data));
  running.stderr.on("data", (data) => (told += data));
  return new Promise((resolve) => {
    running.on("close", (status) => {
      console.log(`— ${title}\n${told}— ${title}: ${seconds(start)} s`);
      resolve(status !== 0);
    });
  });
}

function timed(title, work) {
  const start = Date.now();
  console.log(`— ${title}`);
  const result = work();
  console.log(`— ${title}: ${seconds(start)} s`);
  return result;
}

function seconds(start) {
  return ((Date.now() - start) / 1000).toFixed(0);
}
