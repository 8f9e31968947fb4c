/** The view of the stack traces that were analyzed last. It is there only while it has something to show. */

import {
  commands,
  type Disposable,
  EventEmitter,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  window,
} from "vscode";
import type { LocatedTrace } from "../protocol";
import { type Row, treeOf } from "./tree";

const VIEW = "backstory.stackTraces";

export class StackTraceView implements TreeDataProvider<Row>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly registered = window.createTreeView(VIEW, { treeDataProvider: this, showCollapseAll: true });
  private rows: readonly Row[] = [];

  dispose(): void {
    this.registered.dispose();
    this.changed.dispose();
  }

  async show(traces: readonly LocatedTrace[]): Promise<void> {
    this.rows = treeOf(traces);
    this.changed.fire(undefined);
    await commands.executeCommand("setContext", "backstory.hasStackTraces", traces.length > 0);
    if (traces.length > 0) {
      await commands.executeCommand(`${VIEW}.focus`);
    }
  }

  getChildren(row?: Row): Row[] {
    return [...(row?.rows ?? this.rows)];
  }

  getTreeItem(row: Row): TreeItem {
    const { Collapsed, Expanded, None } = TreeItemCollapsibleState;
    const item = new TreeItem(row.label, row.rows.length === 0 ? None : row.isOpen ? Expanded : Collapsed);
    item.description = row.description;
    item.tooltip = row.tooltip || row.label;
    if (row.icon) {
      item.iconPath = new ThemeIcon(row.icon);
    }
    if (row.target) {
      item.command = { command: "backstory.openStackFrame", title: "Open", arguments: [row.target] };
    }
    return item;
  }
}
