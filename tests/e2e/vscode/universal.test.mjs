// The small extension that brings no server, on a machine where one is installed as pipx or uv would.
import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";
import { checksOf, openVsCode, payments, servers } from "./ground.mjs";
import { PYTHON, room, UNIVERSAL_VSIX } from "./rooms.mjs";

let code;
before(async () => {
  const bin = room("bin");
  symlinkSync(path.join(path.dirname(PYTHON), "backstory-lsp"), path.join(bin, "backstory-lsp"));
  code = await openVsCode("universal", payments, { extensions: [UNIVERSAL_VSIX], onPath: bin });
});
after(() => code?.close());
const check = checksOf(() => code);

check("the universal extension uses the server that is installed", async (workbench, server) => {
  await workbench.openFile("payments.py");
  await workbench.goTo(17, 9);
  await workbench.statusSays("agent · Claude Code");
  assert.equal(servers(server.pid).length, 1);
  const [words] = await workbench.hoverAt(17, 9);
  assert.match(words, /Claude Opus 4\.5/);
});
