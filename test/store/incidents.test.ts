import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { IncidentKind } from "../../src/domain/incident/kinds.ts";
import { DEFAULT_POLICY } from "../../src/domain/incident/policy.ts";
import type { ProbeResult } from "../../src/domain/observation.ts";
import type { Database } from "../../src/store/database.ts";
import { createLedger, type Ledger } from "../../src/store/incidents/ledger.ts";
import { closeRetired } from "../../src/store/incidents/close-retired.ts";
import { applyChanges } from "../../src/store/incidents/apply-changes.ts";
import { openIncidents } from "../../src/store/incidents/open-incidents.ts";
import { acknowledge, resolveByHand } from "../../src/store/incidents/people.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { openTestDatabase } from "../support/database.ts";
import { failedResult, registerPortals, result, START } from "./helpers/results.ts";
import { snapshotTables } from "./helpers/tables.ts";

const MINUTE = 60_000;
let db: Database;
let close: () => Promise<void>;
let changed: number[][];
let now: number;

/** What the writer writes; everything else stays for all tests. */
const WRITTEN =
  "probe_result probe_latest portal_address certificate portal_certificate failure_evidence rollup_dirty portal_track \
vantage_track vantage incident incident_member incident_event notification status_note".split(" ");

beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, 1);
});
afterAll(() => close());
beforeEach(async () => {
  await sql`truncate ${sql.join(WRITTEN.map((each) => sql.table(each)))} restart identity cascade`.execute(
    db,
  );
  await db.updateTable("portal").set({ lifecycle: "active" }).execute();
  changed = [];
  now = START + 60 * MINUTE;
});

function newLedger(network = "internet"): Ledger {
  const onChanged = (ids: readonly number[]) => void changed.push([...ids]);
  return createLedger({ policy: DEFAULT_POLICY, intervalMs: MINUTE, network, onChanged });
}

/** A writer as a process has it. */
function newStore(ledger = newLedger()): BatchStore {
  return new BatchStore(db, () => now, ledger);
}

/** The scheduled run of a minute after START; confirmations begin 10 and 30 s later. */
function run(minute: number, make = result, change: Partial<ProbeResult> = {}): ProbeResult {
  const scheduledAt = START + minute * MINUTE;
  const startedAt = scheduledAt + [3, 10_000, 30_000][change.attempt ?? 0]!;
  return make({ scheduledAt, startedAt, ...change });
}

/** A failed scheduled run and its two confirmations. */
function failing(minute: number, change: Partial<ProbeResult> = {}): ProbeResult[] {
  return [0, 1, 2].map((attempt) => run(minute, failedResult, { ...change, attempt }));
}

/** Incidents as rows with times in seconds after START. */
async function incidents() {
  const rows = await db.selectFrom("incident").selectAll().orderBy("id").execute();
  const seconds = (at: Date | null) => (at === null ? null : (at.getTime() - START) / 1000);
  return rows.map((row) => ({
    kind: row.kind,
    subject: row.subject,
    scope: row.scope,
    family: row.family,
    cause: row.cause,
    opened: seconds(row.opened_at),
    confirmed: seconds(row.confirmed_at),
    resolved: seconds(row.resolved_at),
    closedBy: row.closed_by,
    reopened: row.reopened,
  }));
}

/** Writes down an incident of portal 1 that is open since the first minute. */
async function putIncident(what: { kind: IncidentKind; cause: string }): Promise<void> {
  const at = new Date(START + MINUTE);
  const instants = { opened_at: at, confirmed_at: at, last_bad_at: at };
  const row = {
    ...what,
    ...instants,
    subject: "portal:1",
    portal_id: 1,
    severity: "minor",
  } as const;
  await db.insertInto("incident").values(row).execute();
}

async function timeline(): Promise<string[]> {
  const rows = await db.selectFrom("incident_event").select("event").orderBy("id").execute();
  return rows.map(({ event }) => event);
}

const DOWN = {
  kind: "down",
  subject: "portal:1",
  scope: "whole",
  family: null,
  cause: "connect_refused",
  opened: 60.003,
  confirmed: 90,
  resolved: null,
  closedBy: null,
  reopened: 0,
};

test("a failed run and two confirmations open one incident, in the transaction that stores them", async () => {
  const store = newStore();
  await store.store([run(0)]);
  await store.store(failing(1).slice(0, 2));
  expect(await incidents()).toEqual([]);
  await store.store(failing(1).slice(2));
  expect(await incidents()).toEqual([DOWN]);
  expect(await timeline()).toEqual(["opened"]);
  expect(changed).toEqual([[1]]);
});

