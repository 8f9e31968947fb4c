import assert from "node:assert/strict";
import { test } from "node:test";
import { type Circumstances, findServer } from "../../client/src/server/launch";
import type { Python } from "../../client/src/server/probe";
import { machineWith } from "./machine";

const BUNDLED = "/extension/bundled/launch.py";

interface Given extends Partial<Omit<Circumstances, "selected" | "probe" | "machine">> {
  files?: string[];
  selected?: string;
  /** The interpreters that fit, and whether a server is installed there. */
  pythons?: Record<string, boolean>;
}

function launchWith({ files = [], selected, pythons = {}, ...rest }: Given) {
  const known = (file: string): Python | undefined =>
    file in pythons ? { file, minor: 12, hasServer: pythons[file] ?? false } : undefined;
  return findServer({
    machine: machineWith({ platform: "linux", files, environment: { PATH: "/bin" } }),
    serverPath: undefined,
    serverPython: undefined,
    bundled: BUNDLED,
    byteCode: "/cache",
    selected: () => Promise.resolve(selected),
    probe: (file) => Promise.resolve(known(file)),
    ...rest,
  });
}

async function commandOf(given: Given): Promise<string> {
  const found = await launchWith(given);
  return "command" in found ? [found.command, ...found.args].join(" ") : found.reason;
}

const ISOLATED = "-I -S -X utf8 -X pycache_prefix=/cache";

test("the setting for a command beats everything", async () => {
  const files = ["/opt/backstory-lsp", "/bin/python3"];
  const command = await commandOf({ serverPath: "/opt/backstory-lsp", files, pythons: { "/bin/python3": false } });
  assert.equal(command, "/opt/backstory-lsp");
});

test("a command that is not there is said, not worked around", async () => {
  const reason = await commandOf({ serverPath: "/gone", files: ["/bin/python3"], pythons: { "/bin/python3": false } });
  assert.match(reason, /backstory\.server\.path names “\/gone”/);
});

test("the setting for an interpreter beats the selected one", async () => {
  const command = await commandOf({
    serverPython: "/x/python",
    selected: "/y/python",
    pythons: { "/x/python": false, "/y/python": false },
  });
  assert.equal(command, `/x/python ${ISOLATED} ${BUNDLED}`);
});

test("an interpreter that does not fit is said, not worked around", async () => {
  const reason = await commandOf({
    serverPython: "/old/python",
    files: ["/bin/python3"],
    pythons: { "/bin/python3": false },
  });
  assert.match(reason, /names “\/old\/python”, which is not CPython 3\.11 to 3\.14/);
});

test("the selected interpreter beats a found one, and a found one is taken when that does not fit", async () => {
  const files = ["/bin/python3"];
  assert.match(
    await commandOf({ selected: "/y/python", files, pythons: { "/y/python": false, "/bin/python3": false } }),
    /^\/y/,
  );
  assert.match(
    await commandOf({ selected: "/y/python", files, pythons: { "/bin/python3": false } }),
    /^\/bin\/python3 /,
  );
});

test("without an interpreter the command on PATH is taken", async () => {
  assert.equal(await commandOf({ files: ["/bin/backstory-lsp"] }), "/bin/backstory-lsp");
});

test("an extension that brings no server uses an interpreter that has one installed", async () => {
  const files = ["/bin/python3.13", "/bin/python3.12"];
  const pythons = { "/bin/python3.13": false, "/bin/python3.12": true };
  const found = await launchWith({ bundled: undefined, files, pythons });
  assert.ok("command" in found);
  assert.deepEqual([found.command, ...found.args], ["/bin/python3.12", "-I", "-m", "backstory.lsp"]);
});

test("with nothing at all it is said what is missing", async () => {
  assert.match(await commandOf({}), /neither CPython 3\.11 to 3\.14 nor the command backstory-lsp/);
  assert.match(await commandOf({ bundled: undefined }), /brings no server/);
});
