import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { complianceList, type CompliancePosition } from "../../src/reports/compliance.ts";
import type { ComplianceFilter } from "../../src/reports/compliance-filter.ts";
import type { ComplianceRow } from "../../src/reports/compliance-row.ts";
import { COMPLIANCE_SORTS } from "../../src/reports/compliance-sort.ts";
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

const PAGE = { limit: 100, after: null, sort: "name", order: "asc" } as const;

const list = async (filter: ComplianceFilter = {}, asOf: string | null = null) =>
  (await complianceList(db, { ...NOW, asOf }, filter, PAGE)).rows;
const ids = async (filter: ComplianceFilter, asOf: string | null = null) =>
  (await list(filter, asOf)).map(({ id }) => id).toSorted();
const one = async (id: string, asOf: string | null = null) => {
  const row = (await list({}, asOf)).find((row) => row.id === id);
  if (row === undefined) throw new Error(`${id} is not on the list`);
  return row;
};
const verdictOf = (row: ComplianceRow, requirement: string) =>
  row.requirements.find(({ id }) => id === requirement)?.verdict;
const standing = ({ level, grade }: ComplianceRow) => `${level} ${grade}`;

describe("the list as it is now", () => {
  test("has every portal that is probed with its confirmed level and grade, and none that is retired", async () => {
    const rows = await list();
    expect(Object.fromEntries(rows.map((row) => [row.id, standing(row)]))).toEqual({
      dead: "U U",
      fresh: "U U",
      half: "L2 D",
      hanoi: "L4 A",
      hue: "L1 C",
      slow: "L3 B",
      stale: "U U",
    });
  });

  test("says of a portal who answers for it and since when it is so", async () => {
    expect(await one("hanoi")).toMatchObject({
      url: "https://hanoi.example.gov.vn/",
      name_vi: "Cổng Hà Nội",
      kind: "portal",
      agency: { id: "province-01", name_vi: "UBND thành phố Hà Nội" },
      province: { code: "01", name_vi: "Hà Nội" },
      scope: "counted",
      level: "L4",
      level_since: ago(6).toISOString(),
      grade: "A",
      grade_since: ago(11).toISOString(),
      since: ago(5).toISOString(),
      flapping: false,
      stale: false,
      last_audit: { at: ago(0).toISOString() },
      findings: { fail: 0, warn: 0, unknown: 0 },
      problems: [],
    });
  });

  test("shows of findings the fails before the warns, and counts what could not be told beside them", async () => {
    const { findings, problems } = await one("half");
    expect(findings).toEqual({ fail: 2, warn: 1, unknown: 1 });
    expect(problems).toEqual([
      {
        check: "W3",
        family: "ip6",
        verdict: "fail",
        reason: "=expired",
        since: ago(8).toISOString(),
      },
      {
        check: "H1",
        family: null,
        verdict: "fail",
        reason: "not_both",
        since: ago(8).toISOString(),
      },
      {
        check: "D5",
        family: null,
        verdict: "warn",
        reason: "unsigned",
        since: ago(30).toISOString(),
      },
    ]);
  });

  test("shows nothing as known that no audit has looked at for a week, or ever", async () => {
    expect(await one("stale")).toMatchObject({
      level: "U",
      grade: "U",
      stale: true,
      level_since: null,
    });
    expect(await one("fresh")).toMatchObject({
      level: "U",
      stale: false,
      since: null,
      last_audit: null,
    });
  });

  test("says how much history a portal has that lacks nothing else for L4", async () => {
    expect(await one("slow")).toMatchObject({ level: "L3", provisional_days: 12 });
    expect((await one("half")).provisional_days).toBeNull();
  });

  test("from a vantage point that never stored anything knows nothing", async () => {
    const { rows } = await complianceList(db, { ...NOW, vantage: "elsewhere" }, {}, PAGE);
    expect(new Set(rows.map(standing))).toEqual(new Set(["U U"]));
    expect(rows.flatMap(({ problems }) => problems)).toEqual([]);
  });
});

describe("requirements", () => {
  test("go by level, by grade or by findings, and what is not enough is not met", async () => {
    const row = await one("half");
    expect(verdictOf(row, "qd-38-2021-portals")).toBe("not_met");
    expect(verdictOf(row, "tt-32-2017-ipv6")).toBe("met");
    expect(verdictOf(row, "nd-137-2024-https")).toBe("not_met");
    expect(row.requirements.find(({ id }) => id === "tt-32-2017-dnssec")).toMatchObject({
      verdict: "not_met",
      because: [{ check: "D5", reason: "unsigned" }],
    });
    expect(verdictOf(await one("hanoi"), "qd-38-2021-portals")).toBe("met");
    expect(verdictOf(await one("hanoi"), "qd-38-2021-ready")).toBe("not_met");
    expect(verdictOf(await one("hanoi"), "tt-32-2017-dnssec")).toBe("met");
  });

  test("are unknown where the portal is, where a check could not tell or none looked, and where only history lacks", async () => {
    expect(verdictOf(await one("dead"), "qd-749-2020-ipv6")).toBe("unknown");
    expect(verdictOf(await one("slow"), "tt-32-2017-dnssec")).toBe("unknown");
    expect(verdictOf(await one("fresh"), "tt-32-2017-dnssec")).toBe("unknown");
    expect(verdictOf(await one("slow"), "qd-38-2021-portals")).toBe("unknown");
    expect(verdictOf(await one("slow"), "qd-749-2020-ipv6")).toBe("met");
    expect(verdictOf(await one("half"), "tt-22-2023-wcag")).toBe("unknown");
  });

  test("do not apply to other kinds of portals, nor before their first day", async () => {
    expect(verdictOf(await one("dead"), "qd-38-2021-portals")).toBe("not_applicable");
    expect(verdictOf(await one("half"), "nd-42-2022-ipv6")).toBe("not_applicable");
    await db
      .updateTable("requirement")
      .set({ valid_from: "2030-01-01", valid_to: null })
      .where("id", "=", "nd-137-2024-https")
      .execute();
    expect(verdictOf(await one("half"), "nd-137-2024-https")).toBe("not_applicable");
    await db
      .updateTable("requirement")
      .set({ valid_from: null })
      .where("id", "=", "nd-137-2024-https")
      .execute();
  });

  test("are no measure of a portal that only leads to the national gateway, which is judged as a forwarding host", async () => {
    const hue = await one("hue");
    expect(hue).toMatchObject({ scope: "redirected", level: "L1", findings: { warn: 1 } });
    expect(hue.problems.map(({ check }) => check)).toEqual(["W1"]);
    expect(new Set(hue.requirements.map(({ verdict }) => verdict))).toEqual(
      new Set(["not_applicable"]),
    );
  });

  test("of a portal that is registered as redirected are none either", async () => {
    const registered = (lifecycle: "active" | "redirected_to_dvcqg") =>
      db.updateTable("portal").set({ lifecycle }).where("slug", "=", "half").execute();
    await registered("redirected_to_dvcqg");
    expect(await one("half")).toMatchObject({
      scope: "redirected",
      findings: { fail: 1, warn: 0 },
    });
    await registered("active");
  });
});