test("an outage that begins and ends within one batch is kept with its times", async () => {
  const spooled = [run(0), ...failing(1), ...[2, 3, 4, 5].map((minute) => run(minute))];
  await newStore().store(spooled.toReversed());
  expect(await incidents()).toEqual([{ ...DOWN, resolved: 120.003, closedBy: "recovered" }]);
  expect(await timeline()).toEqual(["opened", "resolved"]);
  const [row] = await db.selectFrom("incident").select("created_at").execute();
  expect(row?.created_at).toEqual(new Date(now));
});

test("the same batch twice changes nothing, neither here nor after a restart", async () => {
  const batch = [run(0), ...failing(1), run(2), run(3), ...failing(4)];
  const store = newStore();
  await store.store(batch);
  const tables = ["incident", "incident_event", "portal_track", "probe_latest"];
  const once = await snapshotTables(db, tables);
  await store.store(batch);
  expect(await snapshotTables(db, tables)).toEqual(once);
  await newStore().store(batch);
  expect(await snapshotTables(db, tables)).toEqual(once);
});

test("steady success writes no track, and a restart in the middle of an outage goes on with it", async () => {
  await newStore().store([run(0), run(1)]);
  expect(await db.selectFrom("portal_track").selectAll().execute()).toEqual([]);
  await newStore().store(failing(2).slice(0, 1));
  await newStore().store(failing(2).slice(1, 2));
  await newStore().store(failing(2).slice(2));
  expect(await incidents()).toMatchObject([{ opened: 120.003, confirmed: 150, resolved: null }]);
  for (const minute of [3, 4]) await newStore().store([run(minute)]);
  expect(await incidents()).toMatchObject([{ resolved: null }]);
  await newStore().store([run(5)]);
  expect(await incidents()).toMatchObject([{ resolved: 180.003, closedBy: "recovered" }]);
});

test("one that fails again within a quarter of an hour goes on, later it is another one", async () => {
  const good = (from: number) => [0, 1, 2].map((minute) => run(from + minute));
  const store = newStore();
  await store.store([run(0), ...failing(1), ...good(2)]);
  await store.store([...failing(10), ...good(11)]);
  expect(await incidents()).toEqual([
    { ...DOWN, confirmed: 630, resolved: 660.003, closedBy: "recovered", reopened: 1 },
  ]);
  await store.store(failing(40));
  expect(await incidents()).toMatchObject([{ reopened: 1 }, { opened: 2400.003, resolved: null }]);
  expect(await timeline()).toEqual(["opened", "resolved", "reopened", "resolved", "opened"]);
});

test("until a round has looked around, nobody is told of what opens or goes on", async () => {
  const held = () => db.selectFrom("incident").select(["held", "reopened"]).execute();
  const store = newStore();
  await store.store([run(0), ...failing(1)]);
  expect(await held()).toEqual([{ held: "group", reopened: 0 }]);
  await store.store([2, 3, 4].map((minute) => run(minute)));
  await db.updateTable("incident").set({ held: null }).execute();
  await store.store(failing(10));
  expect(await held()).toEqual([{ held: "group", reopened: 1 }]);
});

test("what was told and whose end was not is told still when it goes on", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1)]);
  await db
    .updateTable("incident")
    .set({ held: null, told_at: new Date(now) })
    .execute();
  await store.store([2, 3, 4].map((minute) => run(minute)));
  await store.store(failing(10));
  const [row] = await db.selectFrom("incident").select(["held", "reopened"]).execute();
  expect(row).toEqual({ held: null, reopened: 1 });
});

test("a transaction that fails leaves nothing half, and the next write catches up", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1).slice(0, 2)]);
  const before = await snapshotTables(db, WRITTEN);
  await sql`alter table incident_event rename to incident_event_gone`.execute(db);
  await expect(store.store(failing(1).slice(2))).rejects.toThrow(/incident_event/);
  await sql`alter table incident_event_gone rename to incident_event`.execute(db);
  expect(await snapshotTables(db, WRITTEN)).toEqual(before);
  expect(changed).toEqual([]);
  await store.store(failing(1).slice(2));
  expect(await incidents()).toEqual([DOWN]);
});

test("two processes with a vantage point each decide together, whoever comes first", async () => {
  const [here, there] = [newStore(), newStore()];
  const from = (vantage: string) => (results: ProbeResult[]) =>
    results.map((each) => ({ ...each, vantage }));
  const [a, b] = [from("a"), from("b")];
  await here.store(a([run(0)]));
  await there.store(b([run(0)]));
  await here.store(a(failing(1)));
  expect(await incidents()).toEqual([]);
  await there.store(b(failing(1)));
  expect(await incidents()).toEqual([DOWN]);
  const [row] = await db.selectFrom("incident").select("confirmation").execute();
  expect(row?.confirmation).toMatchObject({ vantages: [1, 2], singleVantage: false });
  await here.store(a([2, 3, 4].map((minute) => run(minute))));
  expect(await incidents()).toMatchObject([{ resolved: null }]);
  await there.store(b([2, 3, 4].map((minute) => run(minute))));
  expect(await incidents()).toMatchObject([{ resolved: 120.003 }]);
});

