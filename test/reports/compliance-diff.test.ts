import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../src/domain/readiness.ts";
import { combineChanges, gradeChange, levelChange } from "../../src/reports/compliance-change.ts";
import { complianceDiff } from "../../src/reports/compliance-diff.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { ago, buildComplianceWorld, dayAgo, NOW } from "./compliance-world.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openTestDatabase());
  await buildComplianceWorld(db);
});
afterAll(() => close());

const PAGE = { limit: 100, after: null };
const diff = async (from: number, to: number, filter = {}) =>
  (await complianceDiff(db, NOW, { from: dayAgo(from), to: dayAgo(to) }, filter, PAGE)).rows;

describe("the difference between two days", () => {
  test("names what improved, fell, joined, left, and what is not known any more", async () => {
    const rows = await diff(15, 0);
    expect(Object.fromEntries(rows.map(({ id, change }) => [id, change]))).toEqual({
      fresh: "new",
      gone: "gone",
      half: "worse",
      hanoi: "improved",
      stale: "no_longer_known",
    });
  });

  test("names the findings that moved the same way, of the checks that level or grade go by", async () => {
    const rows = await diff(15, 0);
    expect(rows.find(({ id }) => id === "half")).toMatchObject({
      level: { from: "L3", to: "L2", change: "worse" },
      grade: { from: "B", to: "D", change: "worse" },
      because: [
        {
          check: "W3",
          family: "ip6",
          from: { verdict: "pass" },
          to: { verdict: "fail", reason: "=expired" },
          since: ago(8).toISOString(),
        },
        { check: "H1", family: null, from: null, to: { verdict: "fail", reason: "not_both" } },
      ],
    });
    expect(rows.find(({ id }) => id === "hanoi")).toMatchObject({
      level: { from: "L3", to: "L4" },
      grade: { from: "B", to: "A" },
      because: [
        { check: "D3", from: { verdict: "fail" }, to: { verdict: "pass" } },
        { check: "H3", family: "ip4", from: { verdict: "warn" }, to: { verdict: "pass" } },
      ],
    });
    expect(rows.find(({ id }) => id === "gone")).toMatchObject({
      level: { from: "L0", to: null, change: null },
      because: [],
    });
  });

  test("is empty between days that are alike, and turned round between days that are", async () => {
    expect(await diff(20, 15)).toEqual([]);
    expect(await diff(9, 9)).toEqual([]);
    const back = await diff(0, 15);
    expect(Object.fromEntries(back.map(({ id, change }) => [id, change]))).toEqual({
      fresh: "gone",
      gone: "new",
      half: "improved",
      hanoi: "worse",
      stale: "now_known",
    });
  });

  test("can be narrowed, and comes in pages, each portal once", async () => {
    expect((await diff(15, 0, { agency: "province-01" })).map(({ id }) => id)).toEqual(["hanoi"]);
    const whole = await diff(15, 0);
    const days = { from: dayAgo(15), to: dayAgo(0) };
    const first = await complianceDiff(db, NOW, days, {}, { limit: 3, after: null });
    const second = await complianceDiff(db, NOW, days, {}, { limit: 3, after: first.next });
    expect([...first.rows, ...second.rows]).toEqual(whole);
  });
});

describe("changes", () => {
  const TURNED = {
    improved: "worse",
    worse: "improved",
    same: "same",
    now_known: "no_longer_known",
    no_longer_known: "now_known",
  } as const;

  test("seen from the other end are the opposite", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...READINESS_LEVELS),
        fc.constantFrom(...READINESS_LEVELS),
        (from, to) => levelChange(from, to) === TURNED[levelChange(to, from)],
      ),
    );
  });

  test("of level and grade together are the worst of the two, and the same only if both are", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...READINESS_LEVELS),
        fc.constantFrom(...READINESS_LEVELS),
        fc.constantFrom(...HTTPS_GRADES),
        fc.constantFrom(...HTTPS_GRADES),
        (levelFrom, levelTo, gradeFrom, gradeTo) => {
          const changes = [
            levelChange(levelFrom, levelTo),
            gradeChange(gradeFrom, gradeTo),
          ] as const;
          const both = combineChanges(...changes);
          expect(both === "worse").toBe(changes.includes("worse"));
          expect(both === "same").toBe(levelFrom === levelTo && gradeFrom === gradeTo);
        },
      ),
    );
  });
});
