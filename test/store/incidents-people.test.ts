import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { IncidentFacts } from "../../src/domain/incident/change.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import type { Database } from "../../src/store/database.ts";
import { applyChanges } from "../../src/store/incidents/apply-changes.ts";
import {
  acknowledge,
  comment,
  resolveByHand,
  unacknowledge,
  writePostMortem,
} from "../../src/store/incidents/people.ts";
import type { WriteContext } from "../../src/store/write-context.ts";
import { openTestDatabase } from "../support/database.ts";
import { registerPortals, START } from "./helpers/results.ts";

const MINUTE = 60_000;
let db: Database;
let close: () => Promise<void>;
let id: number;
let subjects = 0;

beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await registerPortals(db, 1);
  await db.insertInto("vantage").values({ name: "local" }).execute();
});
afterAll(() => close());
beforeEach(async () => {
  // Incidents of one portal, told apart by their networks.
  subjects += 1;
  id = await open({ network: `network-${subjects}` });
});

/** Opens an incident of portal 1, changed as given; returns its number. */
async function open(change: Partial<IncidentFacts>): Promise<number> {
  const incident: IncidentFacts = {
    kind: "down",
    subject: "portal:1",
    network: "internet",
    portal: 1,
    family: null,
    scope: "whole",
    severity: "major",
    cause: "connect_refused",
    openedAt: START,
    confirmedAt: START + 30_000,
    lastBadAt: START + 30_000,
    confirmation: { vantages: [1], observations: 3, confirmations: 2, singleVantage: true },
    evidence: {},
    flapping: false,
    ...change,
  };
  const [opened] = await db
    .transaction()
    .execute((trx) => applyChanges(trx, [{ type: "open", at: START, incident }], START));
  return opened!;
}

const operator = (change: Partial<WriteContext> = {}): WriteContext => ({
  db,
  actor: { keyId: null, name: "trực ban" },
  ...change,
});

const row = () =>
  db.selectFrom("incident").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

async function timeline() {
  const rows = await db
    .selectFrom("incident_event")
    .select(["event", "actor", "at", "facts"])
    .where("incident_id", "=", id)
    .orderBy("id")
    .execute();
  return rows.slice(1);
}

const audits = async () =>
  (await listAudit(db, { limit: 5, objectType: "incident", objectId: String(id) })).map(
    ({ actor, action, before, after }) => ({ actor, action, before, after }),
  );

describe("a person", () => {
  test("acknowledges until an instant, and takes it back", async () => {
    const until = START + 60 * MINUTE;
    expect(await acknowledge(operator(), id, { until }, START + MINUTE)).toMatchObject({
      ok: true,
    });
    expect(await row()).toMatchObject({
      ack_by: "trực ban",
      ack_at: new Date(START + MINUTE),
      ack_until: new Date(until),
    });
    await unacknowledge(operator(), id, START + 2 * MINUTE);
    await unacknowledge(operator(), id, START + 3 * MINUTE);
    expect(await row()).toMatchObject({ ack_by: null, ack_at: null, ack_until: null });
    const iso = new Date(until).toISOString();
    expect(await timeline()).toEqual([
      {
        event: "acknowledged",
        actor: "trực ban",
        at: new Date(START + MINUTE),
        facts: { until: iso },
      },
      { event: "unacknowledged", actor: "trực ban", at: new Date(START + 2 * MINUTE), facts: {} },
    ]);
    const [free, held] = [
      { ack_by: null, ack_until: null },
      { ack_by: "trực ban", ack_until: iso },
    ];
    expect(await audits()).toEqual([
      { actor: "trực ban", action: "change", before: held, after: free },
      { actor: "trực ban", action: "change", before: free, after: held },
    ]);
  });

  test("comments, and writes and removes a post-mortem, before and after the end", async () => {
    await comment(operator(), id, "đã gọi nhà mạng", START + MINUTE);
    await resolveByHand(operator(), id, { note: null }, START + 2 * MINUTE);
    await comment(operator(), id, "xong", START + 3 * MINUTE);
    await writePostMortem(operator(), id, "Đứt cáp.", START + 4 * MINUTE);
    await writePostMortem(operator(), id, "Đứt cáp.", START + 5 * MINUTE);
    expect((await row()).post_mortem).toBe("Đứt cáp.");
    await writePostMortem(operator(), id, null, START + 6 * MINUTE);
    expect((await row()).post_mortem).toBeNull();
    expect((await timeline()).map(({ event }) => event)).toEqual([
      "commented",
      "resolved",
      "commented",
      "post_mortem_written",
      "post_mortem_removed",
    ]);
    expect(await audits()).toHaveLength(5);
  });

  test("ends an open incident once", async () => {
    const note = "báo nhầm";
    expect(await resolveByHand(operator(), id, { note }, START + MINUTE)).toMatchObject({
      ok: true,
    });
    expect(await row()).toMatchObject({
      resolved_at: new Date(START + MINUTE),
      closed_by: "person",
    });
    expect(await timeline()).toMatchObject([
      { event: "resolved", actor: "trực ban", facts: { note } },
    ]);
    const problem = { ok: false, problem: { kind: "is_resolved" } };
    expect(await resolveByHand(operator(), id, { note }, START + MINUTE)).toEqual(problem);
    expect(await acknowledge(operator(), id, { until: null }, START + MINUTE)).toEqual(problem);
  });

  test("is refused an end of the acknowledgement that is past, and an incident that is not there", async () => {
    const past = { ok: false, problem: { kind: "past", field: "until" } };
    expect(await acknowledge(operator(), id, { until: START }, START + 1)).toEqual(past);
    const none = { ok: false, problem: { kind: "no_incident" } };
    expect(await comment(operator(), 999, "?", START)).toEqual(none);
    expect(await timeline()).toEqual([]);
  });

  test("with a limited key writes about its own portals alone, and about no vantage point", async () => {
    const limited = (agency: string) =>
      operator({ mayTouch: (belonging) => belonging.agency === agency });
    const refused = { ok: false, problem: { kind: "not_covered" } };
    expect(await comment(limited("other"), id, "?", START)).toEqual(refused);
    expect(await comment(limited("test-agency"), id, "!", START)).toMatchObject({ ok: true });
    const subject = "vantage:1/ip4";
    id = await open({ kind: "vantage_degraded", subject, portal: null });
    expect(await comment(limited("test-agency"), id, "?", START)).toEqual(refused);
    expect(await comment(operator(), id, "!", START)).toMatchObject({ ok: true });
  });
});
