import { afterAll, beforeAll, expect, test } from "vitest";
import { INCIDENT_KINDS, SEVERITIES } from "../../src/domain/incident/kinds.ts";
import { PORTAL_KINDS } from "../../src/domain/portal.ts";
import type { Database } from "../../src/store/database.ts";
import { readSeverities, severitiesFrom } from "../../src/store/incidents/severities.ts";
import { readSeverityRows, seedSeverities } from "../../seeds/seed-severities.ts";
import { openTestDatabase } from "../support/database.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());

const rank = (severity: string) => SEVERITIES.indexOf(severity as (typeof SEVERITIES)[number]);

test("every kind of incident has a severity for what no row names, once per scope", async () => {
  const rows = await readSeverityRows();
  const general = rows.filter((row) => row.portal_kind === "*");
  const keys = general.map((row) => `${row.kind} ${row.scope}`);
  expect(keys.toSorted()).toEqual(
    INCIDENT_KINDS.flatMap((kind) => [`${kind} partial`, `${kind} whole`]).toSorted(),
  );
  const all = rows.map((row) => `${row.kind} ${row.scope} ${row.portal_kind}`);
  expect(new Set(all).size).toBe(all.length);
});

test("a national platform outranks every other portal, and a part is never worse than the whole", async () => {
  const severityOf = severitiesFrom(await readSeverityRows());
  for (const kind of INCIDENT_KINDS.filter((each) => each !== "vantage_degraded")) {
    const of = (portal: (typeof PORTAL_KINDS)[number], scope: "whole" | "partial" = "whole") =>
      rank(severityOf(kind, scope, portal));
    const others = PORTAL_KINDS.filter((each) => each !== "national-platform");
    expect(others.every((each) => of("national-platform") < of(each))).toBe(true);
    expect(PORTAL_KINDS.every((each) => of(each) <= of(each, "partial"))).toBe(true);
  }
});

test("the database holds what the file says, and what the file no longer says is gone", async () => {
  const load = () => db.transaction().execute(seedSeverities);
  await db
    .insertInto("incident_severity")
    .values({ kind: "degraded", scope: "whole", portal_kind: "portal", severity: "critical" })
    .execute();
  expect(await load()).toBe((await readSeverityRows()).length);
  expect(await load()).toBe(0);
  const severityOf = await readSeverities(db);
  expect(severityOf("down", "whole", "national-platform")).toBe("critical");
  expect(severityOf("degraded", "whole", "portal")).toBe("minor");
  expect(severityOf("vantage_degraded", "whole", null)).toBe("major");
});
