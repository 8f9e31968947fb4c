// Waiting for a state, with a limit that only a broken machine or a bug exceeds.
import assert from "node:assert/strict";

export const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/** Ask until the answer is not undefined, null, false or an error of node:assert; return it, or say what was awaited. */
export async function until(ask, what, patience = PATIENCE_MS) {
  const end = Date.now() + patience;
  for (;;) {
    const late = Date.now() > end;
    try {
      const answer = await ask();
      if (answer || late) {
        assert.ok(answer, `not within ${patience / 1000} s: ${what}`);
        return answer;
      }
    } catch (error) {
      if (late || !(error instanceof assert.AssertionError)) {
        throw error;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
