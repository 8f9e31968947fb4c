// What every check stands on: folders, the built extension, fresh copies of the demo's repository.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { launchBrowser } from "./browser.mjs";
import { CACHE, PYTHON, room, ROOMS, TOP, VERSION, VSIX } from "./rooms.mjs";
import { installed, serve } from "./serve.mjs";
import { PATIENCE_MS } from "./until.mjs";
import { Workbench } from "./workbench.mjs";

/** A check waits for states, each with a limit of its own; this one only keeps a run from never ending. */
const CHECK_MS = 5 * PATIENCE_MS;

/** A fresh copy of the demo's repository inside `folder`. */
export function payments(folder) {
  const original = path.join(ROOMS, "payments");
  if (!existsSync(original)) {
    const env = { ...process.env, PYTHONPATH: path.join(TOP, "tests") };
    execFileSync(PYTHON, [path.join(TOP, "tests/e2e/setup/repository.py"), original], { env, stdio: "inherit" });
  }
  const copy = path.join(folder, "payments");
  cpSync(original, copy, { recursive: true, preserveTimestamps: true });
  return copy;
}

/** What the demo's service says when it crashes, built from the HEAD of `repository` and run beside it. */
export function crash(repository) {
  const env = { ...process.env, PYTHONPATH: [path.join(TOP, "tests"), TOP].join(path.delimiter) };
  const script = path.join(TOP, "tests/e2e/setup/crash.py");
  return execFileSync(PYTHON, [script, repository, `${repository}-deployed`], { env, encoding: "utf8" });
}

/** Write the settings of a workspace folder; VS Code takes them up at once. */
export function changeSettings(folder, settings) {
  mkdirSync(path.join(folder, ".vscode"), { recursive: true });
  writeFileSync(path.join(folder, ".vscode", "settings.json"), JSON.stringify(settings));
}

/** Run git in a folder as a person there would. */
export function git(folder, ...args) {
  const identity = ["-c", "user.name=Maya Okafor", "-c", "user.email=maya@shop.example", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...identity, ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

/** The process ids of our servers that a VS Code started; not what a server itself starts, git above all. */
export function servers(group) {
  const ours = processes().filter((each) => each.group === group && !each.isGone && each.isServer);
  const pids = ours.map((each) => each.pid);
  // Between fork and exec a child still bears its parent's command line.
  return ours.filter((each) => !pids.includes(each.parent)).map((each) => each.pid);
}

function processes() {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [state, parent, group] = readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1).split(" ");
        const words = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0");
        return [
          {
            pid: Number(name),
            parent: Number(parent),
            group: Number(group),
            isGone: "ZX".includes(state),
            isServer: words.some(isServer),
          },
        ];
      } catch {
        // It has ended meanwhile.
        return [];
      }
    });
}

/** The bundled server's script, or the command that is installed. */
function isServer(word) {
  return word.endsWith("/launch.py") || word.endsWith("/backstory-lsp");
}

/**
 * Start VS Code with our extension and open a folder in a browser.
 * @param {string} name of the check
 * @param {(room: string) => string} prepare fills the room and returns what to open
 * @param {object} [options] for `serve`
 */
export async function openVsCode(name, prepare, options = {}) {
  const folder = room(name);
  const open = prepare(folder);
  const server = await serve({
    install: installed(VERSION, CACHE),
    profile: path.join(folder, "profile"),
    extensions: [VSIX],
    ...options,
  });
  const browser = await launchBrowser();
  const close = async () => {
    await browser.close();
    server.stop();
  };
  try {
    const screenshots = path.join(TOP, "build/screenshots", VERSION);
    const workbench = await Workbench.open(browser, server.url, open, screenshots);
    return { open, server, workbench, browser, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Tests that leave a picture of the window behind when they fail; `skip` says why they cannot be run here. */
export function checksOf(vsCode, skip = false) {
  return (title, work) =>
    test(title, { timeout: CHECK_MS, skip }, async () => {
      const { workbench, server } = vsCode();
      try {
        await work(workbench, server);
      } catch (error) {
        const picture = `failed ${title}`.replaceAll(/\W+/g, "-");
        await workbench.shot(picture).catch((problem) => console.log(`no picture: ${problem.message}`));
        throw error;
      }
    });
}
