// A machine without any Python: mounts of its own hide those of this one, PATH leads to git alone.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments, servers } from "./ground.mjs";

const FOLDERS = ["/usr/bin", "/usr/local/bin"];
const HIDE = 'for each in $HIDDEN; do mount --bind /dev/null "$each"; done; PATH=$ONLY exec "$@"';

let code;
before(async () => {
  code = await openVsCode("no-python", (room) => payments(room), {
    within: ["/usr/bin/unshare", ...asRoot(), "--mount", "/bin/sh", "-c", HIDE, "sh"],
    environment: { HIDDEN: pythons().join(" "), ONLY: onlyGit() },
  });
});
after(() => code?.close());
const check = checksOf(() => code);

check("without any Python VS Code says what is missing, once, with a button", async (workbench, server) => {
  await workbench.openFile("checkout.ts");
  await workbench.statusSays("needs Python");
  const message = workbench.notification("found neither CPython 3.11 to 3.14 nor the command backstory-lsp");
  await message.waitFor();
  const buttons = await message.locator("a.monaco-button").allInnerTexts();
  assert.deepEqual(buttons, ["Choose a Python…", "Get Python"]);
  assert.deepEqual(servers(server.pid), []);
});

/** Every Python that the extension would look at outside of PATH. */
function pythons() {
  return FOLDERS.flatMap((folder) => readdirSync(folder, { withFileTypes: true }).map((each) => [folder, each]))
    .filter(([, each]) => each.isFile() && /^python3(\.\d+)?$/.test(each.name))
    .map(([folder, each]) => path.join(folder, each.name));
}

function onlyGit() {
  const folder = path.join(process.env.TMPDIR ?? "/tmp", "backstory-e2e", "only-git");
  mkdirSync(folder, { recursive: true });
  const git = path.join(folder, "git");
  if (!readdirSync(folder).includes("git")) {
    symlinkSync(execFileSync("which", ["git"], { encoding: "utf8" }).trim(), git);
  }
  return folder;
}

/** Who is not root may mount in a user namespace of their own. */
function asRoot() {
  return process.getuid() === 0 ? [] : ["--user", "--map-root-user"];
}
