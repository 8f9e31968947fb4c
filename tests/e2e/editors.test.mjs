// The other editors that can run here, with the command that pipx or uv installs.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { crash, payments } from "./vscode/ground.mjs";
import { PYTHON, room } from "./vscode/rooms.mjs";
import { PATIENCE_MS } from "./vscode/until.mjs";

const HERE = import.meta.dirname;

test("Neovim's built-in client shows the hover", () => {
  const script = path.join(HERE, "neovim", "hover.lua");
  run("nvim", ["--headless", "--clean", "-n", "-i", "NONE", "-c", `luafile ${script}`], "neovim");
});

test("Neovim goes from a frame in a log to today's line, and the frame's hover tells the origin", () => {
  const script = path.join(HERE, "neovim", "stacktrace.lua");
  run("nvim", ["--headless", "--clean", "-n", "-i", "NONE", "-c", `luafile ${script}`], "neovim-stacktrace", crashed);
});

test("Emacs with eglot shows the hover", () => {
  run("emacs", ["--batch", "-l", path.join(HERE, "emacs", "eglot.el")], "eglot");
});

test("Emacs with lsp-mode shows the hover", () => {
  run("emacs", ["--batch", "-l", path.join(HERE, "emacs", "lsp-mode.el")], "lsp-mode");
});

function run(editor, args, name, prepare = () => ({})) {
  const folder = room(name);
  const server = path.join(path.dirname(PYTHON), "backstory-lsp");
  const repository = payments(folder);
  const env = { ...process.env, SERVER: server, FOLDER: repository, HOME: folder, ...prepare(repository) };
  execFileSync(editor, args, { env, stdio: "inherit", timeout: 2 * PATIENCE_MS });
}

/** Keep what the demo's service says when it crashes in a log beside the repository. */
function crashed(repository) {
  const log = `${repository}.log`;
  writeFileSync(log, crash(repository));
  return { LOG: log };
}
