// Small extensions that stand beside ours in a check.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { room, TOP } from "./ground.mjs";

/** Pack an extension of one module; return its VSIX. */
export function pack(name, manifest, main) {
  const folder = room(name);
  const source = path.join(folder, "source");
  mkdirSync(source);
  const standard = { name, publisher: "nobody", version: "0.0.1", engines: { vscode: "^1.91.0" }, main: "./main.js" };
  writeFileSync(path.join(source, "package.json"), JSON.stringify({ ...standard, ...manifest }));
  writeFileSync(path.join(source, "main.js"), main);
  writeFileSync(path.join(source, ".vscodeignore"), "");
  const file = path.join(folder, `${name}.vsix`);
  const vsce = path.join(TOP, "node_modules/@vscode/vsce/vsce");
  const options = ["--allow-missing-repository", "--skip-license", "--no-dependencies", "--out", file];
  execFileSync(process.execPath, [vsce, "package", ...options], { cwd: source, stdio: "ignore" });
  return file;
}
