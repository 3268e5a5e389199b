import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { forgetAudits } from "../../src/store/audit-retention.ts";
import { saveAudit } from "../../src/store/audits.ts";
import type { Database } from "../../src/store/database.ts";
import { readObservation } from "../../src/store/observation-parts.ts";
import { openTestDatabase } from "../support/database.ts";
import { audit, AUDIT_INTERVAL, certificate, finding, observation } from "./helpers/audits.ts";
import { registerPortals, START } from "./helpers/results.ts";
import { emptyTables, snapshotTables } from "./helpers/tables.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await registerPortals(db, 1);
});

/** The audit of a round; its certificate is that of its seed. */
async function save(round: number, seed: string) {
  const at = START + round * AUDIT_INTERVAL;
  const seen = observation(at, {
    certificates: { [seed.repeat(64)]: certificate({ serial: seed }) },
  });
  const { audit: id } = await saveAudit(
    { db, auditIntervalMs: AUDIT_INTERVAL },
    audit(round, { findings: [finding("D1", "pass")] }, { observation: seen }),
  );
  return { id, seen };
}

const fingerprints = async () => {
  const rows = await db
    .selectFrom("certificate_der")
    .select("fingerprint")
    .orderBy("fingerprint")
    .execute();
  return rows.map(({ fingerprint }) => fingerprint[0]);
};

test("audits go when they are older than is kept, with the parts that they alone held", async () => {
  await save(0, "a");
  await save(1, "b");
  const kept = [await save(12, "b"), await save(13, "c")];
  const before = new Date(START + 12 * AUDIT_INTERVAL);
  expect(await forgetAudits(db, before)).toEqual({ audits: 2, parts: 1, certificates: 1 });
  expect(await fingerprints()).toEqual(["b", "c"]);
  for (const { id, seen } of kept) expect(await readObservation(db, id)).toEqual(seen);
});

test("spans and standing stay, and a second time changes nothing", async () => {
  await save(0, "a");
  await save(12, "a");
  const before = await snapshotTables(db, ["finding", "standing", "standing_track"]);
  const limit = new Date(START + 12 * AUDIT_INTERVAL);
  await forgetAudits(db, limit);
  expect(await snapshotTables(db, ["finding", "standing", "standing_track"])).toEqual(before);
  expect(await forgetAudits(db, limit)).toEqual({ audits: 0, parts: 0, certificates: 0 });
});

test("what only a late audit holds stays as long as that audit", async () => {
  await save(12, "b");
  const late = await save(11, "a");
  await forgetAudits(db, new Date(START + 11 * AUDIT_INTERVAL));
  expect(await readObservation(db, late.id)).toEqual(late.seen);
});

test("an audit that comes late is put where it belongs, though those before it are gone", async () => {
  for (const round of [0, 1, 12]) await save(round, "a");
  await forgetAudits(db, new Date(START + 10 * AUDIT_INTERVAL));
  const before = await db.selectFrom("standing").selectAll().execute();
  await save(11, "a");
  const spans = await db.selectFrom("finding").selectAll().execute();
  expect(spans).toMatchObject([
    {
      audits: 4,
      since: new Date(START),
      first_seen: new Date(START),
      last_seen: new Date(START + 12 * AUDIT_INTERVAL),
      last_changed: new Date(START),
    },
  ]);
  expect(await db.selectFrom("standing").selectAll().execute()).toEqual(before);
});

test("many audits go in several steps", async () => {
  await save(0, "a");
  const { id: _, ...row } = await db.selectFrom("audit").selectAll().executeTakeFirstOrThrow();
  const copies = Array.from({ length: 2500 }, (_copy, at) => ({
    ...row,
    timings: JSON.stringify(row.timings),
    tracks: JSON.stringify(row.tracks),
    scheduled_at: new Date(START - at - 1),
  }));
  for (let at = 0; at < copies.length; at += 500) {
    await db
      .insertInto("audit")
      .values(copies.slice(at, at + 500))
      .execute();
  }
  const { audits } = await forgetAudits(db, new Date(START + 1));
  expect(audits).toBe(2501);
});