describe("the list as of a past day", () => {
  test("is what the list was at the end of that day", async () => {
    expect(await one("hanoi", dayAgo(6))).toMatchObject({ level: "L3", grade: "A" });
    expect(await one("hanoi", dayAgo(5))).toMatchObject({ level: "L4", grade: "A" });
    expect(await one("half", dayAgo(9))).toMatchObject({
      level: "L3",
      grade: "B",
      findings: { fail: 0, warn: 1, unknown: 0 },
      last_audit: { at: ago(9).toISOString() },
    });
    expect(await one("stale", dayAgo(2))).toMatchObject({ level: "L2", stale: false });
  });

  test("holds portals that were retired since and not those that joined since", async () => {
    const then = await ids({}, dayAgo(5));
    expect(then).toContain("gone");
    expect(then).not.toContain("fresh");
    expect(await ids({}, dayAgo(3))).not.toContain("gone");
  });

  test("does not hold lacking history against a portal either", async () => {
    expect(verdictOf(await one("slow", dayAgo(4)), "qd-38-2021-portals")).toBe("unknown");
  });

  test("of today is the present one", async () => {
    expect(await list({}, dayAgo(0))).toEqual(await list());
  });
});

describe("filters", () => {
  test("narrow by agency, province, kind, level, grade, text and the day of the last change", async () => {
    expect(await ids({ agency: "province-46" })).toEqual(["hue"]);
    expect(await ids({ province: "01" })).toEqual(["hanoi"]);
    expect(await ids({ kind: "national-platform" })).toEqual(["dead"]);
    expect(await ids({ level: "U" })).toEqual(["dead", "fresh", "stale"]);
    expect(await ids({ grade: "B" })).toEqual(["slow"]);
    expect(await ids({ q: "do thi" })).toEqual(["hue"]);
    expect(await ids({ changed_since: dayAgo(8) })).toEqual(["half", "hanoi"]);
    expect(await ids({ changed_since: dayAgo(7) })).toEqual(["hanoi"]);
    expect(await ids({ level: "L3" }, dayAgo(9))).toEqual(["half", "hanoi", "slow"]);
  });

  test("by requirement find what is not met unless another verdict is asked for", async () => {
    const requirement = "qd-749-2020-ipv6";
    expect(await ids({ requirement })).toEqual(["half"]);
    expect(await ids({ requirement, verdict: "met" })).toEqual(["hanoi", "slow"]);
    expect(await ids({ requirement, verdict: "unknown" })).toEqual(["dead", "fresh", "stale"]);
    expect(await ids({ requirement, verdict: "not_applicable" })).toEqual(["hue"]);
    expect(await ids({ requirement: "tt-32-2017-dnssec" })).toEqual(["half"]);
    expect(await ids({ requirement: "no-such" })).toEqual([]);
  });
});

describe("pages", () => {
  test.each(COMPLIANCE_SORTS.flatMap((sort) => [[sort, "asc"] as const, [sort, "desc"] as const]))(
    "by %s %s show every portal once, in the order of the whole",
    async (sort, order) => {
      const read = (limit: number, after: CompliancePosition | null) =>
        complianceList(db, NOW, {}, { limit, after, sort, order });
      const whole = (await read(100, null)).rows;
      expect(whole).toHaveLength(7);
      for (const limit of [1, 3]) {
        const seen: ComplianceRow[] = [];
        let after: CompliancePosition | null = null;
        do {
          const page: Awaited<ReturnType<typeof read>> = await read(limit, after);
          seen.push(...page.rows);
          after = page.next;
        } while (after !== null);
        expect(seen).toEqual(whole);
      }
    },
  );

  test("by level begin with the worst, and what is unknown comes after what is known", async () => {
    const { rows } = await complianceList(db, NOW, {}, { ...PAGE, sort: "level" });
    expect(rows.map(({ level }) => level)).toEqual(["L1", "L2", "L3", "L4", "U", "U", "U"]);
    const grades = await complianceList(db, NOW, {}, { ...PAGE, sort: "grade" });
    expect(grades.rows.map(({ grade }) => grade)).toEqual(["A", "B", "C", "D", "U", "U", "U"]);
  });
});
