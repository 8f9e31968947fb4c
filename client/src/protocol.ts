/** Messages that LSP does not have; mirrors `server/backstory/lsp/extensions.py`. Lines count from 0. */

import { NotificationType, RequestType } from "vscode-languageclient/node";

export interface FileParams {
  uri: string;
}

export interface LineParams extends FileParams {
  line: number;
}

export type Contributor = "ai" | "human" | "mixed" | "bot" | "unknown";

export interface LineState {
  /** Words for a status bar: `agent · Claude Code`, `unknown`, `not a repository`. */
  state: string;
  /** Why there is nothing to tell of the whole file; null when the line was looked at. */
  code: string | null;
  /** A sentence, plain text. */
  reason: string | null;
  /** The exact command that helps, if one does. */
  command: string | null;
  contributor: Contributor | null;
  basis: string | null;
  tool: string | null;
  model: string | null;
  session: string | null;
  /** The commit that wrote the line; null when it is not committed. */
  revision: string | null;
}

/** Neighbouring lines of one origin that an agent (or a robot) had a hand in; both ends included. */
export interface Region {
  first: number;
  last: number;
  contributor: Contributor;
  basis: string;
}

export interface Regions {
  regions: Region[];
}

/** What was asked for a line, as a document to read. */
export interface PromptPage {
  title: string;
  /** The whole page, plain text. */
  text: string;
  /** The request alone, to copy; null when it is not recorded and `text` says why. */
  request: string | null;
}

/** A commit as a document to read. */
export interface CommitPage {
  title: string;
  text: string;
}

/** The one thing that helps here. */
export interface HelpfulAction {
  /** What is so: a sentence. */
  problem: string;
  /** What to do about it, ready for a terminal; null when there is nothing to run. */
  command: string | null;
  /** What that brings; null when there is nothing to run. */
  benefit: string | null;
}

export interface RevisionParams extends FileParams {
  revision: string;
}

export interface PromptParams extends LineParams {
  /** False for who only wants to know whether there is a prompt. */
  conversation?: boolean;
}

export interface StackTraceParams {
  /** What a program printed when it failed, with anything around it. */
  text: string;
  /** The build that failed, when the person knows better than the text: a commit, branch or tag. */
  at?: string;
  /** A document or folder of the repository that is meant first. */
  uri?: string;
}

/** As `backstory stacktrace --json` prints it, with URIs: every `line`, `lineno` and `colno` counts from 1. */
export interface LocatedTraces {
  traces: LocatedTrace[];
}

export interface LocatedTrace {
  dialect: string;
  exception_type: string | null;
  message: string | null;
  /** Innermost first. */
  frames: LocatedFrame[];
  /** The most suspicious first. */
  suspects: Suspect[];
  /** What holds for all frames: that no build is named, or which command fetches it. */
  remarks?: string[];
}

export interface LocatedFrame {
  filename: string | null;
  lineno: number | null;
  colno: number | null;
  function: string | null;
  /** False for code of others; null where nobody can say. */
  in_app: boolean | null;
  /** Where it stands today; null when no file is it, or several may be. */
  resolved: ResolvedLine | null;
  candidates: CandidateFile[];
  because: string;
}

export interface ResolvedLine {
  path: string;
  /** Null for what may not be opened. */
  uri: string | null;
  line: number | null;
  function: string | null;
  state: "exact" | "moved" | "deleted" | "unknown";
  revision: string | null;
  /** How the line was found. */
  because: string;
  /** The commit that took the line away, where that is known. */
  deleted_by: string | null;
}

export interface CandidateFile {
  path: string;
  /** Null for what may not be opened. */
  uri: string | null;
  because: string;
}

export interface Suspect {
  path: string;
  /** Null for what may not be opened. */
  uri: string | null;
  function: string | null;
  line: number | null;
  score: number;
  reasons: string[];
}

export const lineState = new RequestType<LineParams, LineState | null, void>("backstory/lineState");
export const regions = new RequestType<FileParams, Regions | null, void>("backstory/regions");
export const prompt = new RequestType<PromptParams, PromptPage | null, void>("backstory/prompt");
export const commit = new RequestType<RevisionParams, CommitPage | null, void>("backstory/commit");
export const helpfulAction = new RequestType<FileParams, HelpfulAction | null, void>("backstory/doctor");
export const stackTrace = new RequestType<StackTraceParams, LocatedTraces | null, void>("backstory/stacktrace");

/** A document's lines are known better now; ask again. */
export const stateChanged = new NotificationType<FileParams>("backstory/stateChanged");
