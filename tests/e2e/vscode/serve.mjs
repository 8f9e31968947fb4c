// Starts VS Code's server with a fresh profile, and stops it with everything it started.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { installedExtensions } from "./extensions.mjs";
import { until } from "./until.mjs";

const here = import.meta.dirname;
const NO_GALLERY = JSON.stringify({ serviceUrl: "", itemUrl: "", resourceUrlTemplate: "" });
const QUIET = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];

/**
 * Start VS Code's server.
 * @param {object} asked
 * @param {string} asked.install the folder of code-server
 * @param {string} asked.profile a folder for user data, made anew
 * @param {string[]} asked.extensions VSIX files
 * @param {boolean} [asked.trust] whether Workspace Trust is on
 * @param {object} [asked.settings] settings on top of settings.json
 * @param {object} [asked.machine] settings of the machine, where VS Code looks for paths in a remote window
 * @param {object} [asked.environment] variables to set
 * @param {string} [asked.onPath] a folder that the person's login shell puts on PATH, which is where VS Code asks
 * @param {string[]} [asked.within] a command that runs the server's command inside of something
 */
export async function serve(asked) {
  const { install, profile, extensions, trust = false, environment = {}, within = [] } = asked;
  rmSync(profile, { recursive: true, force: true });
  writeProfile(profile, asked);
  const program = [path.join(install, "node"), path.join(install, "node_modules/code-server/out/node/entry.js")];
  if (extensions.length > 0) {
    cpSync(installedExtensions(program, extensions), path.join(profile, "ext"), { recursive: true });
  }
  const env = { ...process.env, HOME: path.join(profile, "home"), EXTENSIONS_GALLERY: NO_GALLERY, ...environment };
  delete env.VSCODE_IPC_HOOK_CLI;
  const folders = ["--user-data-dir", `${profile}/user`, "--extensions-dir", `${profile}/ext`];
  // The system chooses a port that is free; asking for one beforehand leaves time for somebody else to take it.
  const address = ["--config", `${profile}/config.yaml`, "--auth", "none", "--bind-addr", "127.0.0.1:0"];
  const trustOptions = trust ? [] : ["--disable-workspace-trust"];
  const [command, ...rest] = [...within, ...program, ...folders, ...address, ...QUIET, ...trustOptions];
  const log = path.join(profile, "server.log");
  const output = openSync(log, "w");
  const server = spawn(command, rest, { env, detached: true, stdio: ["ignore", output, output] });
  server.unref();
  const stop = () => stopGroup(server);
  process.once("exit", stop);
  // A group of its own hears nothing of a Ctrl-C in the terminal.
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.once(signal, () => process.exit(1));
  }
  const url = await until(() => addressIn(log, server), "VS Code's server says where it listens");
  await until(() => isUp(`${url}/healthz`), `${url} answers`);
  return { url, profile, stop, pid: server.pid };
}

function writeProfile(profile, { settings = {}, machine = {}, onPath }) {
  const standard = JSON.parse(readFileSync(path.join(here, "settings.json"), "utf8"));
  const written = { User: { ...standard, ...settings }, Machine: machine };
  for (const [scope, values] of Object.entries(written)) {
    mkdirSync(path.join(profile, "user", scope), { recursive: true });
    writeFileSync(path.join(profile, "user", scope, "settings.json"), JSON.stringify(values));
  }
  mkdirSync(path.join(profile, "home"));
  if (onPath) {
    writeFileSync(path.join(profile, "home", ".profile"), `PATH=${onPath}:$PATH\n`);
  }
  writeFileSync(path.join(profile, "config.yaml"), "auth: none\n");
}

/** The address in the server's log; undefined before it is there. */
function addressIn(log, server) {
  const said = readFileSync(log, "utf8");
  if (server.exitCode !== null) {
    throw new Error(`VS Code's server left with status ${server.exitCode}:\n${said}`);
  }
  return /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
}

async function isUp(url) {
  return (await fetch(url).catch(() => undefined))?.ok;
}

function stopGroup(server) {
  try {
    // The server started watchers and extension hosts: all of its group goes.
    process.kill(-server.pid, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") {
      throw error;
    }
  }
}

/** The folder that `setup/code-server.sh` filled for a version. */
export function installed(version, cache) {
  const folder = path.join(cache, "e2e", `code-server-${version}`);
  if (!existsSync(path.join(folder, `.ready-${version}`))) {
    execFileSync("bash", [path.join(here, "../setup/code-server.sh"), folder, version], { stdio: "inherit" });
  }
  return folder;
}
