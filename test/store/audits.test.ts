import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { saveAudit, type AuditContext, type JudgedAudit } from "../../src/store/audits.ts";
import { readJudged, readObservation } from "../../src/store/observation-parts.ts";
import { openTestDatabase } from "../support/database.ts";
import { audit, AUDIT_INTERVAL, certificate, finding, observation } from "./helpers/audits.ts";
import { registerPortals, START } from "./helpers/results.ts";
import { emptyTables, snapshotTables } from "./helpers/tables.ts";

let db: Database;
let close: () => Promise<void>;
let ctx: AuditContext;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  ctx = { db, auditIntervalMs: AUDIT_INTERVAL };
});
afterAll(() => close());
beforeEach(async () => {
  await emptyTables(db);
  await registerPortals(db, 3);
});

/** An instant as the tests count: rounds of audits after START. */
const round = (number: number) => START + number * AUDIT_INTERVAL;

async function save(...audits: JudgedAudit[]) {
  const saved = [];
  for (const each of audits) saved.push(await saveAudit(ctx, each));
  return saved;
}

test("an observation comes back as it was seen, DER forms included", async () => {
  const certificates = {
    ["a".repeat(64)]: certificate(),
    ["b".repeat(64)]: certificate({ serial: "02", der: null }),
  };
  const seen = observation(START, { certificates });
  const [saved] = await save(audit(0, {}, { observation: seen }));
  expect(await readObservation(db, saved?.audit ?? 0)).toEqual(seen);
  expect(await readObservation(db, 999)).toBeNull();
});

test("what a portal wrote into its page is kept in a form that the database can hold", async () => {
  const seen = observation(START);
  const facts = {
    ...seen.facts,
    mail: { domain: "a\0b\ud800", outcome: "none" as const, servers: [] },
  };
  const [saved] = await save(
    audit(
      0,
      { findings: [finding("D1", "fail", { evidence: { text: "\0" } })] },
      { observation: { ...seen, facts } },
    ),
  );
  const back = await readObservation(db, saved?.audit ?? 0);
  expect(back?.facts.mail).toEqual({ domain: "a\u{FFFD}b\u{FFFD}", outcome: "none", servers: [] });
  expect(saved?.after.findings[0]?.evidence).toEqual({ text: "\u{FFFD}" });
});

test("an audit that sees what the last one saw adds one row and no facts", async () => {
  const certificates = { ["a".repeat(64)]: certificate() };
  await save(audit(0, {}, { observation: observation(round(0), { certificates }) }));
  const before = await snapshotTables(db);
  await save(audit(1, {}, { observation: observation(round(1), { certificates }) }));
  const after = await snapshotTables(db);
  const grown = Object.keys(after).filter(
    (table) => after[table]?.length !== before[table]?.length,
  );
  expect(grown).toEqual(["audit"]);
  expect(after["observation_part"]).toEqual(before["observation_part"]);
});

test("parts that are met again are noted once a day", async () => {
  await save(audit(0), audit(4), audit(5), audit(8));
  const rows = await db.selectFrom("observation_part").select("last_seen").execute();
  expect(new Set(rows.map((row) => row.last_seen.getTime()))).toEqual(new Set([round(5)]));
});

test("the same audit twice changes nothing, and says what is believed", async () => {
  const [first] = await save(audit(0));
  const before = await snapshotTables(db);
  const [again] = await save(audit(0, { findings: [finding("D1", "fail")] }));
  expect(await snapshotTables(db)).toEqual(before);
  expect(again).toEqual({ ...first, added: false, before: first?.after });
});

test("an audit that somebody asked for at the time of a scheduled one is another audit", async () => {
  const saved = await save(audit(0), audit(0, {}, { trigger: "asked" }));
  expect(saved.map(({ added }) => added)).toEqual([true, true]);
});

test("what the rules concluded from the facts alone can be read back", async () => {
  const findings = [finding("W1", "fail", { family: "ip6", evidence: { failed_tries: 2 } })];
  const [saved] = await save(audit(0, { findings }));
  expect(await readJudged(db, saved?.audit ?? 0)).toEqual({
    findings,
    level: { level: "L3", possible: "L3", blockers: [] },
    grade: { grade: "B", possible: "B", blockers: [] },
  });
  expect(await readJudged(db, 999)).toBeNull();
});

