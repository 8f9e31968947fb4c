/** Stack traces as a tree: what each row says and where it leads. Pure: knows nothing of VS Code. */

import type { LocatedFrame, LocatedTrace, ResolvedLine, Suspect } from "../protocol";

/** Where a row leads. */
export interface Target {
  uri: string;
  /** 1-based; null when only the file is known. */
  line: number | null;
}

export interface Row {
  label: string;
  description: string;
  tooltip: string;
  /** A codicon's name; empty for rows that need none. */
  icon: string;
  target: Target | undefined;
  rows: readonly Row[];
  isOpen: boolean;
}

/** One row for each stack trace, of which the first is open. */
export function treeOf(traces: readonly LocatedTrace[]): Row[] {
  return traces.map((trace, index) =>
    row(titleOf(trace), { icon: "bug", description: trace.dialect, rows: rowsOf(trace), isOpen: index === 0 }),
  );
}

/** Where to go first: the most suspicious function, or the innermost frame that is ours. */
export function firstTarget(traces: readonly LocatedTrace[]): Target | undefined {
  const suspects = traces.flatMap((trace) => trace.suspects);
  const lines = traces.flatMap((trace) => trace.frames).flatMap((frame) => frame.resolved ?? []);
  return [...suspects, ...lines].map(targetOf).find((target) => target !== undefined);
}

/** Where what the server names can be opened; undefined where it may not be. */
export function targetOf({ uri, line }: { uri: string | null; line: number | null }): Target | undefined {
  return uri === null ? undefined : { uri, line };
}

function titleOf({ exception_type, message, dialect }: LocatedTrace): string {
  const words = [exception_type, message].filter((each) => each !== null && each !== "");
  return words.length > 0 ? words.join(": ") : `stack trace (${dialect})`;
}

function rowsOf(trace: LocatedTrace): Row[] {
  const suspects = trace.suspects.map(suspectRow);
  return [
    ...(suspects.length > 0 ? [row("Suspects", { icon: "search", rows: suspects })] : []),
    ...folded(trace.frames),
    ...(trace.remarks ?? []).map((remark) => row(remark, { icon: "info" })),
  ];
}

function suspectRow(suspect: Suspect): Row {
  return row(suspect.function ?? "code outside functions", {
    description: placeIn(suspect),
    tooltip: suspect.reasons.join("\n"),
    icon: "target",
    target: targetOf(suspect),
    rows: suspect.reasons.map((reason) => row(reason, {})),
    isOpen: false,
  });
}

/** The frames in their order, neighbours that are code of others behind one row. */
function folded(frames: readonly LocatedFrame[]): Row[] {
  const rows: Row[] = [];
  for (let first = 0; first < frames.length;) {
    const end = endOfLibrary(frames, first);
    const some = frames.slice(first, Math.max(end, first + 1)).map(frameRow);
    rows.push(...(end > first ? [libraryRow(some)] : some));
    first += some.length;
  }
  return rows;
}

/** The index after the library frames that begin at `first`. */
function endOfLibrary(frames: readonly LocatedFrame[], first: number): number {
  const end = frames.findIndex((frame, index) => index >= first && frame.in_app !== false);
  return end < 0 ? frames.length : end;
}

function libraryRow(rows: readonly Row[]): Row {
  const label = rows.length === 1 ? "1 library frame" : `${rows.length} library frames`;
  return row(label, { icon: "library", rows, isOpen: false });
}

function frameRow(frame: LocatedFrame): Row {
  const { resolved, candidates } = frame;
  const asPrinted = placeIn({ path: frame.filename ?? "no file", line: frame.lineno });
  const label = frame.function ?? resolved?.function ?? resolved?.path ?? frame.filename ?? "?";
  if (resolved) {
    return row(label, {
      description: [placeIn(resolved), ...changeOf(resolved, frame.lineno)].join(" · "),
      tooltip: [asPrinted, frame.because, resolved.because].join("\n"),
      icon: resolved.state === "deleted" ? "trash" : "debug-stackframe",
      target: targetOf(resolved),
    });
  }
  return row(label, {
    description: candidates.length > 0 ? `${asPrinted} · ${candidates.length} files may be meant` : asPrinted,
    tooltip: frame.because,
    icon: candidates.length > 0 ? "question" : "debug-stackframe-dot",
    rows: candidates.map(({ path, uri, because }) =>
      row(path, { description: because, icon: "file", target: targetOf({ uri, line: frame.lineno }) }),
    ),
  });
}

/** What became of a line that had the number `was` when it failed. */
function changeOf({ state, line, deleted_by }: ResolvedLine, was: number | null): string[] {
  switch (state) {
    case "moved":
      return [was === null || was === line ? "moved" : `was ${was}`];
    case "deleted":
      return [deleted_by === null ? "deleted since" : `deleted in ${deleted_by.slice(0, 7)}`];
    default:
      return [];
  }
}

/** A place in words. */
export function placeIn({ path, line }: { path: string; line: number | null }): string {
  return line === null ? path : `${path}:${line}`;
}

function row(label: string, more: Partial<Row>): Row {
  const all = { description: "", tooltip: "", icon: "", target: undefined, rows: [], isOpen: true, ...more, label };
  return { ...all, label: plain(all.label), description: plain(all.description), tooltip: all.tooltip };
}

/** One line without characters that nobody sees: a program printed it, and it may be anything. */
function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").slice(0, LONGEST_ROW);
}

const LONGEST_ROW = 300;
