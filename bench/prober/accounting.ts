import { FAMILIES, type Family } from "../../src/domain/family.ts";
import type { Outcome } from "../../src/domain/observation.ts";
import type { ProbeTarget } from "../../src/domain/portal.ts";
import { phaseOf, slotsBetween } from "../../src/domain/schedule.ts";

/** One run as it came out of the prober, or as it stands in the database. */
export interface RunRecord {
  readonly portal: number;
  readonly family: Family;
  readonly scheduledAt: number;
  readonly outcome: Outcome;
  /** The reason of a skipped run, the kind of a failed one. */
  readonly reason: string | null;
}

/** What became of everything that was due in a span. */
export interface Account {
  readonly scheduled: number;
  readonly run: number;
  readonly byOutcome: Readonly<Record<string, number>>;
  readonly skippedByReason: Readonly<Record<string, number>>;
  /** Slots without a record. */
  readonly unaccounted: number;
}

/** Holds the records against the slots that the schedule alone says were due in `from` ≤ slot < `to`. */
export function account(
  targets: readonly ProbeTarget[],
  records: readonly RunRecord[],
  intervalMs: number,
  from: number,
  to: number,
): Account {
  const known = new Map(
    records.map((one) => [keyOf(one.portal, one.family, one.scheduledAt), one]),
  );
  const due = targets.flatMap(({ portal, slug }) =>
    FAMILIES.flatMap((family) =>
      slotsBetween(phaseOf(slug, family, intervalMs), intervalMs, from, to).map((slot) =>
        known.get(keyOf(portal, family, slot)),
      ),
    ),
  );
  const found = due.filter((one) => one !== undefined);
  const skipped = found.filter((one) => one.outcome === "skipped");
  return {
    scheduled: due.length,
    run: found.length - skipped.length,
    byOutcome: countBy(found, (one) => one.outcome),
    skippedByReason: countBy(skipped, (one) => one.reason ?? ""),
    unaccounted: due.length - found.length,
  };
}

function keyOf(portal: number, family: Family, slot: number): string {
  return `${portal} ${family} ${slot}`;
}

function countBy(records: readonly RunRecord[], by: (one: RunRecord) => string) {
  const counts: Record<string, number> = {};
  for (const record of records) counts[by(record)] = (counts[by(record)] ?? 0) + 1;
  return counts;
}
