// A machine without any Python: mounts of its own hide those of this one, PATH leads to git alone.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, symlinkSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments, servers } from "./ground.mjs";
import { room } from "./rooms.mjs";

const FOLDERS = ["/usr/bin", "/usr/local/bin"];
const HIDE = 'for each in $HIDDEN; do mount --bind /dev/null "$each"; done; PATH=$ONLY exec "$@"';

const UNSHARE = ["unshare", ...asRoot(), "--mount"];

let code;
before(async () => {
  if (refusal()) {
    return;
  }
  code = await openVsCode("no-python", payments, {
    within: [...UNSHARE, "/bin/sh", "-c", HIDE, "sh"],
    environment: { HIDDEN: pythons().join(" "), ONLY: onlyGit() },
  });
});
after(() => code?.close());
const check = checksOf(() => code, refusal());

check("without any Python VS Code says what is missing, once, with a button", async (workbench, server) => {
  await workbench.openFile("checkout.ts");
  await workbench.statusSays("needs Python");
  const words = "found neither CPython 3.11 to 3.14 nor the command backstory-lsp";
  await workbench.notificationOffers(words, ["Choose a Python…", "Get Python"]);
  assert.deepEqual(servers(server.pid), []);
});

/** Every Python that the extension would look at outside of PATH. */
function pythons() {
  return FOLDERS.flatMap((folder) => readdirSync(folder, { withFileTypes: true }).map((each) => [folder, each]))
    .filter(([, each]) => each.isFile() && /^python3(\.\d+)?$/.test(each.name))
    .map(([folder, each]) => path.join(folder, each.name));
}

/** A folder for PATH that leads to git and nothing else. */
function onlyGit() {
  const folder = room("only-git");
  symlinkSync(execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim(), path.join(folder, "git"));
  return folder;
}

/** Why nobody can be kept from seeing a Python here, as in most containers; false when that works or has to. */
function refusal() {
  const { status, stderr } = spawnSync(UNSHARE[0], [...UNSHARE.slice(1), "true"], { encoding: "utf8" });
  return status !== 0 && process.env.EDITORS !== "required" && `NOT RUN, mounts are refused here: ${stderr.trim()}`;
}

/** Who is not root may mount in a user namespace of their own. */
function asRoot() {
  return process.getuid() === 0 ? [] : ["--user", "--map-root-user"];
}
