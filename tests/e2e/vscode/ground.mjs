// What every check stands on: folders, the built extension, fresh copies of the demo's repository.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { installed, serve } from "./serve.mjs";
import { launchBrowser, Workbench } from "./workbench.mjs";

export const TOP = path.resolve(import.meta.dirname, "../../..");
export const CACHE = path.resolve(process.env.BACKSTORY_CACHE ?? path.join(TOP, ".cache"));
export const VERSION = process.env.E2E_VERSION ?? "4.100.3";
export const VSIX = path.join(TOP, `build/backstory-${process.platform}-${process.arch}.vsix`);
export const PYTHON = process.env.PYTHON ?? path.join(TOP, ".venv/bin/python");

/** A folder of this run for one check, made anew; in no repository, ours least of all. */
export function room(name) {
  const folder = path.join(realpathSync(tmpdir()), "backstory-e2e", VERSION, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** A fresh copy of the demo's repository inside `folder`. */
export function payments(folder) {
  const original = path.join(CACHE, "e2e", "payments");
  if (!existsSync(original)) {
    const env = { ...process.env, PYTHONPATH: path.join(TOP, "tests") };
    execFileSync(PYTHON, [path.join(TOP, "tests/e2e/setup/repository.py"), original], { env, stdio: "inherit" });
  }
  const copy = path.join(folder, "payments");
  cpSync(original, copy, { recursive: true, preserveTimestamps: true });
  return copy;
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

/** The process ids of our servers that a VS Code started. */
export function servers(group) {
  const all = execFileSync("ps", ["-eo", "pid=,pgid=,stat=,args="], { encoding: "utf8" }).split("\n");
  return all
    .map((line) => line.trim().split(/\s+/))
    .filter(([, pgid, stat, ...args]) => pgid === String(group) && !stat.startsWith("Z") && args.some(isLaunch))
    .map(([pid]) => Number(pid));
}

function isLaunch(word) {
  return word.endsWith("launch.py");
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
  const screenshots = path.join(TOP, "build/screenshots", VERSION);
  const workbench = await Workbench.open(browser, server.url, open, screenshots);
  return {
    open,
    server,
    workbench,
    browser,
    async close() {
      await browser.close();
      server.stop();
    },
  };
}

/** Tests that leave a picture of the window behind when they fail. */
export function checksOf(vsCode) {
  return (title, work) =>
    test(title, async () => {
      const { workbench, server } = vsCode();
      try {
        await work(workbench, server);
      } catch (error) {
        await workbench.shot(`failed ${title}`.replaceAll(/\W+/g, "-"));
        throw error;
      }
    });
}
