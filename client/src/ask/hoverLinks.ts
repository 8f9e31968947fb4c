/** Links below the hover. They stand in a string of their own: the server's Markdown quotes strangers and stays untrusted. */

import { Hover, MarkdownString } from "vscode";
import type { Middleware } from "vscode-languageclient/node";
import { lineState, prompt } from "../protocol";
import type { Server } from "../server/server";
import { linkArguments } from "./place";

const LINKED = ["backstory.showPrompt", "backstory.copyPrompt", "backstory.openCommit"];

export function hoverWithLinks(server: () => Server): NonNullable<Middleware["provideHover"]> {
  return async (document, position, token, next) => {
    const hover = await next(document, position, token);
    if (!hover) {
      return hover;
    }
    const at = { uri: document.uri.toString(), line: position.line };
    const [state, page] = await Promise.all([
      server().ask(lineState, at, token),
      server().ask(prompt, { ...at, conversation: false }, token),
    ]);
    const labels = {
      "backstory.showPrompt": page && "Show prompt",
      "backstory.copyPrompt": page?.request && "Copy prompt",
      "backstory.openCommit": state?.revision && "Open commit",
    };
    const links = Object.entries(labels)
      .filter(([, label]) => label)
      .map(([command, label]) => `[${label ?? ""}](command:${command}?${linkArguments(document, position.line)})`);
    if (links.length === 0) {
      return hover;
    }
    const last = new MarkdownString(links.join(" · "));
    last.isTrusted = { enabledCommands: LINKED };
    return new Hover([...hover.contents, last], hover.range);
  };
}
