import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { Database } from "../../store/database.ts";
import type { FigureScope } from "./current-figures.ts";
import { isLastRevision, type Known, knownThen } from "./question.ts";

/** A unit whose size over denominators of one origin is wanted, on a day. */
export interface WantedSize {
  readonly unit: number;
  /** Null: of any origin, for a size that is added to nothing. */
  readonly origin: string | null;
  readonly day: Day;
}

/** Sizes by unit, origin and day; undefined where none is known. */
export type KnownSizes = (wanted: WantedSize) => number | undefined;

/**
 * The denominators that units had last before a day, of the same definition and origin; where there is none, what the
 * register of denominators has from that origin.
 */
export async function missingSizes(
  db: Database,
  scope: FigureScope & { readonly denominatorKind: string | null },
  wanted: readonly WantedSize[],
): Promise<KnownSizes> {
  const sizes = new Map<string, number>();
  if (wanted.length > 0) {
    const { rows } = await sql<WantedSize & { readonly size: number }>`
      with g as materialized (
        select * from json_to_recordset(${JSON.stringify(wanted)}::json) as g(unit int, origin text, day date)
      )
      select g.unit, g.origin, g.day, coalesce(f.denominator, d.value) as size
      from g
      left join lateral (${lastReported(scope)}) f on true
      left join lateral (${registered(scope)}) d on f.denominator is null
      where coalesce(f.denominator, d.value) is not null`.execute(db);
    for (const { size, ...key } of rows) sizes.set(textOf(key), size);
  }
  return (key) => sizes.get(textOf(key));
}

function lastReported({ indicator, version, basis, known }: FigureScope) {
  return sql`select f.denominator from coverage_figure f
    where f.unit_id = g.unit and f.indicator_code = ${indicator} and f.as_of < g.day
      and f.indicator_version = ${version} and f.basis = ${basis} and f.denominator_source = coalesce(g.origin, f.denominator_source)
      and ${knownThen(known)}
      and ${isLastRevision(known)}
    order by f.as_of desc, f.operator = 'all' desc, f.denominator desc limit 1`;
}

function registered({ denominatorKind, known }: { denominatorKind: string | null; known: Known }) {
  return sql`select d.value from coverage_denominator d
    where d.unit_id = g.unit and d.kind = ${denominatorKind} and d.source = coalesce(g.origin, d.source) and d.as_of <= g.day
      and ${recordedThen(known)}
    order by d.as_of desc, d.source collate "C", d.revision desc limit 1`;
}

/** The register of denominators has no figures: what was in it when the last figure before the cut came. */
function recordedThen(known: Known) {
  if (known === null) return sql`true`;
  return "cut" in known
    ? sql`d.recorded_at <= coalesce((select last.recorded_at from coverage_figure last
        where last.id <= ${known.cut}::bigint order by last.id desc limit 1), d.recorded_at)`
    : sql`d.recorded_at <= ${known.on.toISOString()}::timestamptz`;
}

function textOf({ unit, origin, day }: WantedSize): string {
  return `${unit}|${day}|${origin ?? ""}`;
}
