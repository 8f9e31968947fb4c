/** Prompts and commits as read-only documents. */

import { type CancellationToken, type TextDocumentContentProvider, Uri, ViewColumn, window, workspace } from "vscode";
import { commit, lineState, prompt } from "../protocol";
import type { Server } from "../server/server";
import type { Place } from "./place";

export const SCHEME = "backstory";

/** What a page's URI says: which question brings its text. */
interface Question {
  uri: string;
  line: number;
  revision?: string;
}

export class Pages implements TextDocumentContentProvider {
  constructor(private readonly server: Server) {}

  async provideTextDocumentContent(uri: Uri, token: CancellationToken): Promise<string> {
    const asked = JSON.parse(uri.query) as Question;
    const page = asked.revision
      ? await this.server.ask(commit, { uri: asked.uri, revision: asked.revision }, token)
      : await this.server.ask(prompt, asked, token);
    return (
      page?.text ?? "Nothing is known of this any more: the file or its history has changed. Ask again from the line.\n"
    );
  }

  /** Open what was asked for a line, beside the code. */
  async showPrompt(place: Place): Promise<void> {
    const question = { uri: place.document.toString(), line: place.line };
    const page = await this.server.ask(prompt, { ...question, conversation: false });
    if (!page) {
      void window.showInformationMessage("No agent’s request is behind this line, as far as any record says.");
      return;
    }
    await open(`${page.title}.md`, question);
  }

  async copyPrompt(place: Place): Promise<string | undefined> {
    const at = { uri: place.document.toString(), line: place.line };
    const page = await this.server.ask(prompt, { ...at, conversation: false });
    return page?.request ?? undefined;
  }

  /** Open the commit that wrote a line. */
  async openCommit(place: Place): Promise<void> {
    const at = { uri: place.document.toString(), line: place.line };
    const revision = (await this.server.ask(lineState, at))?.revision;
    const page = revision && (await this.server.ask(commit, { uri: at.uri, revision }));
    if (!page) {
      void window.showInformationMessage("This line is not committed yet.");
      return;
    }
    await open(`${page.title}.diff`, { ...at, revision });
  }
}

async function open(name: string, question: Question): Promise<void> {
  const path = `/${name.replaceAll(/[/\\]/g, "∕")}`;
  const document = await workspace.openTextDocument(
    Uri.from({ scheme: SCHEME, path, query: JSON.stringify(question) }),
  );
  await window.showTextDocument(document, { viewColumn: ViewColumn.Beside, preview: true, preserveFocus: false });
}
