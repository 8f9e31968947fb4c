// What is installed in a VS Code.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { room, ROOMS, TOP, VERSION } from "./rooms.mjs";

/** The folder of a run where VS Code installed these files, once: each VS Code gets a copy. */
export function installedExtensions(program, files) {
  const names = files.map((file) => path.basename(file, ".vsix"));
  const folder = path.join(ROOMS, VERSION, `with ${names.join(" and ")}`);
  if (!existsSync(folder)) {
    const home = room("installing");
    const profile = ["--user-data-dir", path.join(home, "user"), "--extensions-dir", folder];
    for (const file of files) {
      execFileSync(program[0], [...program.slice(1), ...profile, "--install-extension", file, "--force"], {
        env: { ...process.env, HOME: home },
        stdio: "ignore",
      });
    }
  }
  return folder;
}

/** Pack a small extension of one module, to stand beside ours; return its VSIX. */
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