test("two that decide at once open one incident", async () => {
  const places = ["a", "b", "c"].map((vantage) => ({ vantage, store: newStore() }));
  await Promise.all(places.map(({ vantage, store }) => store.store([run(0, result, { vantage })])));
  await Promise.all(places.map(({ vantage, store }) => store.store(failing(1, { vantage }))));
  expect(await incidents()).toEqual([DOWN]);
  expect(await timeline()).toEqual(["opened"]);
  expect(changed).toEqual([[1]]);
});

test("vantage points of another network decide for themselves", async () => {
  const [open, closed] = [newStore(), newStore(newLedger("state-network"))];
  await open.store([run(0), run(1)]);
  const inside = { vantage: "inside" };
  await closed.store([run(0, result, inside), ...failing(1, inside)]);
  const rows = await db.selectFrom("incident").select(["network", "subject"]).execute();
  expect(rows).toEqual([{ network: "state-network", subject: "portal:1" }]);
});

test("whoever opens second opens nothing, and what is over stays over", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1)]);
  const before = await snapshotTables(db, WRITTEN);
  const [open] = await openIncidents(db);
  const { id, ...incident } = open!;
  const at = START;
  const race = [
    { type: "open", at, incident } as const,
    { type: "reopen", at, id, incident } as const,
    { type: "resolve", at, id: 99, resolvedAt: at, closedBy: "recovered" } as const,
    { type: "change", at, id: 99, incident, reason: "cause" } as const,
  ];
  const apply = () => db.transaction().execute((trx) => applyChanges(trx, race, now));
  expect(await apply()).toEqual([]);
  const after = await snapshotTables(db, WRITTEN);
  expect(after).toEqual(before);
});

test("a portal that is no longer probed has no open incident, and its late results open none", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1)]);
  await db.updateTable("portal").set({ lifecycle: "retired" }).where("id", "=", 1).execute();
  const close = () => db.transaction().execute((trx) => closeRetired(trx, now));
  expect(await close()).toEqual([1]);
  expect(await close()).toEqual([]);
  await store.store(failing(6));
  expect(await incidents()).toEqual([{ ...DOWN, resolved: 3600, closedBy: "portal_retired" }]);
});

test("what was believed more than a day ago opens nothing", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1).slice(0, 2)]);
  now = START + 3000 * MINUTE;
  await store.store([run(3000, failedResult)]);
  expect(await incidents()).toEqual([]);
  await store.store(failing(3000).slice(1));
  expect(await incidents()).toMatchObject([{ opened: 180_000.003 }]);
});

test("an open incident that no run decides about keeps no old belief alive", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1).slice(0, 2)]);
  await putIncident({ kind: "https_regression", cause: "https_fell" });
  now = START + 3000 * MINUTE;
  await store.store([run(3000, failedResult)]);
  expect(await incidents()).toMatchObject([{ kind: "https_regression" }]);
});

test("an open incident knows when its portal was last seen bad", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1)]);
  await store.store([run(2, failedResult)]);
  const [row] = await db.selectFrom("incident").select("last_bad_at").execute();
  expect(row?.last_bad_at.getTime()).toBe(START + 2 * MINUTE + 3);
  expect(changed).toEqual([[1]]);
});

test("one about changing all the time knows so too", async () => {
  const store = newStore();
  const turns = Array.from({ length: 20 }, (_, minute) =>
    run(minute, minute % 2 === 0 ? result : failedResult),
  );
  await store.store(turns.slice(0, 18));
  await store.store(turns.slice(18, 19));
  await store.store(turns.slice(19));
  const rows = await db.selectFrom("incident").select(["cause", "last_bad_at"]).execute();
  expect(rows).toEqual([{ cause: "unstable", last_bad_at: new Date(START + 19 * MINUTE + 3) }]);
});

test("what a person ended stays ended until it fails again, and then goes on", async () => {
  const store = newStore();
  await store.store([run(0), ...failing(1)]);
  const person = { db, actor: { keyId: null, name: "trực ban" } };
  await acknowledge(person, 1, { until: null }, START + 2 * MINUTE);
  await resolveByHand(person, 1, { note: null }, START + 2 * MINUTE);
  await store.store([run(2, result, { family: "ip6" })]);
  expect(await incidents()).toMatchObject([{ closedBy: "person" }]);
  await store.store([run(3, failedResult)]);
  expect(await incidents()).toMatchObject([{ resolved: null, reopened: 1 }]);
  const [row] = await db.selectFrom("incident").select("ack_by").execute();
  expect(row?.ack_by).toBeNull();
});
