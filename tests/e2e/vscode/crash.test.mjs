// The server dies: it is started again once, never twice at a time; if it dies again soon, the status bar says so.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments, servers } from "./ground.mjs";
import { until } from "./until.mjs";

let code;
before(async () => {
  code = await openVsCode("crash", payments);
});
after(() => code?.close());
const check = checksOf(() => code);

check("a server that crashed is started again, one at a time", async (workbench, server) => {
  await workbench.openFile("payments.py");
  await workbench.goTo(17);
  await workbench.statusSays("agent · Claude Code");
  const [first, ...others] = servers(server.pid);
  assert.deepEqual(others, []);
  process.kill(first, "SIGKILL");
  const [second] = await until(() => {
    const now = servers(server.pid);
    return now.length > 0 && !now.includes(first) && now;
  }, "a new server");
  // Another line: what the first server said of its line may still be shown.
  await workbench.goTo(31);
  await workbench.statusSays("person · Priya Raman");
  assert.deepEqual(servers(server.pid), [second]);
});

check("after a second crash the status bar says so, and a click starts it again", async (workbench, server) => {
  process.kill(servers(server.pid)[0], "SIGKILL");
  await workbench.statusSays("Backstory: stopped");
  assert.deepEqual(servers(server.pid), []);
  await workbench.statusBar().click();
  const message = workbench.notification("stopped twice in a row");
  await message.locator("a.monaco-button", { hasText: "Start Again" }).click();
  await workbench.statusSays("person · Priya Raman");
});
