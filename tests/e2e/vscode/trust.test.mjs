// A folder that is not trusted: nothing is started, the status bar says so, and trusting it is enough.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments, servers } from "./ground.mjs";

let code;
before(async () => {
  const settings = { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.emptyWindow": false };
  code = await openVsCode("trust", payments, { trust: true, settings });
});
after(() => code?.close());
const check = checksOf(() => code);

check("in Restricted Mode no server is started and the status bar says why", async (workbench, server) => {
  await workbench.openFile("checkout.ts");
  await workbench.statusSays("restricted mode");
  assert.deepEqual(servers(server.pid), []);
  await workbench.shot("restricted");
});

check("a folder that becomes trusted gets its server at once", async (workbench) => {
  await workbench.statusBar().click();
  await workbench.page.locator(".workspace-trust-editor").waitFor();
  await workbench.page.locator(".workspace-trust-editor a.monaco-button", { hasText: "Trust" }).first().click();
  await workbench.page.locator(".workspace-trust-editor", { hasText: "You trust this folder" }).waitFor();
  await workbench.backTo("checkout.ts");
  await workbench.statusSays("agent · Codex");
});
