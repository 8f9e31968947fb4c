/** The language server's life: started once, restarted in turn, and in one of a few states a person can be told. */

import {
  type CancellationToken,
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type LogOutputChannel,
} from "vscode";
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  LanguageClient,
  type Middleware,
  type RequestType,
} from "vscode-languageclient/node";
import { type FileParams, stateChanged } from "../protocol";
import { SECTION } from "../settings";
import { circumstances } from "./circumstances";
import { findServer, type Launch } from "./launch";

export type Health =
  | { kind: "starting" | "running" | "restricted" }
  /** Nothing to start. */
  | { kind: "missing"; reason: string }
  /** It was started and is gone. */
  | { kind: "stopped"; reason: string };

/** Documents that are sent to the server; it says itself what it makes of each. */
const DOCUMENTS = [{ scheme: "file" }, { scheme: "git" }, { scheme: "untitled" }];

/** A server that dies twice within this time stays down until somebody asks for it. */
const CRASH_LOOP_MS = 180_000;

export class Server implements Disposable {
  private client: LanguageClient | undefined;
  private turn: Promise<void> = Promise.resolve();
  private lastCrash = 0;
  private current: Health = { kind: "starting" };
  private readonly changedHealth = new EventEmitter<Health>();
  private readonly changedState = new EventEmitter<string>();

  readonly onDidChangeHealth = this.changedHealth.event;
  /** Fires with the URI of a document whose lines are known better now. */
  readonly onDidChangeState = this.changedState.event;

  constructor(
    private readonly context: ExtensionContext,
    private readonly log: LogOutputChannel,
    private readonly middleware: Middleware,
  ) {}

  get health(): Health {
    return this.current;
  }

  /** Say that nothing is started in an untrusted folder. */
  restrict(): void {
    this.tell({ kind: "restricted" });
  }

  /** Start the server, anew if it runs. Calls while one is under way wait for it; none runs beside another. */
  restart(): Promise<void> {
    this.turn = this.turn.then(async () => {
      await this.leave();
      await this.enter();
    });
    return this.turn;
  }

  stop(): Promise<void> {
    this.turn = this.turn.then(() => this.leave());
    return this.turn;
  }

  /** Let the server ask for its settings again. */
  configurationChanged(): void {
    if (this.current.kind === "running") {
      void this.client?.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
    }
  }

  dispose(): void {
    this.changedHealth.dispose();
    this.changedState.dispose();
  }

  /** The server's answer; undefined when it does not run, does not know the request, or nobody waits any more. */
  async ask<Params, Answer>(
    request: RequestType<Params, Answer | null, void>,
    params: Params,
    token?: CancellationToken,
  ): Promise<Answer | undefined> {
    const client = this.current.kind === "running" ? this.client : undefined;
    if (!client || token?.isCancellationRequested) {
      return undefined;
    }
    try {
      // An undefined token would be sent as a second parameter.
      const answer = token
        ? await client.sendRequest<Answer | null>(request.method, params, token)
        : await client.sendRequest<Answer | null>(request.method, params);
      return answer ?? undefined;
    } catch (error) {
      this.log.debug(`${request.method}: ${String(error)}`);
      return undefined;
    }
  }

  private async enter(): Promise<void> {
    this.tell({ kind: "starting" });
    const launch = await findServer(circumstances(this.context));
    if ("reason" in launch) {
      this.log.warn(launch.reason);
      this.tell({ kind: "missing", reason: launch.reason });
      return;
    }
    this.log.info(`Starting ${launch.how}: ${[launch.command, ...launch.args].join(" ")}`);
    const client = this.newClient(launch);
    this.client = client;
    client.onNotification(stateChanged, ({ uri }: FileParams) => {
      this.changedState.fire(uri);
    });
    try {
      await client.start();
      this.tell({ kind: "running" });
    } catch (error) {
      this.log.error(`The server did not start: ${String(error)}`);
      this.tell({ kind: "stopped", reason: "Backstory’s server did not start; its log says why." });
    }
  }

  private async leave(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (!client) {
      return;
    }
    try {
      await client.dispose();
    } catch (error) {
      this.log.debug(`The server left without a word: ${String(error)}`);
    }
  }

  private newClient(launch: Launch): LanguageClient {
    // Its folder is never the one that is open: Windows would look for programs there first.
    const options = { cwd: this.context.extensionUri.fsPath };
    return new LanguageClient(
      SECTION,
      "Backstory",
      { command: launch.command, args: launch.args, options },
      {
        documentSelector: DOCUMENTS,
        outputChannel: this.log,
        middleware: this.middleware,
        initializationFailedHandler: () => false,
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: () => this.crashed(),
        },
      },
    );
  }

  private crashed(): { action: CloseAction; handled: true } {
    const isLoop = Date.now() - this.lastCrash < CRASH_LOOP_MS;
    this.lastCrash = Date.now();
    if (isLoop || this.current.kind !== "running") {
      this.tell({ kind: "stopped", reason: "Backstory’s server stopped twice in a row; its log says why." });
      return { action: CloseAction.DoNotRestart, handled: true };
    }
    this.log.warn("The server stopped and is started again.");
    void this.restart();
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  private tell(health: Health): void {
    this.current = health;
    this.changedHealth.fire(health);
  }
}
