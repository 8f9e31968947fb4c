// Inside the extension host: what VS Code's own API gives, without looking at the page.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { launchBrowser } from "./browser.mjs";
import { payments } from "./ground.mjs";
import { CACHE, room, TOP, VERSION } from "./rooms.mjs";
import { installed, serve } from "./serve.mjs";
import { PATIENCE_MS, until } from "./until.mjs";

const EXTENSION = path.join(TOP, "build/vsix", `${process.platform}-${process.arch}`);
const CHECKS = path.join(TOP, "tests/e2e/api/checks.cjs");

test("VS Code's API gives hovers, state, marks and older versions; settings and Pause take effect at once", async () => {
  const folder = room("api");
  const open = payments(folder);
  const server = await serve({
    install: installed(VERSION, CACHE),
    profile: path.join(folder, "profile"),
    extensions: [],
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.addInitScript(allowTests);
    const said = [];
    await page.exposeFunction("codeAutomationLog", (_kind, words) => said.push(words.join(" ")));
    let status;
    await page.exposeFunction("codeAutomationExit", (code) => {
      status = { code };
    });
    await page.goto(
      `${server.url}/?folder=${encodeURIComponent(open)}&payload=${encodeURIComponent(payload(server.url))}`,
    );
    const { code } = await until(() => status, "the end of the checks in the extension host", 3 * PATIENCE_MS);
    assert.equal(code, 0, said.join("\n"));
    console.log(said.filter((line) => line.includes("ok ")).join("\n"));
  } finally {
    await browser.close();
    server.stop();
  }
});

/** Tells the workbench which extension to load, unpacked, and which module to run in its host. */
function payload(url) {
  const remote = `vscode-remote://${new URL(url).host}`;
  return JSON.stringify([
    ["extensionDevelopmentPath", remote + EXTENSION],
    ["extensionTestsPath", remote + CHECKS],
  ]);
}

/** Newer releases run tests in a built workbench only with their smoke test driver on. */
function allowTests() {
  const find = Document.prototype.getElementById;
  Document.prototype.getElementById = function (id) {
    const element = find.call(this, id);
    if (id === "vscode-workbench-web-configuration" && element && !element.dataset.patched) {
      const settings = JSON.parse(element.getAttribute("data-settings"));
      settings.developmentOptions = { ...settings.developmentOptions, enableSmokeTestDriver: true };
      element.setAttribute("data-settings", JSON.stringify(settings));
      element.dataset.patched = "1";
    }
    return element;
  };
}