describe("findings as spans", () => {
  const d1 = (verdict: "pass" | "fail" | "unknown", reason?: string, evidence = {}) => ({
    findings: [finding("D1", verdict, { ...(reason !== undefined && { reason }), evidence })],
  });
  const spans = async () => {
    const rows = await db.selectFrom("finding").selectAll().orderBy("first_seen").execute();
    return rows.map((row) => ({
      said: `${row.verdict} ${row.reason}`,
      since: hours(row.since),
      seen: [hours(row.first_seen), hours(row.last_seen)],
      changed: hours(row.last_changed),
      ended: row.ended_at && hours(row.ended_at),
      audits: row.audits,
    }));
  };
  const hours = (at: Date) => (at.getTime() - START) / AUDIT_INTERVAL;

  test("the same verdict for the same reason is one span that grows", async () => {
    await save(audit(0, d1("fail")), audit(1, d1("fail")), audit(2, d1("fail")));
    expect(await spans()).toEqual([
      { said: "fail fail_reason", since: 0, seen: [0, 2], changed: 0, ended: null, audits: 3 },
    ]);
  });

  test("changed evidence changes the span in place, the number of failed tries does not", async () => {
    await save(
      audit(0, d1("fail", "a", { code: 1, failed_tries: 3 })),
      audit(1, d1("fail", "a", { code: 2, failed_tries: 3 })),
      audit(2, d1("fail", "a", { code: 2, failed_tries: 2 })),
    );
    expect(await spans()).toEqual([
      { said: "fail a", since: 0, seen: [0, 2], changed: 1, ended: null, audits: 3 },
    ]);
  });

  test("another reason is another span, and the verdict is as old as before", async () => {
    await save(audit(0, d1("fail", "a")), audit(1, d1("fail", "b")));
    expect(await spans()).toEqual([
      { said: "fail a", since: 0, seen: [0, 0], changed: 0, ended: 1, audits: 1 },
      { said: "fail b", since: 0, seen: [1, 1], changed: 1, ended: null, audits: 1 },
    ]);
  });

  test("audits that could not tell do not make a verdict younger, and know what it was", async () => {
    const saved = await save(
      audit(0, d1("fail")),
      audit(1, d1("unknown", "a")),
      audit(2, d1("unknown", "b")),
      audit(3, d1("fail")),
      audit(4, d1("pass")),
    );
    expect((await spans()).map(({ said, since }) => [said, since])).toEqual([
      ["fail fail_reason", 0],
      ["unknown a", 1],
      ["unknown b", 1],
      ["fail fail_reason", 0],
      ["pass pass_reason", 4],
    ]);
    expect(saved[2]?.after.findings[0]?.known).toEqual({ verdict: "fail", since: round(0) });
  });

  test("a check that says nothing any more ends its span, and begins anew later", async () => {
    await save(audit(0, d1("fail")), audit(1, { findings: [] }), audit(2, d1("fail")));
    expect((await spans()).map(({ since, ended }) => [since, ended])).toEqual([
      [0, 1],
      [2, null],
    ]);
  });

  test("an audit tells what was believed before and after it", async () => {
    const [, second] = await save(audit(0, d1("fail")), audit(1, d1("pass")));
    expect(second?.before.findings.map(({ verdict }) => verdict)).toEqual(["fail"]);
    expect(second?.after.findings.map(({ verdict }) => verdict)).toEqual(["pass"]);
  });
});

