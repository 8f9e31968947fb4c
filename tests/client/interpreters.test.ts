import assert from "node:assert/strict";
import { test } from "node:test";
import { candidates, onPath, resolve } from "../../client/src/server/interpreters";
import { machineWith } from "./machine";

test("on Unix the newest version on PATH comes first, whatever PATH's order", () => {
  const files = ["/a/python3.11", "/b/python3.13", "/b/python3"];
  const machine = machineWith({ platform: "linux", files, environment: { PATH: "/a:/b" } });
  assert.deepEqual(candidates(machine), ["/b/python3.13", "/a/python3.11", "/b/python3"]);
});

test("versions that are too old or too new are not even asked", () => {
  const files = ["/home/maya/.pyenv/versions/3.10.2/bin/python", "/home/maya/.pyenv/versions/3.12.1/bin/python"];
  assert.deepEqual(candidates(machineWith({ platform: "linux", files })), [files[1]]);
});

test("relative entries of PATH are left out: they would mean the folder that is open", () => {
  const machine = machineWith({ platform: "linux", files: ["python3", "./python3"], environment: { PATH: ".::bin" } });
  assert.deepEqual(candidates(machine), []);
});

test("on Windows the installer's folders come first and the Store's alias never", () => {
  const alias = "C:\\Users\\maya\\AppData\\Local\\Microsoft\\WindowsApps\\python.exe";
  const real = "C:\\Users\\maya\\AppData\\Local\\Programs\\Python\\Python312\\python.exe";
  const environment = {
    Path: "C:\\Users\\maya\\AppData\\Local\\Microsoft\\WindowsApps;C:\\tools",
    LOCALAPPDATA: "C:\\Users\\maya\\AppData\\Local",
  };
  const machine = machineWith({ platform: "win32", files: [alias, "C:\\tools\\python.exe", real], environment });
  assert.deepEqual(candidates(machine), [real, "C:\\tools\\python.exe"]);
});

test("Apple's python3 is asked only when the command line tools are there: else it opens an installer", () => {
  const environment = { PATH: "/usr/bin" };
  const bare = machineWith({ platform: "darwin", files: ["/usr/bin/python3"], environment });
  assert.deepEqual(candidates(bare), []);
  const tools = "/Library/Developer/CommandLineTools/usr/bin/python3";
  const equipped = machineWith({ platform: "darwin", files: ["/usr/bin/python3", tools], environment });
  assert.deepEqual(candidates(equipped), ["/usr/bin/python3"]);
});

test("a setting may be a path, a path in the home folder, or a name on PATH", () => {
  const machine = machineWith({ platform: "linux", files: ["/b/python3.12"], environment: { PATH: "/b" } });
  assert.equal(resolve("/x/python", machine), "/x/python");
  assert.equal(resolve("~/venv/bin/python", machine), "/home/maya/venv/bin/python");
  assert.equal(resolve("python3.12", machine), "/b/python3.12");
  assert.equal(resolve("python3.99", machine), undefined);
});

test("a command on Windows is found by its name without .exe", () => {
  const machine = machineWith({
    platform: "win32",
    files: ["C:\\t\\backstory-lsp.exe"],
    environment: { PATH: "C:\\t" },
  });
  assert.deepEqual(onPath("backstory-lsp", machine), ["C:\\t\\backstory-lsp.exe"]);
});
