import type { RuleId } from "../../domain/coverage/import-fault.ts";
import type { RecordedFigures } from "../contract.ts";
import type { Finding, FileFinding } from "./finding.ts";
import type { FileFacts } from "./file-facts.ts";
import type { RowView } from "./row-view.ts";
import type { Scene } from "./scene.ts";

/** What a rule may look at beside the row itself. */
export interface RowContext {
  readonly scene: Scene;
  readonly file: FileFacts;
  /** What the register has of this row's figures; its chunk was looked up as a whole. */
  readonly recorded: RecordedFigures;
}

/** One rule over one row. Pure: what it needs of the file was collected, what it needs of the register looked up. */
export interface RowRule {
  readonly id: RuleId;
  /** Whether it can only be judged when it is certain which unit the row is of. */
  readonly needsPlace: boolean;
  readonly judge: (row: RowView, context: RowContext) => readonly Finding[];
}

/** One rule over the whole file, with what the first pass collected. */
export interface FileRule {
  readonly id: RuleId;
  readonly judge: (file: FileFacts, scene: Scene) => readonly FileFinding[];
}
