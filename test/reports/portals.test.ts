import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPortal } from "../../src/reports/portal-detail.ts";
import { listPortals, type PortalFilter, type PortalSort } from "../../src/reports/portals.ts";
import { listPortalLabels } from "../../src/reports/portal-labels.ts";
import { openTestDatabase } from "../support/database.ts";
import { buildWorld, START, STATES, VIEW } from "./world.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
});
afterAll(() => opened.close());

const list = async (filter: PortalFilter = {}, sort: PortalSort = "id") => {
  const page = await listPortals(opened.db, VIEW, filter, { limit: 500, after: null, sort });
  expect(page.next).toBeNull();
  return page.rows;
};
const ids = async (filter: PortalFilter, sort?: PortalSort) =>
  (await list(filter, sort)).map(({ id }) => id);

describe("the list of portals", () => {
  test("tells the state of each from its last runs", async () => {
    const states = Object.fromEntries((await list()).map(({ id, state }) => [id, state]));
    expect(states).toEqual(STATES);
  });

  test.each([
    [{ agency: "province-01" }, ["hanoi"]],
    [{ province: "46" }, ["hue"]],
    [{ kind: "national-platform" }, ["dead"]],
    [{ state: "degraded" }, ["half", "slow"]],
    [{ lifecycle: "retired" }, ["gone"]],
    [{ q: "ha noi" }, ["hanoi"]],
    [{ q: "ĐÔ THỊ" }, ["hue"]],
    [{ q: "do thi" }, ["hue"]],
    [{ q: "hue.example.gov.vn" }, ["hue"]],
    [{ q: "%" }, []],
    [{ q: "_" }, []],
    [{ state: "up", q: "hanoi" }, ["hanoi"]],
    [{ agency: "no-such" }, []],
  ] satisfies [PortalFilter, string[]][])("narrowed by %j holds %j", async (filter, found) => {
    expect(await ids(filter)).toEqual(found);
  });

  test("by name, diacritics do not count and đ sorts as d", async () => {
    const names = (await list({}, "name")).map(({ name_vi: name }) => name);
    expect(names.indexOf("Cổng dead")).toBeLessThan(names.indexOf("Cổng Đô thị Huế"));
    expect(names.indexOf("Cổng Đô thị Huế")).toBeLessThan(names.indexOf("Cổng fresh"));
  });

  test.each(["id", "name"] as const)(
    "by %s, pages of any size hold each portal once",
    async (sort) => {
      const whole = await ids({}, sort);
      for (const limit of [1, 2, 3, 7, 8, 9]) {
        const seen: string[] = [];
        let after: readonly string[] | null = null;
        do {
          const page: Awaited<ReturnType<typeof listPortals>> = await listPortals(
            opened.db,
            VIEW,
            {},
            { limit, after, sort },
          );
          seen.push(...page.rows.map(({ id }) => id));
          after = page.next;
        } while (after !== null);
        expect(seen).toEqual(whole);
      }
    },
  );

  test("shows the last run per family, with failure, since when, and whether it is fresh", async () => {
    const [half] = await list({ q: "half" });
    expect(half?.families.ip6).toEqual({
      outcome: "fail",
      failure: { kind: "connect_refused", source: "target" },
      skip_reason: null,
      http_status: null,
      total_ms: 137.25,
      checked_at: new Date(START).toISOString(),
      since: new Date(START - 120_000).toISOString(),
      fresh: true,
    });
    const [stale] = await list({ q: "stale" });
    expect(stale?.families.ip4).toMatchObject({ outcome: "ok", fresh: false });
    const [fresh] = await list({ q: "fresh" });
    expect(fresh?.families).toEqual({ ip4: null, ip6: null });
  });

  test("another vantage point's results are not taken for this one's", async () => {
    const view = { ...VIEW, vantage: "elsewhere" };
    const { rows } = await listPortals(opened.db, view, {}, { limit: 10, after: null, sort: "id" });
    expect(rows.map(({ state }) => state)).toEqual(rows.map(() => "unknown"));
  });
});

describe("one portal", () => {
  test("comes with its addresses and certificates", async () => {
    const found = await findPortal(opened.db, VIEW, "hanoi");
    expect(found?.number).toBe(numbers.hanoi);
    expect(found?.addresses.map(({ address }) => address)).toContain("2001:db8::1");
    expect(found?.detail.certificates).toHaveLength(2);
    expect(found?.detail.certificates[0]).toMatchObject({
      fingerprint: "b".repeat(64),
      names: ["hanoi.example.gov.vn"],
      earliest_not_after: "2026-12-24T00:00:00.000Z",
      last_seen: new Date(START).toISOString(),
    });
    expect(found?.detail).toMatchObject({
      agency: { id: "province-01", name_vi: "UBND thành phố Hà Nội" },
      province: { code: "01", name_vi: "Hà Nội" },
      expectation: {},
      retired_at: null,
    });
  });

  test("that does not exist is null", async () => {
    expect(await findPortal(opened.db, VIEW, "no-such")).toBeNull();
  });
});

test("the labels for metrics are those of probed portals alone", async () => {
  const labels = await listPortalLabels(opened.db);
  expect(labels.map(({ slug }) => slug).toSorted()).toEqual(
    Object.keys(STATES).filter((slug) => slug !== "gone"),
  );
  expect(await listPortalLabels(opened.db, "hanoi")).toEqual([
    {
      portal: numbers.hanoi,
      slug: "hanoi",
      url: "https://hanoi.example.gov.vn/",
      kind: "portal",
      ownerType: "province",
      counted: true,
      agency: "province-01",
      province: "01",
    },
  ]);
  expect(await listPortalLabels(opened.db, "gone")).toEqual([]);
});
