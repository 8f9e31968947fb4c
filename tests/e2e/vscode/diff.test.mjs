// A diff editor: the side with the file on disk answers as ever, the older side from its own revision.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments } from "./ground.mjs";

let code;
before(async () => {
  code = await openVsCode("diff", payments);
});
after(() => code?.close());
const check = checksOf(() => code);

check("in a diff editor both sides answer, each from its own revision", async (workbench) => {
  await workbench.openFile("payments.py");
  await workbench.goTo(31);
  await workbench.statusSays("person · Priya Raman");
  await workbench.page.locator('.editor-actions a[aria-label^="Open Changes"]').click();
  const diff = workbench.page.locator(".editor-group-container.active .monaco-diff-editor");
  const word = (side, text = /^for$/) => diff.locator(`${side} .view-line span span`, { hasText: text }).first();
  await word(".editor.modified").click();
  await workbench.statusSays("agent · Claude Code");
  await word(".editor.modified").hover();
  assert.match((await workbench.hoverParts())[0], /Claude Opus 4\.5/);
  await workbench.shot("diff");
  await workbench.dismissHover();
  // A line that no record speaks of lies between: what is said next is no leftover of the other side.
  await word(".editor.original", /^def$/).click();
  await workbench.statusSays("unknown");
  await word(".editor.original").click();
  await workbench.statusSays("agent · Claude Code");
  await word(".editor.original").hover();
  assert.match((await workbench.hoverParts())[0], /Claude Opus 4\.5/);
  await workbench.dismissHover();
});
