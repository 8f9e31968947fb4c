// On call: the demo's service crashed, and what it said leads to today's line and to who wrote it.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";
import { pack } from "./extensions.mjs";
import { checksOf, crash, openVsCode, payments } from "./ground.mjs";
import { VSIX } from "./rooms.mjs";
import { until } from "./until.mjs";

const LOG = "logs/worker.log";
const ERROR = "TypeError: charge() got an unexpected keyword argument 'idempotency_key'";

/**
 * The call that failed, in shop/payments.py as it was built and as it lies on disk, where two lines came to it; the call
 * before it in worker.py; its frame in the log.
 */
const LINE = { built: 14, today: 16, caller: 13, frame: 5 };

/** Shows the log in a terminal, which needs no shell for that. */
const TERMINAL = `
const { commands, EventEmitter, Uri, window, workspace } = require("vscode");
exports.activate = () => commands.registerCommand("worker.show", async () => {
  const log = await workspace.fs.readFile(Uri.joinPath(workspace.workspaceFolders[0].uri, "${LOG}"));
  const written = new EventEmitter();
  const open = () => written.fire(Buffer.from(log).toString().replaceAll("\\n", "\\r\\n"));
  window.createTerminal({ name: "worker", pty: { onDidWrite: written.event, open, close: () => {} } }).show();
});
`;
const MANIFEST = { contributes: { commands: [{ command: "worker.show", title: "Worker: Show What It Said" }] } };

let said;
let code;
before(async () => {
  code = await openVsCode("stackTraces", prepare, {
    extensions: [VSIX, pack("worker", MANIFEST, TERMINAL)],
    settings: { "terminal.integrated.gpuAcceleration": "off" },
  });
});
after(() => code?.close());
const check = checksOf(() => code);

check("a stack trace on the clipboard opens the suspect with its origin, and the view tells why", async (workbench) => {
  await workbench.openFile("checkout.ts");
  await workbench.statusSays("agent · Codex");
  await copied(workbench, said);
  await workbench.run("Backstory: Analyze Stack Trace");
  await workbench.tab("payments.py").waitFor();
  await workbench.cursorIsOn(LINE.built);
  assert.match((await workbench.hoverParts())[0], /Claude Opus 4\.5/);
  await row(workbench, ERROR).waitFor();
  await row(workbench, "Suspects").waitFor();
  await row(workbench, "No build revision is named").waitFor();
  await workbench.dismissHover();
});

check("once the build is named, the lines are today's", async (workbench) => {
  await workbench.run("Backstory: Name the Build That Failed");
  await workbench.quickInput().fill("HEAD");
  await workbench.page.keyboard.press("Enter");
  await workbench.cursorIsOn(LINE.today);
  await workbench.statusSays("agent · Claude Code");
  await row(workbench, `was ${LINE.built}`).waitFor();
  assert.match((await workbench.hoverParts())[0], /“yes, go ahead”/);
  await workbench.shot("stack-traces");
  await workbench.dismissHover();
});

check("a selected stack trace is analyzed, and a click on a frame opens its line", async (workbench) => {
  await copied(workbench, "nothing of the kind");
  await workbench.openFile("worker.log");
  await workbench.page.keyboard.press("Control+A");
  await workbench.run("Backstory: Analyze Stack Trace");
  await workbench.tab("payments.py").waitFor();
  await workbench.dismissHover();
  // The view still shows the build that was named before, until it shows that none is.
  await row(workbench, "No build revision is named").waitFor();
  await row(workbench, `worker.py:${LINE.caller}`).click();
  await workbench.tab("worker.py").waitFor();
  await workbench.cursorIsOn(LINE.caller);
  await workbench.statusSays("unknown");
});

