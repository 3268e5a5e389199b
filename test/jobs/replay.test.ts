import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareJob } from "../../jobs/index.ts";
import type { JobOptions } from "../../jobs/job.ts";
import { runOnce } from "../../jobs/run-once.ts";
import { DEFAULT_POLICY } from "../../src/domain/incident/policy.ts";
import { UsageError } from "../../src/domain/usage-error.ts";
import type { Database } from "../../src/store/database.ts";
import { createLedger } from "../../src/store/incidents/ledger.ts";
import { packHours } from "../../src/store/pack-hours.ts";
import { BatchStore } from "../../src/store/result-batch.ts";
import { rollUp } from "../../src/store/rollup.ts";
import { openTestDatabase } from "../support/database.ts";
import { failedResult, registerPortals, result, START } from "../store/helpers/results.ts";
import { recordingLog, snapshotTables } from "../store/helpers/tables.ts";

const MINUTE = 60_000;
const NOW = START + 120 * MINUTE;
let db: Database;
let close: () => Promise<void>;
let folder: string;

/** Portal 1 fails for four runs in a row, portal 2 for one that its confirmations contradict. */
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  folder = await mkdtemp(join(tmpdir(), "hatangso-replay-"));
  await registerPortals(db, 2);
  const options = { policy: DEFAULT_POLICY, intervalMs: MINUTE, network: "internet" };
  const store = new BatchStore(db, () => NOW, createLedger(options));
  const runs = Array.from({ length: 20 }, (_, minute) =>
    [1, 2].flatMap((portal) => {
      const scheduledAt = START + minute * MINUTE;
      const fails = portal === 1 ? minute >= 5 && minute < 9 : minute === 7;
      const at = { portal, scheduledAt };
      if (!fails) return [result(at)];
      const confirm = portal === 1 ? failedResult : result;
      const again = [1, 2].map((attempt) =>
        confirm({ ...at, attempt, startedAt: scheduledAt + attempt * 15_000 }),
      );
      return [failedResult(at), ...again];
    }),
  );
  await store.store(runs.flat());
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

async function replay(options: JobOptions) {
  const lines: string[] = [];
  const log = recordingLog();
  const outcome = await runOnce(prepareJob("replay", options), {
    db,
    log,
    settings: {
      reportTimezone: "Asia/Ho_Chi_Minh",
      probeIntervalMs: MINUTE,
      retentionRawDays: 14,
      retentionHourDays: 400,
      auditIntervalMs: 21_600_000,
      vantageName: "local",
      madeUp: false,
      mail: null,
      coverageInbox: null,
    },
    clock: () => NOW,
    print: (line) => lines.push(line),
  });
  return { outcome, lines, log };
}

async function policyFile(policy: object): Promise<string> {
  const path = join(folder, "policy.json");
  await writeFile(path, JSON.stringify(policy));
  return path;
}

test("says which incidents the policy would have opened, beside what the register holds", async () => {
  const { outcome, lines } = await replay({ since: "2026-11-22" });
  expect(outcome).toBe("ok");
  expect(lines).toEqual([
    "portal-000001; down; minor; 2026-11-22 15:05:00 – 2026-11-22 15:09:00; connect_refused; " +
      "3 runs, 2 of them confirmations, 1 vantage point",
    "50 runs from 2026-11-21T17:00:00.000Z to 2026-11-22T10:00:00.000Z.",
    "This policy would have opened: 1 down.",
    "The register holds for that time: 1 down.",
  ]);
});

test("with a hastier policy opens more, as one JSON object, and writes nothing but its own run", async () => {
  const policy = await policyFile({ down: { openAfter: 1, closeAfter: 1 }, reopenWithinMs: 0 });
  const tables = ["incident", "incident_event", "portal_track", "probe_result"];
  const before = await snapshotTables(db, tables);
  const { lines } = await replay({ since: new Date(START).toISOString(), policy, json: true });
  expect(lines).toHaveLength(1);
  const said = JSON.parse(lines[0] ?? "") as { incidents: { portal: string }[] };
  expect(said).toMatchObject({ would_have_opened: { down: 2 }, register_holds: { down: 1 } });
  expect(said.incidents.map(({ portal }) => portal)).toEqual(["portal-000001", "portal-000002"]);
  expect(said.incidents[0]).toMatchObject({
    kind: "down",
    opened_at: "2026-11-22T08:05:00.003Z",
    confirmed_at: "2026-11-22T08:05:00.003Z",
    resolved_at: "2026-11-22T08:09:00.003Z",
    confirmation: { vantages: [1], observations: 1, confirmations: 0, single_vantage: true },
  });
  expect(await snapshotTables(db, tables)).toEqual(before);
});

test("replays one portal, and up to an instant", async () => {
  const { lines } = await replay({ since: "2026-11-22", portal: "portal-000002" });
  expect(lines.slice(1)).toEqual([
    "This policy would have opened: nothing.",
    "The register holds for that time: nothing.",
  ]);
  const until = "2026-11-22T15:05:10+07:00";
  const { lines: early } = await replay({ since: "2026-11-22", until });
  expect(early.at(-2)).toBe("This policy would have opened: 1 down.");
  const none = await replay({ since: "2026-11-22", until: "2026-11-22T15:05:00+07:00" });
  expect(none.lines.at(-2)).toBe("This policy would have opened: nothing.");
});

test("says the same of hours that are packed", async () => {
  const asked = { since: "2026-11-22", json: true } as const;
  const before = await replay(asked);
  const settings = { reportTimezone: "UTC", probeIntervalMs: MINUTE, retentionRawDays: 14 };
  await rollUp(db, settings, START + 180 * MINUTE);
  const { runs } = await packHours(db, settings, START + 180 * MINUTE);
  expect(runs).toBe(50);
  expect((await replay(asked)).lines).toEqual(before.lines);
});

test("refuses in one line what it can't use", async () => {
  const policy = await policyFile({ donw: {} });
  const wrong: [JobOptions, RegExp][] = [
    [{}, /needs --since/],
    [{ since: "yesterday" }, /--since "yesterday" is neither a day/],
    [{ since: "2026-02-30" }, /--since "2026-02-30"/],
    [{ since: "2026-11-22", until: "2026-11-22T08:00" }, /--until/],
    [{ since: "2026-11-22", policy }, /--policy=.*donw/],
    [{ since: "2026-11-22", policy: "/nowhere.json" }, /ENOENT/],
    [{ since: "2026-11-22", ruleset: "1" }, /takes no option --ruleset/],
  ];
  for (const [options, message] of wrong) {
    expect(() => prepareJob("replay", options)).toThrow(UsageError);
    expect(() => prepareJob("replay", options)).toThrow(message);
  }
  const { outcome, log } = await replay({ since: "2026-11-22", portal: "nobody" });
  expect(outcome).toBe("failed");
  const { err } = log.lines.at(-1)!.facts as { err: Error };
  expect(err.message).toMatch(/no portal "nobody"/);
});
