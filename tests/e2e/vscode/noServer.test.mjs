// No Python that fits: VS Code says what is missing, with a button, and works again once it is there.
import { after, before } from "node:test";
import { changeSettings, checksOf, openVsCode, payments } from "./ground.mjs";
import { PYTHON } from "./rooms.mjs";

let code;
before(async () => {
  code = await openVsCode("no-server", payments, { machine: { "backstory.server.python": "/nowhere/python3" } });
});
after(() => code?.close());
const check = checksOf(() => code);

check("what is missing is said once, with a button", async (workbench) => {
  await workbench.openFile("checkout.ts");
  await workbench.statusSays("needs Python");
  await workbench.notificationOffers("/nowhere/python3", ["Choose a Python…", "Get Python"]);
  await workbench.shot("needs-python");
});

check("choosing a Python starts the server without a reload", async (workbench) => {
  await workbench.notification("/nowhere/python3").locator("a.monaco-button", { hasText: "Choose a Python…" }).click();
  await workbench.page.locator(".settings-editor").waitFor();
  changeSettings(code.open, { "backstory.server.python": PYTHON });
  await workbench.backTo("checkout.ts");
  await workbench.statusSays("agent · Codex");
});
