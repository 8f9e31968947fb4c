// The demo in VS Code as a person sees it: hover by mouse and keyboard, status bar, prompt, commit, typing, branches.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { changeSettings, checksOf, git, openVsCode, payments } from "./ground.mjs";
import { until } from "./until.mjs";

const LONGEST_HOVER_LINES = 12;

/** Lines of shop/payments.py as it lies on disk. */
const LINE = { uncommitted: 12, agent: 17, person: 31, unknown: 5, refund: 28 };

let code;
before(async () => {
  code = await openVsCode("tour", payments, { settings: { "backstory.showUnknown": true } });
});
after(() => code?.close());
const check = checksOf(() => code);

check("the status bar tells the state of the current line", async (workbench) => {
  await workbench.openFile("payments.py");
  await workbench.goTo(LINE.agent, 9);
  await workbench.statusSays("agent · Claude Code");
  await workbench.goTo(LINE.person, 9);
  await workbench.statusSays("person · Priya Raman");
  await workbench.goTo(LINE.unknown, 1);
  await workbench.statusSays("unknown");
  await workbench.goTo(LINE.uncommitted, 9);
  await workbench.statusSays("not committed");
});

check("the mouse over a line tells where it came from, with links", async (workbench) => {
  const [words, links] = await workbench.hoverWord(/^idempotency_key$/);
  assert.match(words, /Claude Opus 4\.5/);
  assert.match(words, /asked by Jonas Lindqvist.* 11 Feb 2026/);
  assert.match(words, /“yes, go ahead”/);
  assert.match(words, /Recorded by git-ai for these lines/);
  assert.equal(links, "Show prompt · Copy prompt · Open commit");
  await workbench.shot("hover-light");
  await workbench.dismissHover();
});

check("the keyboard shows the same, and no hover of the demo is longer than twelve lines", async (workbench) => {
  const heights = {};
  for (const line of [1, LINE.unknown, LINE.uncommitted, LINE.agent, LINE.refund, LINE.person]) {
    const [words] = await workbench.hoverAt(line, 9);
    assert.ok(words.length > 0);
    heights[line] = await workbench.hoverLines();
    await workbench.dismissHover();
  }
  console.log("rendered lines of hovers, by line:", JSON.stringify(heights));
  assert.ok(Math.max(...Object.values(heights)) <= LONGEST_HOVER_LINES, JSON.stringify(heights));
});

check("Show prompt opens what was asked as a read-only document", async (workbench) => {
  await workbench.hoverWord(/^idempotency_key$/);
  await workbench.hoverLink("Show prompt").click();
  await workbench.tab("Prompt of payments.py, line 17").waitFor();
  await workbench.line("When the provider times out").waitFor();
  await workbench.dismissHover();
  await workbench.shot("prompt");
  await workbench.editorHasFocus();
  await workbench.page.keyboard.type("x");
  await workbench.page.locator(".monaco-editor-overlaymessage", { hasText: "read-only" }).waitFor();
  await workbench.closeEditor("Prompt of payments.py");
});

check("Copy prompt puts the request on the clipboard", async (workbench) => {
  await workbench.openFile("payments.py");
  await workbench.hoverAt(LINE.agent, 9);
  // It is said for a few seconds only: look before it can be there.
  const said = workbench.page.locator(".statusbar-item", { hasText: "Prompt copied" }).waitFor();
  await workbench.hoverLink("Copy prompt").click();
  await said;
  assert.match(await workbench.page.evaluate(() => navigator.clipboard.readText()), /^When the provider times out/);
});

check("Open commit opens the commit as a read-only document", async (workbench) => {
  await workbench.hoverAt(LINE.agent, 9);
  await workbench.hoverLink("Open commit").click();
  await workbench.tab("Commit ").waitFor();
  await workbench.line("payments: retry captures that time out").waitFor();
  await workbench.closeEditor("Commit ");
});

check("marks stand beside the agents' lines and nowhere else", async (workbench) => {
  await workbench.openFile("payments.py");
  const hasAgents = (marked) => [LINE.agent, LINE.refund].every((line) => marked.includes(line));
  const marked = await until(async () => {
    const now = await workbench.markedLines();
    return hasAgents(now) && now;
  }, "marks beside the agents' lines");
  for (const line of [LINE.person, LINE.unknown, LINE.uncommitted]) {
    assert.ok(!marked.includes(line), `line ${line} of ${marked}`);
  }
  await workbench.shot("marks-light");
});

check("after typing, a line's answer moves along with it, and the new line is not committed", async (workbench) => {
  await workbench.goTo(LINE.agent, 1);
  await workbench.page.keyboard.press("Control+Shift+Enter");
  await workbench.page.keyboard.type("note = 1");
  await workbench.statusSays("not committed");
  await workbench.goTo(LINE.agent + 1, 30);
  await workbench.statusSays("agent · Claude Code");
  const [words] = await workbench.hoverAt(LINE.agent + 1, 30);
  assert.match(words, /Claude Opus 4\.5/);
  await workbench.dismissHover();
  await workbench.run("File: Revert File");
  await workbench.line("note = 1").waitFor({ state: "detached" });
});

check("switching the branch changes the answers", async (workbench) => {
  // The record is of the branch's own commit; main has it squashed.
  const hoverSays = (evidence) =>
    until(async () => {
      const [words] = await workbench.hoverAt(7, 9);
      await workbench.dismissHover();
      return words.includes(evidence);
    }, `“${evidence}” in the hover`);
  await workbench.openFile("webhooks.py");
  await hoverSays("Carried by git-ai through a rewrite");
  git(code.open, "stash");
  git(code.open, "checkout", "webhooks");
  await hoverSays("Recorded by git-ai for these lines");
  git(code.open, "checkout", "main");
  await hoverSays("Carried by git-ai through a rewrite");
});

check("everything reads as well in the dark", async (workbench) => {
  changeSettings(code.open, { "workbench.colorTheme": "Default Dark Modern", "backstory.annotation": true });
  await workbench.page.locator(".monaco-workbench.vs-dark").waitFor();
  await workbench.openFile("payments.py");
  await workbench.hoverAt(LINE.agent - 2, 9);
  await workbench.page.locator('.view-line [class*="ced-"]').first().waitFor({ state: "attached" });
  await workbench.shot("hover-dark");
  await workbench.dismissHover();
});
