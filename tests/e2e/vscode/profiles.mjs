// Reads what V8's sampling profiler saw: how long which code kept a thread, without a break.

/** Samples further apart than this were not taken: the thread waited for a processor, and nobody was running. */
const LONGEST_GAP_US = 2_000;

/**
 * Whose samples they are, one after the other.
 * @param {{nodes: object[], samples: number[], timeDeltas: number[], startTime: number}} profile
 * @param {(frame: {url: string, functionName: string}) => boolean} isWanted
 * @returns {{at: number, took: number, unseen: number, isIdle: boolean, isWanted: boolean}[]} times in microseconds
 */
export function samplesOf(profile, isWanted) {
  const kinds = kindsOf(profile.nodes, isWanted);
  let at = profile.startTime;
  return profile.samples.map((id, index) => {
    at += profile.timeDeltas[index];
    // A sample stands for the time up to the next one.
    const gap = Math.max(0, profile.timeDeltas[index + 1] ?? 0);
    const took = Math.min(gap, LONGEST_GAP_US);
    return { at, took, unseen: gap - took, ...kinds.get(id) };
  });
}

/** The share of the time at work that no sample tells of. Much of it means that the machine was too busy to tell. */
export function unseenShare(samples) {
  const atWork = samples.filter((each) => !each.isIdle);
  const sum = (name) => atWork.reduce((all, each) => all + each[name], 0);
  return sum("unseen") / Math.max(1, sum("unseen") + sum("took"));
}

/** The turns of an event loop: what lies between two moments of rest. Times in milliseconds. */
export function turnsOf(samples) {
  const turns = [];
  let turn;
  for (const sample of samples) {
    if (sample.isIdle) {
      turn = undefined;
      continue;
    }
    if (!turn) {
      turn = { took: 0, wanted: 0 };
      turns.push(turn);
    }
    turn.took += sample.took / 1000;
    turn.wanted += sample.isWanted ? sample.took / 1000 : 0;
  }
  return turns;
}

/** The wanted milliseconds within each task, and the task's own. */
export function withinTasks(samples, tasks) {
  let next = 0;
  return tasks.map(({ ts, dur }) => {
    while (next < samples.length && samples[next].at < ts) {
      next += 1;
    }
    let wanted = 0;
    for (; next < samples.length && samples[next].at < ts + dur; next += 1) {
      wanted += samples[next].isWanted ? samples[next].took / 1000 : 0;
    }
    return { took: dur / 1000, wanted };
  });
}

/** By node: whether it, or one that called it, is wanted. */
function kindsOf(nodes, isWanted) {
  const parents = new Map(nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id])));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const kinds = new Map();
  const kindOf = (id) => {
    const node = byId.get(id);
    if (!kinds.has(id)) {
      const parent = node.parent ?? parents.get(id);
      const isIdle = node.callFrame.functionName === "(idle)";
      kinds.set(id, {
        isIdle,
        isWanted: isWanted(node.callFrame) || (parent !== undefined && kindOf(parent).isWanted),
      });
    }
    return kinds.get(id);
  };
  nodes.forEach((node) => kindOf(node.id));
  return kinds;
}
