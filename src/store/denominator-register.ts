import { sql } from "kysely";
import { done, refused, type Result } from "../domain/result.ts";
import { writeAudit } from "./audit-log.ts";
import type { Day } from "./column-types.ts";
import { addDenominators } from "./coverage-denominators.ts";
import { lockCoverage } from "./coverage-lock.ts";
import type { Database } from "./database.ts";
import { presentProvinceSql } from "./present-province.ts";
import { mayTouchAll, type NotCovered, type WriteContext } from "./write-context.ts";

/** A count as somebody states it: of the unit that had a code on a day. */
export interface StatedCount {
  readonly level: "country" | "province" | "commune";
  readonly code: string;
  readonly kind: string;
  readonly asOf: Day;
  readonly value: number;
  /** Counts of different origin are kept beside each other, never mixed. */
  readonly source: string;
  readonly sourceUrl: string | null;
}

/** One count that was not written, by its place among those given. */
export interface CountFault {
  readonly index: number;
  readonly kind: "unknown_unit" | "unknown_kind" | "twice" | "in_future" | "needs_reason";
}

/** Why counts were not written: nothing is, unless all are. */
export type CountsProblem =
  | { readonly kind: "wrong_counts"; readonly faults: readonly CountFault[] }
  | NotCovered;

/** How many were added as new or as corrections; the others were there already. */
export interface CountsWritten {
  readonly added: number;
  readonly unchanged: number;
}

/**
 * Writes counts of units, all or none: the first of its unit, kind, day and source as revision 1, another value as a
 * correction with a reason. One transaction with its entry in the audit log.
 */
export function recordCounts(
  context: WriteContext,
  counts: readonly StatedCount[],
  at: { readonly reason: string | null; readonly today: Day; readonly now: Date },
): Promise<Result<CountsWritten, CountsProblem>> {
  return context.db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const found = await lookUp(trx, counts);
    const belongings = found.map(({ province }) => ({ agency: "", province }));
    if (!mayTouchAll(context, belongings)) return refused({ kind: "not_covered" });
    const faults = found.flatMap((each, index) => faultsOf(each, index, counts, at));
    if (faults.length > 0) return refused({ kind: "wrong_counts", faults });
    const rows = counts.map(({ level: _level, code: _code, ...count }, index) => ({
      ...count,
      unitId: found[index]?.unit ?? 0,
    }));
    const given = { reason: at.reason, by: context.actor.name, now: at.now };
    const added = await addDenominators(trx, rows, given);
    const written = { added, unchanged: counts.length - added };
    if (added > 0) await note(trx, context, counts, { ...written, reason: at.reason });
    return done(written);
  });
}

interface Found {
  readonly unit: number | null;
  readonly province: string | null;
  readonly kind: boolean;
  /** The present value; null: there is none. */
  readonly value: number | null;
  /** Whether an earlier one of those given is of the same key. */
  readonly twice: boolean;
}

async function lookUp(trx: Database, counts: readonly StatedCount[]): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select u.id as unit, ${presentProvinceSql(sql`u.id`)} as province, k.code is not null as kind, c.value,
      row_number() over (partition by g.level, g.code, g.kind, g."asOf", g.source order by g.number) > 1 as twice
    from rows from (json_to_recordset(${JSON.stringify(counts)}::json) as (level text, code text, kind text,
      "asOf" date, source text)) with ordinality as g(level, code, kind, "asOf", source, number)
    left join admin_unit u on u.level = g.level and u.code = g.code and u.valid_from <= g."asOf"
      and coalesce(u.valid_to > g."asOf", true)
    left join denominator_kind k on k.code = g.kind
    left join lateral (
      select d.value from coverage_denominator d
      where d.unit_id = u.id and d.kind = g.kind and d.as_of = g."asOf" and d.source = g.source
      order by d.revision desc limit 1) c on true
    order by g.number`.execute(trx);
  return rows;
}

function faultsOf(
  { unit, kind, value, twice }: Found,
  index: number,
  counts: readonly StatedCount[],
  { reason, today }: { readonly reason: string | null; readonly today: Day },
): CountFault[] {
  const count = counts[index];
  if (!count) return [];
  if (unit === null) return [{ index, kind: "unknown_unit" }];
  if (!kind) return [{ index, kind: "unknown_kind" }];
  if (twice) return [{ index, kind: "twice" }];
  if (count.asOf > today) return [{ index, kind: "in_future" }];
  const changes = value !== null && value !== count.value;
  return changes && reason === null ? [{ index, kind: "needs_reason" }] : [];
}

function note(
  trx: Database,
  { actor }: WriteContext,
  counts: readonly StatedCount[],
  written: CountsWritten & { readonly reason: string | null },
) {
  const sources = [...new Set(counts.map(({ source }) => source))];
  const days = [...new Set(counts.map(({ asOf }) => asOf))];
  const kinds = [...new Set(counts.map(({ kind }) => kind))];
  const after = { ...written, sources, as_of: days, kinds };
  const objectId = sources.join(", ").slice(0, 200);
  return writeAudit(trx, actor, [
    { action: "import", objectType: "coverage_denominator", objectId, before: null, after },
  ]);
}
