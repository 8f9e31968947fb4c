/** Links on the frames that a program prints into a terminal: to today's line, in whatever folder it was built. */

import type { CancellationToken, TerminalLink, TerminalLinkContext, TerminalLinkProvider } from "vscode";
import { stackTrace } from "../protocol";
import type { Server } from "../server/server";
import { linkIn, mayHoldFrame } from "./frameLink";
import { openTarget } from "./open";
import { placeIn, type Target, targetOf } from "./tree";

class FrameLink implements TerminalLink {
  constructor(
    readonly startIndex: number,
    readonly length: number,
    readonly tooltip: string,
    readonly target: Target,
  ) {}
}

export class TerminalLinks implements TerminalLinkProvider<FrameLink> {
  constructor(private readonly server: Server) {}

  async provideTerminalLinks({ line }: TerminalLinkContext, token: CancellationToken): Promise<FrameLink[]> {
    if (!mayHoldFrame(line)) {
      return [];
    }
    const answer = await this.server.ask(stackTrace, { text: line }, token);
    const frames = answer?.traces.flatMap((trace) => trace.frames) ?? [];
    return frames.flatMap((frame) => {
      const link = linkIn(line, frame);
      const target = frame.resolved && targetOf(frame.resolved);
      const tooltip = frame.resolved ? `Open ${placeIn(frame.resolved)}` : "";
      return link && target ? [new FrameLink(link.start, link.length, tooltip, target)] : [];
    });
  }

  async handleTerminalLink({ target }: FrameLink): Promise<void> {
    await openTarget(target);
  }
}
