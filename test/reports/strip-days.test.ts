import { sql } from "kysely";
import { expect, test } from "vitest";
import { addDays, type Day } from "../../src/domain/calendar.ts";
import { FAMILIES, type Family } from "../../src/domain/family.ts";
import { portalStrip, type StripStep } from "../../src/reports/portal-strip.ts";
import { dayEndIn, dayIn, dayStartIn } from "../../src/reports/zone-day.ts";
import type { Database } from "../../src/store/database.ts";
import { ensurePartitions } from "../../src/store/partitions.ts";
import { HISTOGRAM_COLUMNS } from "../../src/store/rollup-histogram.ts";
import { rollUpDay } from "../../src/store/rollup-spans.ts";
import { openTestDatabase } from "../support/database.ts";
import { buildWorld, VIEW } from "./world.ts";

const TIMEZONE = "Asia/Ho_Chi_Minh";
const TODAY = dayIn(TIMEZONE, VIEW.now);
/** Days that have hours, the last one goes on; day 7 has none. */
const DAYS = Array.from({ length: 15 }, (_, back) => addDays(TODAY, back - 14));
const PORTALS = [1, 2, 3];

interface Hour {
  readonly day: Day;
  readonly family: Family;
  readonly good: number;
  readonly bad: number;
  readonly maintenance: number;
  readonly unknown: number;
}

test("a quarter by days says what its hours say, and goes on saying it when they are gone", async () => {
  const { db, close } = await openTestDatabase();
  try {
    await fill(db);
    for (const portal of PORTALS) {
      const hours = await hoursOf(db, portal);
      const strip = await portalStrip(db, portal, VIEW, { span: "90d", timezone: TIMEZONE });
      for (const family of FAMILIES) {
        const shown = strip[family].slice(-DAYS.length).map(seen);
        const own = hours.filter((hour) => hour.family === family);
        expect(shown).toEqual(DAYS.map((day) => sumOf(own.filter((hour) => hour.day === day))));
        const states = new Set(strip[family].slice(-DAYS.length).map(({ state }) => state));
        expect(states).toContain("degraded");
        expect(states).toContain("unknown");
      }
    }
    const before = await portalStrip(db, 1, VIEW, { span: "90d", timezone: TIMEZONE });
    const kept = dayStartIn(TIMEZONE, DAYS.at(-4) ?? TODAY);
    await sql`delete from probe_rollup_hour where start_at < ${new Date(kept)}`.execute(db);
    const after = await portalStrip(db, 1, VIEW, { span: "90d", timezone: TIMEZONE });
    expect(after.ip4.map(seen)).toEqual(before.ip4.map(seen));
  } finally {
    await close();
  }
});

const seen = ({ up, down, maintenance, unknown }: StripStep) => ({
  up,
  down,
  maintenance,
  unknown,
});

function sumOf(hours: readonly Hour[]) {
  const sum = (of: (hour: Hour) => number) => hours.reduce((total, hour) => total + of(hour), 0);
  return {
    up: sum(({ good }) => good),
    down: sum(({ bad }) => bad),
    maintenance: sum(({ maintenance }) => maintenance),
    unknown: sum(({ unknown }) => unknown),
  };
}

/** Hours with everything that is counted, some of it at once, and the days that they come to. */
async function fill(db: Database): Promise<void> {
  await buildWorld(db);
  await ensurePartitions(
    db,
    "probe_rollup_hour",
    new Set([addDays(DAYS[0] ?? TODAY, -1), ...DAYS]),
  );
  await sql`delete from probe_rollup_hour`.execute(db);
  await sql`delete from probe_rollup_day`.execute(db);
  await sql`
    insert into probe_rollup_hour (portal_id, family, vantage_id, start_at, slots, ok, degraded, fail, unknown, no_address,
      skipped, maintenance, maintenance_good, maintenance_bad, suspect, ${HISTOGRAM_COLUMNS})
    select portal, family, vantage.id, at, 60, 40 + n % 3, case when n % 7 = portal then n % 4 else 0 end,
      case when n % 29 = 0 then n % 5 else 0 end, n % 3, case when n % 24 = 5 then 10 else 0 end, 0,
      case when maintained then 10 else 0 end, case when maintained then 6 else 0 end,
      case when maintained and n % 29 = 0 then least(n % 5, 2) else 0 end,
      case when n % 58 = 0 then least(n % 5, 1) else 0 end, '{}', '{}', '{}', '{}', '{}', '{}'
    from unnest(${PORTALS}::int[]) as portal cross join vantage cross join unnest(${[...FAMILIES]}::text[]) as family
    cross join generate_series(${new Date(dayStartIn(TIMEZONE, DAYS[0] ?? TODAY))}::timestamptz,
      ${new Date(VIEW.now)}::timestamptz, interval '1 hour') with ordinality as hours(at, n)
    cross join lateral (select (n + portal * 11) % 97 < 2 as maintained) as windows
    where (n - 1) / 24 <> 7`.execute(db);
  for (const day of DAYS.slice(0, -1)) {
    const span = { from: dayStartIn(TIMEZONE, day), to: dayEndIn(TIMEZONE, day) };
    await rollUpDay(db, day, span, { first: 1, last: Math.max(...PORTALS) });
  }
}

async function hoursOf(db: Database, portal: number): Promise<Hour[]> {
  const rows = await db
    .selectFrom("probe_rollup_hour")
    .selectAll()
    .where("portal_id", "=", portal)
    .execute();
  return rows.map((row) => {
    const good = row.ok + row.degraded - row.maintenance_good;
    const bad = row.fail - row.maintenance_bad - row.suspect;
    return {
      day: dayIn(TIMEZONE, row.start_at.getTime()),
      family: row.family,
      good,
      bad,
      maintenance: row.maintenance,
      unknown: row.slots - row.no_address - row.maintenance - good - bad,
    };
  });
}
