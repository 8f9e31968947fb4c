// The other editors that can run here, with the command that pipx or uv installs.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import { payments } from "./vscode/ground.mjs";
import { PYTHON, room } from "./vscode/rooms.mjs";

const HERE = import.meta.dirname;
const PATIENCE_MS = 60_000;

test("Neovim's built-in client shows the hover", () => {
  const script = path.join(HERE, "neovim", "hover.lua");
  run("nvim", ["--headless", "--clean", "-n", "-i", "NONE", "-c", `luafile ${script}`], "neovim");
});

test("Emacs with eglot shows the hover", () => {
  run("emacs", ["--batch", "-l", path.join(HERE, "emacs", "hover.el")], "emacs");
});

function run(editor, args, name) {
  const folder = room(name);
  const server = path.join(path.dirname(PYTHON), "backstory-lsp");
  const env = { ...process.env, SERVER: server, FOLDER: payments(folder), HOME: process.env.HOME };
  execFileSync(editor, args, { env, stdio: "inherit", timeout: PATIENCE_MS });
}
