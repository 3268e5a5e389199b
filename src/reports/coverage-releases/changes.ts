import type { Database } from "../../store/database.ts";
import type { ContentChunk } from "../../store/release-content.ts";
import type { ChangeKind, ChangeRow } from "./change-row.ts";
import {
  type Between,
  changedFigures,
  countChangedFigures,
  touchedChunks,
} from "./changed-figures.ts";
import { changedUnits, countChangedUnits } from "./changed-units.ts";
import { type ChunkPart, pageOfChunks, type ReadChunkPage } from "./chunk-pages.ts";
import { type MethodBreak, methodBreaks } from "./method-breaks.ts";

/** How much changed, in all and by indicator, and what of it does not compare. */
export interface ChangeSummary {
  readonly new: number;
  readonly revised: number;
  readonly withdrawn: number;
  /** Units, each counted once. */
  readonly unit_changed: number;
  readonly indicators: readonly {
    readonly indicator: string;
    readonly new: number;
    readonly revised: number;
    readonly withdrawn: number;
  }[];
  readonly method_breaks: readonly MethodBreak[];
}

/** Which changes. */
export interface ChangeFilter {
  readonly kind?: ChangeKind | undefined;
  readonly indicator?: string | undefined;
}

/** Where the changes of units stand: after all indicators, whose codes are never empty. */
const UNITS: ContentChunk = { indicator: "", asOf: "" };

/** Whether the second edition came after the first: not of an earlier quarter, nor with fewer figures known. */
export function isLater({ from, to }: Between): boolean {
  return to.asOf >= from.asOf && to.cut >= from.cut;
}

/** What changed between two editions, figures in the order of a release's file and then units: what reads it by pages. */
export async function releaseChanges(
  db: Database,
  between: Between,
  { kind, indicator }: ChangeFilter,
): Promise<ReadChunkPage<ChangeRow>> {
  const figures = kind === "unit_changed" ? [] : await touchedChunks(db, between);
  const units = indicator === undefined && (kind ?? "unit_changed") === "unit_changed";
  const chunks = figures.filter((chunk) => (indicator ?? chunk.indicator) === chunk.indicator);
  const broken = new Set((await methodBreaks(db, between)).map((each) => each.indicator));
  const read = async (chunk: ContentChunk, part: ChunkPart): Promise<ChangeRow[]> => {
    if (chunk === UNITS) return changedUnits(db, daysOf(between), part);
    const rows = await changedFigures(db, between, chunk, { ...part, kind });
    return rows.map((row) => ({ ...row, method_break: broken.has(chunk.indicator) }));
  };
  return (page) => pageOfChunks(units ? [...chunks, UNITS] : chunks, page, read);
}

/** How much changed between two editions. */
export async function summariseChanges(db: Database, between: Between): Promise<ChangeSummary> {
  const counted = await countChangedFigures(db, between);
  const sumOf = (kind: ChangeKind, indicator?: string) =>
    counted
      .filter((each) => each.kind === kind && (indicator ?? each.indicator) === each.indicator)
      .reduce((sum, { figures }) => sum + figures, 0);
  const figures = (indicator?: string) => ({
    new: sumOf("new", indicator),
    revised: sumOf("revised", indicator),
    withdrawn: sumOf("withdrawn", indicator),
  });
  return {
    ...figures(),
    unit_changed: await countChangedUnits(db, daysOf(between)),
    indicators: [...new Set(counted.map(({ indicator }) => indicator))].map((indicator) => ({
      indicator,
      ...figures(indicator),
    })),
    method_breaks: await methodBreaks(db, between),
  };
}

function daysOf({ from, to }: Between) {
  return { after: from.asOf, until: to.asOf };
}
