/** What the status bar says. Pure: knows nothing of VS Code. */

import type { LineState } from "../protocol";
import type { Health } from "../server/server";

export interface Words {
  /** A codicon's name. */
  icon: string;
  text: string;
  tooltip: string;
  /** Whether a person has to do something before anything works. */
  isTrouble: boolean;
}

/** The words for a server's health and the current line; undefined when there is no editor and no trouble. */
export function wordsFor(
  health: Health,
  at: { state: LineState | undefined; line: number } | undefined,
): Words | undefined {
  switch (health.kind) {
    case "missing":
      return trouble("needs Python", `${health.reason} Click to see what helps.`);
    case "stopped":
      return trouble("stopped", `${health.reason} Click to start it again.`);
    case "restricted":
      return at && calm("Backstory: restricted mode", "This folder is not trusted, so no program is started in it.");
    case "starting":
      return at && calm("Backstory: starting…", "The server is being started.");
    case "running":
      return at && (at.state ? line(at.state, at.line) : calm("Backstory: no answer", "The server did not answer."));
  }
}

const ICONS: Readonly<Record<string, string>> = { ai: "sparkle", mixed: "sparkle", human: "person", bot: "gear" };

function line(state: LineState, at: number): Words {
  const tooltip = [
    `Line ${at + 1}: ${state.state}`,
    ...(state.reason ? [state.reason] : []),
    ...(state.command ? [`What helps: ${state.command}`] : []),
  ];
  const icon = (state.contributor && ICONS[state.contributor]) ?? "history";
  return { icon, text: state.state, tooltip: tooltip.join("\n\n"), isTrouble: false };
}

function trouble(text: string, tooltip: string): Words {
  return { icon: "warning", text: `Backstory: ${text}`, tooltip, isTrouble: true };
}

function calm(text: string, tooltip: string): Words {
  return { icon: "history", text, tooltip, isTrouble: false };
}
