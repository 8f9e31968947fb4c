// The server dies: it is started again once, never twice at a time; if it dies again soon, the status bar says so.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments, servers } from "./ground.mjs";

let code;
before(async () => {
  code = await openVsCode("crash", payments);
});
after(() => code?.close());
const check = checksOf(() => code);

check("a server that crashed is started again, one at a time", async (workbench, server) => {
  await workbench.openFile("checkout.ts");
  await workbench.statusSays("agent · Codex");
  const [first, ...others] = servers(server.pid);
  assert.deepEqual(others, []);
  process.kill(first, "SIGKILL");
  await until(() => servers(server.pid).some((pid) => pid !== first));
  await workbench.statusSays("agent · Codex");
  assert.equal(servers(server.pid).length, 1);
});

check("after a second crash the status bar says so, and a click starts it again", async (workbench, server) => {
  process.kill(servers(server.pid)[0], "SIGKILL");
  await workbench.statusSays("Backstory: stopped");
  assert.deepEqual(servers(server.pid), []);
  await workbench.statusBar().click();
  const message = workbench.notification("stopped twice in a row");
  await message.locator("a.monaco-button", { hasText: "Start Again" }).click();
  await workbench.statusSays("agent · Codex");
});

async function until(claim) {
  const end = Date.now() + 20_000;
  while (!claim()) {
    assert.ok(Date.now() < end, "it did not come true in time");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
