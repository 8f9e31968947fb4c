// usage: pace.mjs     Prints what the extension costs in a real VS Code, beside an empty extension alone and without marks:
// activation, renderer tasks over 16 ms while 200 keys are typed into a 10,000-line file, CPU of an idle window.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { git, openVsCode, servers } from "./ground.mjs";
import { TOP, VSIX } from "./rooms.mjs";

const LINES = 10_000;
const KEYS = 200;
const FRAME_MS = 16;
const IDLE_SECONDS = 10;
const EMPTY = "empty-extension";
const EMPTY_ALONE = "not installed";

/** A long file, every second function an agent's by its own commit. */
function prepare(room) {
  const folder = path.join(room, "long");
  mkdirSync(folder);
  git(folder, "init", "--quiet");
  const write = (agents) => {
    const lines = Array.from({ length: LINES }, (_, at) => {
      const isAgents = Math.floor(at / 10) % 2 === 1;
      return at % 10 === 0 ? `def f${at}():` : `    x${at} = ${agents && isAgents ? 2 : 1}`;
    });
    writeFileSync(path.join(folder, "long.py"), `${lines.join("\n")}\n`);
    git(folder, "add", ".");
  };
  write(false);
  git(folder, "commit", "--quiet", "-m", "Start");
  write(true);
  git(folder, "commit", "--quiet", "--author", "Claude <noreply@anthropic.com>", "-m", "Rewrite");
  return folder;
}

function emptyExtension() {
  const folder = path.join(TOP, "build", EMPTY);
  mkdirSync(folder, { recursive: true });
  const manifest = { name: EMPTY, publisher: "nobody", version: "0.0.1", engines: { vscode: "^1.91.0" } };
  const activation = { main: "./main.js", activationEvents: ["onStartupFinished"] };
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ ...manifest, ...activation }));
  writeFileSync(path.join(folder, "main.js"), "exports.activate = () => {};\n");
  writeFileSync(path.join(folder, ".vscodeignore"), "");
  const file = path.join(TOP, "build", `${EMPTY}.vsix`);
  const vsce = path.join(TOP, "node_modules/@vscode/vsce/vsce");
  const options = ["--allow-missing-repository", "--skip-license", "--no-dependencies", "--out", file];
  execFileSync(process.execPath, [vsce, "package", ...options], { cwd: folder, stdio: "ignore" });
  return file;
}

async function measure(marks) {
  const isAlone = marks === EMPTY_ALONE;
  const ours = isAlone ? {} : { "backstory.marks": marks };
  const settings = { ...ours, "git.enabled": false, "editor.wordBasedSuggestions": "off" };
  const extensions = [...(isAlone ? [] : [VSIX]), emptyExtension()];
  const code = await openVsCode(`pace-${marks}`, prepare, { settings, extensions });
  const { workbench, browser, server } = code;
  await workbench.openFile("long.py");
  await workbench.goTo(15, 1);
  if (!isAlone) {
    await workbench.statusSays("agent");
  }
  if (marks === "all") {
    await workbench.marks().first().waitFor();
  }
  const tasks = await typing(workbench, browser);
  const idle = await idleCpu(server.pid);
  const activation = await activationTimes(workbench, isAlone ? [EMPTY] : ["Backstory", EMPTY]);
  await code.close();
  return { marks, tasks, idle, activation };
}

async function typing({ page }, browser) {
  await page.keyboard.press("End");
  await browser.startTracing(page, { categories: ["toplevel", "disabled-by-default-devtools.timeline"] });
  for (let key = 0; key < KEYS; key++) {
    await page.keyboard.press("y");
  }
  const { traceEvents } = JSON.parse(String(await browser.stopTracing()));
  const main = traceEvents.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain");
  const threads = new Set(main.map((event) => `${event.pid}/${event.tid}`));
  const tasks = traceEvents.filter((event) => event.name === "RunTask" && threads.has(`${event.pid}/${event.tid}`));
  const times = tasks.map((event) => event.dur / 1000).sort((a, b) => b - a);
  const over = times.filter((time) => time > FRAME_MS).length;
  return { over, longest: times.slice(0, 3).map((time) => Math.round(time)) };
}

/** Seconds of CPU that each process of ours took in an idle window. */
async function idleCpu(group) {
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const before = ticks(group);
  await new Promise((resolve) => setTimeout(resolve, IDLE_SECONDS * 1000));
  return ticks(group).map((now, at) => (now - before[at]) / 100);
}

function ticks(group) {
  return servers(group)
    .map((pid) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" "))
    .map((stat) => Number(stat[11]) + Number(stat[12]));
}

async function activationTimes(workbench, names) {
  await workbench.run("Developer: Show Running Extensions");
  const times = {};
  for (const name of names) {
    const row = workbench.page.locator(".runtime-extensions-editor .extension", { hasText: name }).first();
    times[name] = await row.locator(".activation-time").innerText();
  }
  return times;
}

for (const marks of [EMPTY_ALONE, "off", "all", EMPTY_ALONE, "off", "all"]) {
  console.log(JSON.stringify(await measure(marks)));
}
process.exit();
