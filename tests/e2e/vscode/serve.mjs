// Starts VS Code's server with a fresh profile, and stops it with everything it started.
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";

const here = import.meta.dirname;
const NO_GALLERY = JSON.stringify({ serviceUrl: "", itemUrl: "", resourceUrlTemplate: "" });
const START_MS = 30_000;

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
 * @param {string[]} [asked.within] a command that runs the server's command inside of something
 */
export async function serve(asked) {
  const {
    install,
    profile,
    extensions,
    trust = false,
    settings = {},
    machine = {},
    environment = {},
    within = [],
  } = asked;
  rmSync(profile, { recursive: true, force: true });
  const user = path.join(profile, "user", "User");
  mkdirSync(user, { recursive: true });
  mkdirSync(path.join(profile, "user", "Machine"));
  writeFileSync(path.join(profile, "user", "Machine", "settings.json"), JSON.stringify(machine));
  mkdirSync(path.join(profile, "home"));
  const standard = JSON.parse(readFileSync(path.join(here, "settings.json"), "utf8"));
  writeFileSync(path.join(user, "settings.json"), JSON.stringify({ ...standard, ...settings }));
  writeFileSync(path.join(profile, "config.yaml"), "auth: none\n");

  const node = path.join(install, "node");
  const program = [path.join(install, "node_modules/code-server/out/node/entry.js"), ...profileArguments(profile)];
  const env = { ...process.env, HOME: path.join(profile, "home"), EXTENSIONS_GALLERY: NO_GALLERY, ...environment };
  delete env.VSCODE_IPC_HOOK_CLI;
  for (const vsix of extensions) {
    execFileSync(node, [...program, "--install-extension", vsix, "--force"], { env, stdio: "ignore" });
  }
  const port = await freePort();
  const trustArguments = trust ? [] : ["--disable-workspace-trust"];
  const [command, ...rest] = [...within, node, ...program, ...serverArguments(port), ...trustArguments];
  const server = spawn(command, rest, {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = createWriteStream(path.join(profile, "server.log"));
  server.stdout.pipe(log);
  server.stderr.pipe(log);
  const stop = () => stopGroup(server);
  process.once("exit", stop);
  await answers(`http://127.0.0.1:${port}/healthz`);
  return { url: `http://127.0.0.1:${port}`, profile, stop, pid: server.pid };
}

function profileArguments(profile) {
  return [
    "--config",
    `${profile}/config.yaml`,
    "--user-data-dir",
    `${profile}/user`,
    "--extensions-dir",
    `${profile}/ext`,
  ];
}

function serverArguments(port) {
  const quiet = ["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"];
  return ["--auth", "none", "--bind-addr", `127.0.0.1:${port}`, ...quiet];
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

async function freePort() {
  const probe = net.createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

async function answers(url) {
  const end = Date.now() + START_MS;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`${url} did not answer`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
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
