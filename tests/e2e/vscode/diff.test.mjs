// A diff editor: the side with the file on disk answers, the older side says why it does not know or answers as well.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments } from "./ground.mjs";

let code;
before(async () => {
  code = await openVsCode("diff", payments);
});
after(() => code?.close());
const check = checksOf(() => code);

check("both sides of a diff editor have a state and a hover", async (workbench) => {
  await workbench.openFile("payments.py");
  await workbench.run("Git: Open Changes");
  const sides = workbench.page.locator(".editor-group-container.active .monaco-diff-editor");
  await sides.waitFor();
  for (const side of [".modified-in-monaco-diff-editor", ".original-in-monaco-diff-editor"]) {
    const token = sides.locator(`${side} .view-line span span`, { hasText: /^idempotency_key$/ }).first();
    await token.click();
    await workbench.statusSays("agent · Claude Code");
    await token.hover();
    const [words] = await workbench.hoverParts();
    assert.match(words, /Claude Opus 4\.5/);
    await workbench.shot(`diff${side.slice(0, 9)}`);
    await workbench.dismissHover();
  }
});
