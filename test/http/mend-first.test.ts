import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cause } from "../../src/domain/finding.ts";
import { putFindings, putLevel } from "../reports/findings.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, makeKey, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
const keys = { reader: "", health: "" };

const ns = (name: string): Cause => ({ kind: "name_server", name });
const cert: Cause = { kind: "certificate", name: "ab".repeat(32) };
const D4 = { check: "D4", family: null, reason: "cut_not_crossed" } as const;
const W3 = { check: "W3", family: "ip6", reason: "certificate_expired" } as const;
const W5 = { check: "W5", family: "ip6", reason: "history_short" } as const;

beforeAll(async () => {
  opened = await openTestDatabase();
  const { db } = opened;
  const numbers = await buildWorld(db);
  const servers = [ns("ns1.example"), ns("ns2.example")];
  const delegated = (portal: number, causes: readonly Cause[]) => ({
    portal,
    check: "D4" as const,
    family: "" as const,
    reason: D4.reason,
    causes,
  });
  await putFindings(db, [
    delegated(numbers.half, servers),
    delegated(numbers.slow, servers),
    delegated(numbers.hue, servers),
    // What is not in the way of the next level is a cause all the same, but lifts nobody.
    delegated(numbers.hanoi, [ns("ns9.example")]),
    { portal: numbers.hanoi, causes: [cert], reason: W3.reason },
    { portal: numbers.dead, causes: [], check: "W5", reason: "answered", verdict: "pass" },
    { portal: numbers.gone, causes: [cert], reason: W3.reason },
  ]);
  for (const portal of [numbers.half, numbers.slow, numbers.hue]) {
    await putLevel(db, { portal, level: "L4", blockers: [D4] });
  }
  await putLevel(db, { portal: numbers.hanoi, level: "L2", blockers: [W3] });
  await putLevel(db, { portal: numbers.dead, level: "L3", blockers: [W5] });
  await putLevel(db, { portal: numbers.gone, level: "L2", blockers: [W3] });
  await putLevel(db, { portal: numbers.fresh, level: "L5" });
  keys.reader = await makeKey(db, "reader");
  keys.health = await makeKey(db, "reader", { agency: "ministry-yte" });
  app = await startApp(db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const plan = async (query = "", key = keys.reader) => {
  const response = await app.request(`/api/v1/compliance/mend-first${query}`, { key });
  expect(response.status).toBe(200);
  return (await response.json()) as { steps: { lifts: { portal: { id: string } }[] }[] };
};

describe("what to mend first", () => {
  test("names the causes that lift the most portals, and the portals that each step lifts", async () => {
    expect(await plan()).toEqual({
      portals: 5,
      without_cause: 1,
      steps: [
        {
          step: 1,
          causes: [ns("ns1.example"), ns("ns2.example")],
          lifts: ["half", "hue", "slow"].map((id) =>
            expect.objectContaining({
              portal: expect.objectContaining({ id }),
              from: "L4",
              to: "L5",
            }),
          ),
          lifted_so_far: 3,
          mended_so_far: 2,
          says: {
            vi: "Khắc phục 2 máy chủ tên miền này sẽ nâng 3 cổng lên L5.",
            en: "Mending these 2 name servers lifts 3 portals to L5.",
          },
        },
        {
          step: 2,
          causes: [cert],
          lifts: [expect.objectContaining({ from: "L2", to: "L3" })],
          lifted_so_far: 4,
          mended_so_far: 3,
          says: {
            vi: "Khắc phục 1 chứng thư số này sẽ nâng 1 cổng lên L3.",
            en: "Mending this 1 certificate lifts 1 portal to L3.",
          },
        },
      ],
    });
  });

  test("can be asked for one level, agency or province, and for fewer steps", async () => {
    expect((await plan("?to_level=L3")).steps).toMatchObject([{ causes: [cert] }]);
    expect((await plan("?to_level=L1")).steps).toEqual([]);
    const ids = ({ steps }: Awaited<ReturnType<typeof plan>>) =>
      steps.flatMap(({ lifts }) => lifts.map(({ portal }) => portal.id));
    expect(ids(await plan("?agency=ministry-yte"))).toEqual(["half", "slow"]);
    expect(ids(await plan("?province=46"))).toEqual(["hue"]);
    expect(ids(await plan("?limit=1"))).toEqual(["half", "hue", "slow"]);
    expect(ids(await plan("", keys.health))).toEqual(["half", "slow"]);
  });

  test("says nothing of a portal while its level is about to change, or after a week without audit", async () => {
    const { db } = opened;
    const set = (column: { level_track: string } | { last_audit_at: Date }) =>
      db
        .updateTable("standing_track")
        .set(column)
        .where("portal_id", "=", (is) =>
          is.selectFrom("portal").select("id").where("slug", "=", "hue"),
        )
        .execute();
    const before = await db
      .selectFrom("standing_track as t")
      .innerJoin("portal as p", "p.id", "t.portal_id")
      .select(["level_track", "last_audit_at"])
      .where("p.slug", "=", "hue")
      .executeTakeFirstOrThrow();
    const pending = { value: "L1", rounds: 1, failedTries: 3, from: 0 };
    await set({ level_track: JSON.stringify({ ...before.level_track, pending }) });
    expect((await plan("?province=46")).steps).toEqual([]);
    await set({ level_track: JSON.stringify(before.level_track) });
    await set({ last_audit_at: new Date(before.last_audit_at.getTime() - 8 * 86_400_000) });
    expect((await plan("?province=46")).steps).toEqual([]);
    await set({ last_audit_at: before.last_audit_at });
    expect((await plan("?province=46")).steps).toHaveLength(1);
  });

  test("is had as CSV, and needs a key as findings do", async () => {
    const csv = await app.request("/api/v1/compliance/mend-first?format=csv", { key: keys.reader });
    const [header, first] = (await csv.text()).split("\r\n");
    expect(header).toContain("step,causes,portals_lifted,portals");
    expect(first).toContain(
      "1,name_server ns1.example; name_server ns2.example,3,half (L4 → L5); hue (L4 → L5); slow (L4 → L5)",
    );
    expect((await app.request("/api/v1/compliance/mend-first")).status).toBe(401);
    expect((await app.request("/api/v1/compliance/causes")).status).toBe(401);
  });
});

describe("findings by what causes them", () => {
  const causes = async (query = "", key = keys.reader) => {
    const response = await app.request(`/api/v1/compliance/causes${query}`, { key });
    expect(response.status).toBe(200);
    return (await response.json()) as { items: object[]; next_cursor: string };
  };

  test("are counted per cause, the one of the most portals first, page by page", async () => {
    const all = [
      { kind: "name_server", name: "ns1.example", portals: 3, findings: 3, checks: ["D4"] },
      { kind: "name_server", name: "ns2.example", portals: 3, findings: 3, checks: ["D4"] },
      { ...cert, portals: 1, findings: 1, checks: ["W3"] },
      { kind: "name_server", name: "ns9.example", portals: 1, findings: 1, checks: ["D4"] },
    ];
    expect((await causes()).items).toEqual(all);
    const first = await causes("?limit=3");
    const rest = await causes(`?limit=3&cursor=${first.next_cursor}`);
    expect([...first.items, ...rest.items]).toEqual(all);
    expect((await causes("?kind=certificate")).items).toEqual([all[2]]);
    expect((await causes("?agency=province-01")).items).toHaveLength(2);
    expect((await causes("", keys.health)).items).toMatchObject([{ portals: 2 }, { portals: 2 }]);
  });
});
