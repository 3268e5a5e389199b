import { FAMILIES } from "../../src/domain/family.ts";
import { phaseOf, slotsBetween } from "../../src/domain/schedule.ts";
import type { Database } from "../../src/store/database.ts";

/** A span in which the service ran for certain, milliseconds since the epoch. */
export interface AliveSpan {
  readonly from: number;
  readonly to: number;
}

interface Portal {
  readonly id: string;
}

/** The scheduled slots inside the spans that have no row, as `portal family instant`; empty when nothing is missing. */
export async function missingSlots(
  db: Database,
  portals: readonly Portal[],
  intervalMs: number,
  spans: readonly AliveSpan[],
): Promise<{ expected: number; missing: string[] }> {
  const stored = new Set(await storedSlots(db));
  const expected = portals.flatMap(({ id }) =>
    FAMILIES.flatMap((family) => {
      const phase = phaseOf(id, family, intervalMs);
      return spans.flatMap(({ from, to }) =>
        slotsBetween(phase, intervalMs, from, to).map((slot) => `${id} ${family} ${slot}`),
      );
    }),
  );
  return { expected: expected.length, missing: expected.filter((slot) => !stored.has(slot)) };
}

async function storedSlots(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom("probe_result as r")
    .innerJoin("portal as p", "p.id", "r.portal_id")
    .select(["p.slug", "r.family", "r.scheduled_at"])
    .where("r.attempt", "=", 0)
    .execute();
  return rows.map((row) => `${row.slug} ${row.family} ${row.scheduled_at.getTime()}`);
}

/** What a half-written batch would leave: rows that refer to an address, certificate or evidence that is not there. */
export async function danglingReferences(db: Database): Promise<number> {
  const { count } = await db
    .selectFrom("probe_result as r")
    .leftJoin("portal_address as a", "a.id", "r.address_id")
    .leftJoin("certificate as c", "c.id", "r.certificate_id")
    .leftJoin("probe_latest as l", (join) =>
      join
        .onRef("l.portal_id", "=", "r.portal_id")
        .onRef("l.family", "=", "r.family")
        .onRef("l.vantage_id", "=", "r.vantage_id"),
    )
    .select((select) => select.fn.countAll<number>().as("count"))
    .where((where) =>
      where.or([
        where.and([where("r.address_id", "is not", null), where("a.id", "is", null)]),
        where.and([where("r.certificate_id", "is not", null), where("c.id", "is", null)]),
        where("l.portal_id", "is", null),
        where("l.scheduled_at", "<", where.ref("r.scheduled_at")),
      ]),
    )
    .executeTakeFirstOrThrow();
  return count;
}
