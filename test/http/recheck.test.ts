import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { SavedAudit } from "../../src/store/audits.ts";
import { saveAudit } from "../../src/store/audits.ts";
import { RECHECK_DISTANCE_MS } from "../../src/store/rechecks.ts";
import { buildWorld, VIEW } from "../reports/world.ts";
import { AUDIT_INTERVAL, finding, judgement, observation } from "../store/helpers/audits.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
let app: AppServer;
const keys = { reader: "", health: "" };

/** What the next audit comes to, and the audits that were asked for. */
let verdict: "pass" | "fail" = "fail";
let asked: [string, string][] = [];
let gate: () => Promise<unknown> = () => Promise.resolve();

/** Stores an audit as the service does, with findings that the test decides. */
async function audit(portal: number, at: number, trigger: "schedule" | "recheck") {
  return saveAudit(
    { db: opened.db, auditIntervalMs: AUDIT_INTERVAL },
    {
      portal,
      vantage: VIEW.vantage,
      scheduledAt: at,
      trigger,
      observation: observation(at),
      judgement: judgement({
        findings: [
          finding("W3", verdict, { family: "ip6", reason: `certificate_${verdict}` }),
          finding("D1", "pass"),
        ],
      }),
    },
  );
}

beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  keys.reader = await makeKey(opened.db, "reader", { agency: "ministry-yte" });
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  await audit(numbers.half, VIEW.now - 3_600_000, "schedule");
  await audit(numbers.hue, VIEW.now - 3_600_000, "schedule");
});
beforeEach(async () => {
  await opened.db.deleteFrom("follow_up").execute();
  asked = [];
  verdict = "fail";
  gate = () => Promise.resolve();
  app = await startApp(opened.db, {
    auditNow: async (slug, trigger): Promise<SavedAudit> => {
      asked.push([slug, trigger]);
      await gate();
      return audit(numbers.half, app.clock.now, "recheck");
    },
  });
});
afterEach(() => app.stop());
afterAll(() => opened.close());

const recheck = (key = keys.health, path = "half/findings/W3", body: object = {}) =>
  app.request(`/api/v1/portals/${path}/recheck`, json("POST", body, key));
const entries = async () => {
  const response = await app.request("/api/v1/portals/half/follow-ups", { key: keys.health });
  return ((await response.json()) as { items: object[] }).items;
};

test("a recheck audits at once, stores the result and shows before and after", async () => {
  verdict = "pass";
  const response = await recheck(keys.health, "half/findings/W3", {
    family: "ip6",
    text: "Đã thay chứng thư",
  });
  expect(response.status).toBe(200);
  const answer = (await response.json()) as { after: { audit: number }; before: { audit: number } };
  expect(answer).toMatchObject({
    follow_up: {
      kind: "recheck",
      check: "W3",
      family: "ip6",
      text: "Đã thay chứng thư",
      state: "done",
      audit_before: answer.before.audit,
      audit_after: answer.after.audit,
    },
    before: {
      level: "L3",
      grade: "B",
      findings: [{ verdict: "fail", reason: "certificate_fail" }],
    },
    after: { level: "L3", grade: "B", findings: [{ verdict: "pass", reason: "certificate_pass" }] },
  });
  expect(asked).toEqual([["half", "recheck"]]);
  const stored = await opened.db
    .selectFrom("audit")
    .select("trigger")
    .where("id", "=", answer.after.audit)
    .executeTakeFirstOrThrow();
  expect(stored.trigger).toBe("recheck");
  app.clock.now += RECHECK_DISTANCE_MS;
});

test("one recheck per portal goes on at a time, and the next waits", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  gate = () => promise;
  app.clock.now += 3_600_000;
  const first = recheck();
  await expect.poll(() => asked.length).toBe(1);
  const second = await recheck(keys.health, "half/findings/D1");
  expect(second.status).toBe(429);
  expect(second.headers.get("retry-after")).toBe(String(RECHECK_DISTANCE_MS / 1000));
  resolve();
  expect((await first).status).toBe(200);
  app.clock.now += RECHECK_DISTANCE_MS - 1500;
  const third = await recheck();
  expect(third.headers.get("retry-after")).toBe("2");
  app.clock.now += 1500;
  expect((await recheck()).status).toBe(200);
  expect(asked).toHaveLength(2);
});

test("two that are asked for at once come to one audit", async () => {
  app.clock.now += 7_200_000;
  const answers = await Promise.all([recheck(), recheck(), recheck()]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 429, 429]);
  expect(asked).toHaveLength(1);
});

test("an audit that comes to nothing by our own fault leaves no entry and nobody waiting", async () => {
  app.clock.now += 10_800_000;
  gate = () => Promise.reject(new Error("The prober is stopping"));
  expect((await recheck()).status).toBe(500);
  expect(app.logged).toHaveLength(1);
  expect(await entries()).toEqual([]);
  gate = () => Promise.resolve();
  expect((await recheck()).status).toBe(200);
});

test("a recheck is refused to readers, for another agency's portal, and without a finding", async () => {
  expect((await recheck("")).status).toBe(401);
  expect((await recheck(keys.reader)).status).toBe(403);
  const elsewhere = await recheck(keys.health, "hue/findings/W3");
  expect(elsewhere.status).toBe(403);
  expect((await problemOf(elsewhere)).detail).toContain("ministry-yte");
  expect((await recheck(keys.health, "half/findings/W8")).status).toBe(404);
  expect((await recheck(keys.health, "no-such/findings/W3")).status).toBe(404);
  expect(asked).toEqual([]);
});
