import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addDays } from "../../src/domain/calendar.ts";
import { FAMILIES } from "../../src/domain/family.ts";
import { AVAILABILITY_SPANS, listAvailability } from "../../src/reports/availability.ts";
import { type PortalPeriod, portalPeriods } from "../../src/reports/portal-periods.ts";
import type { Database } from "../../src/store/database.ts";
import { HISTOGRAM_COLUMNS } from "../../src/store/rollup-histogram.ts";
import { openTestDatabase } from "../support/database.ts";
import { buildWorld, VIEW } from "./world.ts";

let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await buildWorld(db);
  await makeUpDays();
});

afterAll(() => close());

test("periods are what the list says of each span and family, whatever the days are", async () => {
  const { vantage } = VIEW;
  const portals = await db.selectFrom("portal").select("slug").execute();
  let seen = 0;
  for (const { slug: portal } of portals) {
    const periods = await portalPeriods(db, { portal, vantage, most: 2 });
    expect(periods).toEqual(await periodsByLists(portal, 2));
    seen += periods.length;
  }
  expect(seen).toBeGreaterThan(10);
});

test("of a portal that nothing is known of there are none", async () => {
  const { vantage } = VIEW;
  expect(await portalPeriods(db, { portal: "no-such", vantage, most: 2 })).toEqual([]);
});

/** The same, span by span and family by family. */
async function periodsByLists(portal: string, most: number): Promise<PortalPeriod[]> {
  const periods: PortalPeriod[] = [];
  for (const span of AVAILABILITY_SPANS) {
    const read = async (family?: (typeof FAMILIES)[number]) => {
      const filter = { by: "portal", vantage: VIEW.vantage, portal, span, family } as const;
      return (await listAvailability(db, filter, { limit: most, after: null })).rows;
    };
    const [both, ip4, ip6] = [await read(), await read("ip4"), await read("ip6")];
    for (const row of both) {
      const at = (rows: typeof both) => rows.find(({ start }) => start === row.start) ?? null;
      periods.push({ span, both: row, families: { ip4: at(ip4), ip6: at(ip6) } });
    }
  }
  return periods;
}

/** Days of all portals with gaps of days and months, families that come and go, and a second place. */
async function makeUpDays(): Promise<void> {
  await sql`truncate probe_rollup_day`.execute(db);
  await sql`insert into vantage (name) values ('elsewhere')`.execute(db);
  await sql`
    insert into probe_rollup_day (portal_id, family, vantage_id, day, slots, ok, degraded, fail, unknown, no_address,
      skipped, maintenance, maintenance_good, maintenance_bad, suspect,
      ${HISTOGRAM_COLUMNS})
    select p.id, family, v.id, ${addDays("2026-11-22", -200)}::date + n, 1440,
      case when absent then 0 else 1000 + n % 7 end, n % 5, n % 11, n % 3, case when absent then 1000 + n % 7 else n % 2 end,
      n % 4, n % 6, n % 3, n % 2, n % 2, '{}', '{}', '{}', '{}', '{}', '{}'
    from portal p cross join vantage v cross join unnest(${[...FAMILIES]}::text[]) family
    cross join generate_series(0, 200, 1 + p.id % 3) n
    cross join lateral (select (n + p.id) % 9 = 0 as absent) a
    where (n * p.id + v.id) % 4 < 3 and not (p.id % 2 = 0 and n between 40 and 140)
      and not (p.id % 5 = 0 and family = 'ip6' and n > 150)`.execute(db);
}
