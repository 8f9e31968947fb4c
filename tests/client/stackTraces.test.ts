import assert from "node:assert/strict";
import { test } from "node:test";
import type { LocatedFrame, LocatedTrace, ResolvedLine } from "../../client/src/protocol";
import { linkIn, mayHoldFrame } from "../../client/src/stackTraces/frameLink";
import { sharedLinkOf } from "../../client/src/stackTraces/sharedLink";
import { firstTarget, type Row, treeOf } from "../../client/src/stackTraces/tree";

const URI = "file:///w/shop/payments.py";

function frame(given: Partial<LocatedFrame>): LocatedFrame {
  const nothing = { filename: "/app/shop/payments.py", lineno: 27, colno: null, function: "refund", in_app: true };
  return { ...nothing, resolved: null, candidates: [], because: "its path ends alike", ...given };
}

function resolved(given: Partial<ResolvedLine> = {}): ResolvedLine {
  const place = { path: "shop/payments.py", uri: URI, line: 32, function: "refund", because: "it came through" };
  return { ...place, state: "moved", revision: null, deleted_by: null, ...given };
}

function trace(given: Partial<LocatedTrace>): LocatedTrace {
  return { dialect: "python", exception_type: "ValueError", message: "too much", frames: [], suspects: [], ...given };
}

/** A tree as indented lines; what is closed at first ends with a plus. */
function drawn(rows: readonly Row[], depth = 0): string[] {
  return rows.flatMap((row) => {
    const words = [row.label, ...(row.description ? [`(${row.description})`] : []), ...(row.isOpen ? [] : ["+"])];
    return ["  ".repeat(depth) + words.join(" "), ...drawn(row.rows, depth + 1)];
  });
}

test("suspects come first, then the frames, then what holds for all of them", () => {
  const library = frame({ filename: "/usr/lib/json.py", function: "loads", in_app: false });
  const rows = treeOf([
    trace({
      frames: [library, library, frame({ resolved: resolved() }), library, frame({ lineno: 3, function: "main" })],
      suspects: [
        { path: "shop/payments.py", uri: URI, function: "refund", line: 32, score: 5, reasons: ["raises it"] },
      ],
      remarks: ["No build revision is named."],
    }),
  ]);
  assert.deepEqual(drawn(rows), [
    "ValueError: too much (python)",
    "  Suspects",
    "    refund (shop/payments.py:32) +",
    "      raises it",
    "  2 library frames +",
    "    loads (/usr/lib/json.py:27)",
    "    loads (/usr/lib/json.py:27)",
    "  refund (shop/payments.py:32 · was 27)",
    "  1 library frame +",
    "    loads (/usr/lib/json.py:27)",
    "  main (/app/shop/payments.py:3)",
    "  No build revision is named.",
  ]);
});

test("a deleted line says so, and files that may be meant stand below their frame", () => {
  const candidates = ["a", "b"].map((name) => ({
    path: `${name}/x.py`,
    uri: `file:///w/${name}/x.py`,
    because: "ends alike",
  }));
  const frames = [
    frame({ resolved: resolved({ state: "deleted", deleted_by: "a".repeat(40) }) }),
    frame({ candidates }),
  ];
  assert.deepEqual(drawn(treeOf([trace({ frames })])[0]?.rows ?? []), [
    "refund (shop/payments.py:32 · deleted in aaaaaaa)",
    "refund (/app/shop/payments.py:27 · 2 files may be meant)",
    "  a/x.py (ends alike)",
    "  b/x.py (ends alike)",
  ]);
});

test("what a program printed stays one short line that hides nothing", () => {
  const [row] = treeOf([trace({ message: `a\n\u001b[31mb\u202ec${"d".repeat(1000)}` })]);
  assert.match(row?.label ?? "", /^ValueError: a \[31mb cd+$/);
  assert.ok((row?.label.length ?? 0) <= 300);
});

test("the first suspect is opened, else the innermost frame of ours", () => {
  const frames = [frame({}), frame({ resolved: resolved({ line: 7 }) })];
  assert.equal(firstTarget([trace({ frames })])?.line, 7);
  const suspects = [{ path: "a.py", uri: URI, function: null, line: 9, score: 1, reasons: [] }];
  assert.equal(firstTarget([trace({ frames, suspects })])?.line, 9);
  assert.equal(firstTarget([trace({ frames: [frame({})] })]), undefined);
});

test("a terminal's link covers the file and its number", () => {
  const covered = (line: string, given: Partial<LocatedFrame> = {}) => {
    const link = linkIn(line, frame(given));
    return link && line.slice(link.start, link.start + link.length);
  };
  const python = '  File "/app/shop/payments.py", line 27, in refund';
  assert.equal(covered(python), '/app/shop/payments.py", line 27');
  assert.equal(covered("    at refund (/app/shop/payments.py:27:7)"), "/app/shop/payments.py:27");
  assert.equal(covered("/app/shop/payments.py in 3 pieces"), "/app/shop/payments.py");
  assert.equal(covered(python, { filename: null }), undefined);
  assert.equal(covered("nothing of the kind"), undefined);
});

test("lines that cannot be a frame are not sent anywhere", () => {
  const lines = ["", "$ make test", "12 passed in 3s", "done."];
  assert.deepEqual(lines.filter(mayHoldFrame), []);
  assert.ok(mayHoldFrame("\tat com.acme.Foo.bar(Foo.java:12)"));
  assert.ok(mayHoldFrame('  File "/app/x.py", line 3, in f'));
  assert.ok(!mayHoldFrame(`/app/x.py:3 ${"x".repeat(3000)}`));
});

const FOLDERS = ["/w/one", "/w/two"];
const read = (query: string, at = "/stacktrace") => sharedLinkOf({ path: at, query }, FOLDERS);

test("a link names a file of the workspace, or an id that a file of the workspace bears", () => {
  assert.deepEqual(read("file=logs/a+b c.txt"), {
    files: ["/w/one/logs/a+b c.txt", "/w/two/logs/a+b c.txt"],
    at: undefined,
  });
  assert.deepEqual(read("file=/w/two/crash.log&at=v1.2.3"), {
    files: ["/w/two/crash.log"],
    at: "v1.2.3",
  });
  assert.deepEqual(read("id=8f3c-1"), {
    files: FOLDERS.map((folder) => `${folder}/.git/backstory/stacktraces/8f3c-1`),
    at: undefined,
  });
});

test("a link that leads out of the workspace, or that says anything else, is not followed", () => {
  const refused = [
    "file=/etc/passwd",
    "file=../../etc/passwd",
    "file=/w/one/../../etc/passwd",
    "file=/w/one",
    "file=/w/onemore/x.txt",
    "file=//host/share/x.txt",
    "file=a.txt&id=1",
    "file=a.txt&file=b.txt",
    "file=a.txt\u0000",
    "file=",
    "file=a.txt&command=x",
    "file=a.txt&at=--output=x",
    "file=a.txt&at=a b",
    "id=../x",
    "id=",
    "",
    "at=v1",
  ];
  assert.deepEqual(
    refused.filter((query) => !("refused" in read(query))),
    [],
  );
  assert.ok("refused" in read("file=a.txt", "/other"));
  assert.ok("refused" in sharedLinkOf({ path: "/stacktrace", query: "file=a.txt" }, []));
});
