// A workspace that lies on no disk: the extension stays away, as its manifest says.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { after, before } from "node:test";
import { checksOf, openVsCode, servers } from "./ground.mjs";
import { VSIX } from "./rooms.mjs";
import { pack } from "./extensions.mjs";

const SCHEME = "nowhere";

/** An extension with a file system of one file. It also tells whether VS Code lets ours take part. */
const FILES = `
const { EventEmitter, extensions, FileType, window, workspace } = require("vscode");
const TEXT = Buffer.from("print('hello')\\n");
const isFile = (uri) => uri.path.endsWith(".py");
const provider = {
  onDidChangeFile: new EventEmitter().event,
  watch: () => ({ dispose() {} }),
  stat: (uri) => ({ type: isFile(uri) ? FileType.File : FileType.Directory, ctime: 0, mtime: 0, size: TEXT.length }),
  readDirectory: () => [["hello.py", FileType.File]],
  readFile: () => TEXT,
  ...Object.fromEntries(["createDirectory", "writeFile", "delete", "rename"].map((name) => [name, () => {}])),
};
exports.activate = () => {
  workspace.registerFileSystemProvider("${SCHEME}", provider, { isReadonly: true });
  const status = window.createStatusBarItem("who");
  status.text = extensions.getExtension("backstory.backstory") ? "Backstory takes part" : "Backstory is left out";
  status.show();
};
`;

let code;
before(async () => {
  code = await openVsCode("virtual", prepare, {
    extensions: [
      VSIX,
      pack(
        "files-of-nowhere",
        { activationEvents: [`onFileSystem:${SCHEME}`], capabilities: { virtualWorkspaces: true } },
        FILES,
      ),
    ],
  });
});
after(() => code?.close());
const check = checksOf(() => code);

check("in a virtual workspace nothing is started and nothing is said", async (workbench, server) => {
  // Nothing searches there, so the file is opened by hand.
  await workbench.page.locator(".explorer-folders-view .monaco-list-row", { hasText: "hello.py" }).dblclick();
  await workbench.line("print('hello')").waitFor();
  await workbench.page.locator(".statusbar-item", { hasText: "Backstory is left out" }).waitFor();
  assert.equal(await workbench.statusBar().count(), 0);
  assert.deepEqual(servers(server.pid), []);
});

function prepare(room) {
  const file = path.join(room, "virtual.code-workspace");
  writeFileSync(file, JSON.stringify({ folders: [{ uri: `${SCHEME}:/project`, name: "project" }] }));
  return file;
}