check(
  "in a log, a lens above the stack trace tells the origin and opens the line, and so do frames",
  async (workbench) => {
    await workbench.openFile("worker.log");
    await workbench.hoverAt(LINE.frame, 20);
    // What VS Code says of the link stands in a part of its own, and may come first.
    await workbench.hoverRows("Claude Opus 4.5");
    await workbench.shot("log");
    await workbench.dismissHover();
    const words = `capture (shop/payments.py:${LINE.built}) · agent · Claude Code`;
    await workbench.page.locator(".codelens-decoration a", { hasText: words }).click();
    await workbench.tab("payments.py").waitFor();
    await workbench.cursorIsOn(LINE.built);
    await workbench.openFile("worker.log");
    await workbench.goTo(LINE.frame, 20);
    await workbench.page.keyboard.press("F12");
    await workbench.tab("payments.py").waitFor();
    await workbench.cursorIsOn(LINE.built);
  },
);

check("with nothing to analyze, a document opens to paste a stack trace into", async (workbench) => {
  await workbench.run("Backstory: Clear Stack Traces");
  await row(workbench, ERROR).waitFor({ state: "detached" });
  await copied(workbench, "nothing of the kind");
  await workbench.run("Backstory: Analyze Stack Trace");
  await workbench.tab("Untitled-1").waitFor();
  await workbench.editorHasFocus();
  await copied(workbench, said);
  await workbench.page.keyboard.press("Control+V");
  await workbench.tab("payments.py").waitFor();
  await row(workbench, ERROR).waitFor();
  await workbench.dismissHover();
});

check("frames in a terminal are links to today's files", async (workbench) => {
  await workbench.openFile("checkout.ts");
  await workbench.run("Worker: Show What It Said");
  const frame = workbench.page.locator(".xterm-rows > div", { hasText: "/app/shop/payments.py" });
  await frame.waitFor();
  const inPath = await frame.evaluate(placeOf, "payments.py");
  await until(async () => {
    // The link is there once the server has answered; until then a click does nothing.
    await workbench.page.mouse.move(inPath.x, inPath.y);
    await workbench.page.keyboard.down("Control");
    await workbench.page.mouse.click(inPath.x + 1, inPath.y);
    await workbench.page.keyboard.up("Control");
    return (await workbench.tab("payments.py").count()) > 0;
  }, "the file that the frame links to");
  await workbench.cursorIsOn(LINE.built);
  await workbench.shot("terminal-link");
  await workbench.dismissHover();
});

check(
  "a link from another program is followed once the person agrees, and never out of the workspace",
  async (workbench) => {
    await follow(workbench, `file=${LOG}&at=HEAD`);
    await workbench.page.locator(".monaco-dialog-box", { hasText: "worker.log" }).waitFor();
    await answer(workbench, "Analyze");
    await workbench.tab("payments.py").waitFor();
    await workbench.cursorIsOn(LINE.today);
    await follow(workbench, "file=/etc/passwd");
    await workbench.notification("outside this workspace").waitFor();
  },
);

function prepare(room) {
  const open = payments(room);
  said = crash(open);
  mkdirSync(path.join(open, "logs"));
  writeFileSync(path.join(open, LOG), `2026-03-16 09:07:41 worker: 1 order waits\n${said}`);
  return open;
}

function row(workbench, text) {
  return workbench.page.locator(".customview-tree .monaco-list-row", { hasText: text }).first();
}

function copied(workbench, text) {
  return workbench.page.evaluate((words) => navigator.clipboard.writeText(words), text);
}

/** Let VS Code open a link as the system would, and allow it to. */
async function follow(workbench, query) {
  await workbench.run("Developer: Open URL");
  await workbench.quickInput().fill(`code-oss://backstory.backstory/stacktrace?${query}`);
  await workbench.page.keyboard.press("Enter");
  await answer(workbench, "Open");
}

async function answer(workbench, button) {
  await workbench.page.locator(".monaco-dialog-box a.monaco-button", { hasText: button }).click();
}

/** Where a word of a terminal's line is on the screen; runs in the page. */
function placeOf(line, word) {
  const letter = document.createRange();
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    const at = text.data.indexOf(word);
    if (at >= 0) {
      letter.setStart(text, at);
      letter.setEnd(text, at + word.length);
      break;
    }
  }
  const { x, y, width, height } = letter.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}