describe("level and grade", () => {
  const level = (value: "L1" | "L3", failedTries?: number) => ({
    findings: [
      finding("W1", "fail", {
        family: "ip6",
        evidence: failedTries === undefined ? {} : { failed_tries: failedTries },
      }),
    ],
    level: {
      level: value,
      possible: value,
      provisionalDays: null,
      blockers: [{ check: "W1" as const, family: "ip6" as const, reason: "fail_reason" }],
    },
  });
  const standings = async () => {
    const rows = await db.selectFrom("standing").selectAll().orderBy("from_at").execute();
    return rows.map((row) => [
      row.level,
      (row.from_at.getTime() - START) / AUDIT_INTERVAL,
      row.to_at && (row.to_at.getTime() - START) / AUDIT_INTERVAL,
    ]);
  };

  test("the first audit is believed, with what it lacks", async () => {
    const [saved] = await save(audit(0));
    expect(saved?.before).toEqual({ findings: [], standing: null });
    expect(saved?.after.standing).toMatchObject({
      tracks: { level: { value: "L3", since: START }, grade: { value: "B" } },
      provisionalDays: 4,
      levelBlockers: [],
      flapping: false,
      lastAudit: saved?.audit,
      lastAuditAt: START,
    });
    expect(await standings()).toEqual([["L3", 0, null]]);
  });

  test("a change takes two audits; the list shows it from the second, since the first", async () => {
    const saved = await save(audit(0), audit(1, level("L1", 3)), audit(2, level("L1", 3)));
    expect(saved.map(({ after }) => after.standing?.tracks.level.value)).toEqual([
      "L3",
      "L3",
      "L1",
    ]);
    expect(saved[1]?.after.standing?.tracks.level.pending).toMatchObject({
      value: "L1",
      failedTries: 3,
    });
    expect(saved[2]?.after.standing?.tracks.level.since).toBe(round(1));
    expect(saved[2]?.after.standing?.levelBlockers).toEqual(level("L1").level.blockers);
    expect(await standings()).toEqual([
      ["L3", 0, 2],
      ["L1", 2, null],
    ]);
  });

  test("a change to the worse also takes three failed tries", async () => {
    const saved = await save(
      audit(0),
      audit(1, level("L1", 1)),
      audit(2, level("L1", 1)),
      audit(3, level("L1", 1)),
    );
    expect(saved.map(({ after }) => after.standing?.tracks.level.value)).toEqual([
      "L3",
      "L3",
      "L3",
      "L1",
    ]);
  });

  test("what was read and not tried for needs no more tries", async () => {
    const saved = await save(audit(0), audit(1, level("L1")), audit(2, level("L1")));
    expect(saved[2]?.after.standing?.tracks.level.value).toBe("L1");
  });

  test("a level that goes up and down flaps", async () => {
    const saved = await save(
      ...[3, 3, 1, 1, 3, 3, 1, 1].map((value, at) => audit(at, level(value === 3 ? "L3" : "L1"))),
    );
    expect(saved.map(({ after }) => after.standing?.flapping)).toEqual([
      ...Array.from({ length: 7 }, () => false),
      true,
    ]);
  });
});

test("hosts that redirects name are noted", async () => {
  const hop = (url: string, leadsTo: string | null) => ({
    url,
    address: null,
    status: 302,
    leadsTo,
  });
  const chains = {
    ip4: {
      hops: [
        hop("https://p1.example.gov.vn/", "https://cong.example.gov.vn/"),
        hop("https://cong.example.gov.vn/", "https://p2.example.gov.vn/"),
      ],
      outcome: "arrived" as const,
      kind: null,
      finalUrl: null,
    },
    ip6: unseenChain,
  };
  const seen = observation(START);
  const [entry] = hostsOf("p1.example.gov.vn");
  const facts = { ...seen.facts, chains, hosts: entry ? [entry] : [] };
  await save(audit(0, {}, { observation: { ...seen, facts } }));
  const names = await db.selectFrom("seen_name").select(["host", "how", "portal_id"]).execute();
  expect(names).toContainEqual({ host: "cong.example.gov.vn", how: "redirect", portal_id: 1 });
});

const unseenChain = { unseen: "not_reached" } as const;

function hostsOf(host: string) {
  const answer = {
    outcome: "no_data" as const,
    addresses: [],
    beyond: 0,
    chain: [],
    attempts: [],
    invented: 0,
  };
  return [
    {
      host,
      role: "entry" as const,
      httpsPort: 443,
      httpPort: 80,
      name: { host, answers: { ip4: answer, ip6: answer } },
      addresses: [],
      beyond: 0,
    },
  ];
}
