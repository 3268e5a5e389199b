import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complianceAgencies } from "../../src/reports/compliance-agencies.ts";
import { complianceShares } from "../../src/reports/compliance-groups.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { buildComplianceWorld, dayAgo, NOW } from "./compliance-world.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await buildComplianceWorld(db);
});
afterAll(() => close());

const PAGE = { limit: 100, after: null };

const agencies = async (asOf: string | null = null) =>
  (await complianceAgencies(db, { ...NOW, asOf }, {}, PAGE)).rows;
const resultOf = async (agency: string, requirement: string, asOf: string | null = null) => {
  const row = (await agencies(asOf)).find(({ id }) => id === agency);
  return row?.requirements.find(({ id }) => id === requirement);
};

describe("agencies", () => {
  test("count their portals by level and grade, redirected ones apart", async () => {
    const rows = await agencies();
    expect(rows.map(({ id }) => id)).toEqual(["ministry-yte", "province-01", "province-46"]);
    expect(rows[0]).toMatchObject({
      name_vi: "Bộ Y tế",
      portals: { counted: 5, redirected: 0 },
      levels: { U: 3, L2: 1, L3: 1, L4: 0 },
      grades: { U: 3, B: 1, D: 1 },
    });
    expect(rows[2]).toMatchObject({ portals: { counted: 0, redirected: 1 }, levels: { L1: 0 } });
  });

  test("pass when all their portals do; one that does not is enough, one that is unknown leaves it open", async () => {
    expect(await resultOf("province-01", "qd-38-2021-portals")).toMatchObject({ verdict: "met" });
    expect(await resultOf("ministry-yte", "qd-749-2020-ipv6")).toEqual({
      id: "qd-749-2020-ipv6",
      verdict: "not_met",
      portals: { met: 1, not_met: 1, unknown: 3, not_applicable: 0 },
    });
    expect(await resultOf("ministry-yte", "tt-32-2017-ipv6")).toMatchObject({
      verdict: "unknown",
      portals: { met: 2, not_met: 0, unknown: 2, not_applicable: 1 },
    });
    expect(await resultOf("province-46", "qd-749-2020-ipv6")).toMatchObject({
      verdict: "not_applicable",
    });
  });

  test("come in pages, each once", async () => {
    const whole = await agencies();
    const first = await complianceAgencies(db, NOW, {}, { limit: 2, after: null });
    const second = await complianceAgencies(db, NOW, {}, { limit: 2, after: first.next });
    expect([...first.rows, ...second.rows]).toEqual(whole);
    expect(second.next).toBeNull();
  });
});

describe("conversion plans", () => {
  const plan = async (facts: {
    number: string;
    issued_on: string;
    due_on?: string;
    fulfilled_on?: string;
  }) => {
    const { id } = await db
      .selectFrom("agency")
      .select("id")
      .where("slug", "=", "province-01")
      .executeTakeFirstOrThrow();
    await db.deleteFrom("conversion_plan").execute();
    await db
      .insertInto("conversion_plan")
      .values({
        agency_id: id,
        title: "Kế hoạch",
        lead_unit: "Sở",
        cooperating_units: [],
        due_on: null,
        fulfilled_on: null,
        outcome: null,
        source: null,
        note: null,
        ...facts,
      })
      .execute();
  };
  const verdicts = async (asOf: string | null = null) =>
    Promise.all(
      ["qd-38-2021-plan", "qd-38-2021-plan-done", "qd-3369-2025-plan"].map(
        async (id) => (await resultOf("province-01", id, asOf))?.verdict,
      ),
    );

  test("that are not registered are unknown, not missing", async () => {
    expect(await verdicts()).toEqual(["unknown", "unknown", "unknown"]);
  });

  test("count for the programme in whose time they were issued", async () => {
    await plan({ number: "12/KH", issued_on: "2022-03-01" });
    expect(await verdicts()).toEqual(["met", "not_met", "unknown"]);
    await plan({ number: "1/KH", issued_on: "2026-02-01" });
    expect(await verdicts()).toEqual(["unknown", "unknown", "met"]);
  });

  test("are fulfilled from the day on that they were", async () => {
    await plan({ number: "12/KH", issued_on: "2022-03-01", fulfilled_on: dayAgo(3) });
    expect(await verdicts()).toEqual(["met", "met", "unknown"]);
    expect(await verdicts(dayAgo(4))).toEqual(["met", "not_met", "unknown"]);
    await db.deleteFrom("conversion_plan").execute();
  });
});

describe("shares", () => {
  test("stand side by side for portals and agencies, with what is unknown in no denominator", async () => {
    const shares = await complianceShares(db, NOW, {});
    expect(shares.portals).toEqual({ counted: 6, redirected: 1 });
    expect(shares.agencies).toBe(2);
    expect(shares.levels).toEqual({ U: 3, LX: 0, L0: 0, L1: 0, L2: 1, L3: 1, L4: 1, L5: 0 });
    const ladder = Object.fromEntries(shares.ladder.map((step) => [step.at_least, step]));
    expect(ladder["L3"]).toEqual({
      at_least: "L3",
      portals: { numerator: 2, denominator: 3, unknown: 3 },
      agencies: { numerator: 1, denominator: 2, unknown: 0 },
    });
    // The portal at L3 that lacks nothing but history is unknown for L4.
    expect(ladder["L4"]).toMatchObject({
      portals: { numerator: 1, denominator: 2, unknown: 4 },
      agencies: { numerator: 1, denominator: 2, unknown: 0 },
    });
    expect(ladder["L2"]).toMatchObject({
      portals: { numerator: 3, denominator: 3, unknown: 3 },
      agencies: { numerator: 1, denominator: 1, unknown: 1 },
    });
    expect(shares.https.find(({ at_least: grade }) => grade === "C")).toMatchObject({
      portals: { numerator: 2, denominator: 3, unknown: 3 },
    });
  });

  test("by requirement agree with the list of portals", async () => {
    const { requirements } = await complianceShares(db, NOW, {});
    expect(requirements.find(({ id }) => id === "tt-32-2017-dnssec")).toEqual({
      id: "tt-32-2017-dnssec",
      portals: { numerator: 1, denominator: 2, unknown: 3 },
      agencies: { numerator: 1, denominator: 2, unknown: 0 },
    });
  });

  test("of a past day are those of that day", async () => {
    const { ladder } = await complianceShares(db, { ...NOW, asOf: dayAgo(9) }, {});
    expect(ladder.find(({ at_least: level }) => level === "L3")?.portals).toEqual({
      numerator: 3,
      denominator: 5,
      unknown: 1,
    });
  });

  test("of no portal are zeros", async () => {
    const shares = await complianceShares(db, NOW, { agency: "no-such" });
    expect(shares.ladder[0]).toMatchObject({
      portals: { numerator: 0, denominator: 0, unknown: 0 },
      agencies: { numerator: 0, denominator: 0, unknown: 0 },
    });
  });
});
