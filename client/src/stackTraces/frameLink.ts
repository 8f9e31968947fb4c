/** Which part of a terminal's line is a link. Pure: knows nothing of VS Code. */

import type { LocatedFrame } from "../protocol";

/** A terminal asks for every line it shows: what cannot be a frame is not sent to the server. */
const LONGEST_LINE = 2_000;

export function mayHoldFrame(line: string): boolean {
  return line.length <= LONGEST_LINE && /\d/.test(line) && /[\w$-]\.\w|[\\/]\w/.test(line);
}

/** Where a frame's file stands in the line that it was read from, with its number where that follows. */
export function linkIn(line: string, frame: LocatedFrame): { start: number; length: number } | undefined {
  const start = frame.filename ? line.indexOf(frame.filename) : -1;
  if (start < 0 || !frame.filename) {
    return undefined;
  }
  const end = start + frame.filename.length;
  const number = /^[^\d\n]{1,10}?(\d+)/.exec(line.slice(end));
  const isNumber = number !== null && Number(number[1]) === frame.lineno;
  return { start, length: end - start + (isNumber ? number[0].length : 0) };
}
