// Beside a language's own server: what is wrong with a line is read first, then where the line came from.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments } from "./ground.mjs";

/** What VS Code's own TypeScript says of `Cart` in the demo's first line of checkout.ts. */
const PROBLEM = "Cannot find name 'Cart'";
const ORIGIN = "Codex";

let code;
before(async () => {
  code = await openVsCode("problems", payments);
});
after(() => code?.close());
const check = checksOf(() => code);

check("a problem's own words stay on top of the hover, in full", async (workbench) => {
  await workbench.openFile("checkout.ts");
  await workbench.statusSays("agent · Codex");
  await workbench.page.locator(".view-line .squiggly-error, .squiggly-error").first().waitFor();
  await workbench.hoverAt(1, 40);
  const [problem, origin] = await workbench.hoverRows(PROBLEM, ORIGIN);
  assert.ok(problem.isInView, "the problem can be read without scrolling");
  assert.ok(problem.bottom <= origin.top, `${problem.bottom} is below ${origin.top}`);
  await workbench.shot("problem");
});
