import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
let key: string;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  key = await makeKey(opened.db, "reader");
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

async function get<Body = Record<string, unknown>>(path: string): Promise<Body> {
  const response = await app.request(`/api/v1/units/${path}`);
  expect(response.status).toBe(200);
  return (await response.json()) as Body;
}

describe("a unit by its code", () => {
  test("is the one that has it on the day, and the others that had it are named", async () => {
    expect(await get("commune/00004")).toMatchObject({
      full_name_vi: "Phường Ba Đình",
      province: { code: "01", name_vi: "Hà Nội" },
      district: null,
      valid_from: "2025-07-01",
      valid_to: null,
      same_code: [{ full_name_vi: "Phường Trúc Bạch", valid_to: "2025-07-01" }],
    });
    expect(await get("commune/00004?on=2025-06-30")).toMatchObject({
      full_name_vi: "Phường Trúc Bạch",
      district: { code: "001", full_name_vi: "Quận Ba Đình" },
      begin_known: false,
      same_code: [{ full_name_vi: "Phường Ba Đình", valid_to: null }],
    });
  });

  test("has the attributes of the day", async () => {
    expect(await get("commune/25270?on=2026-04-29")).toMatchObject({
      type: "xã",
      full_name_vi: "Xã Lộc Ninh",
    });
    expect(await get("commune/25270?on=2026-04-30")).toMatchObject({
      type: "phường",
      full_name_vi: "Phường Lộc Ninh",
      names: [{ type: "xã" }, { type: "phường" }],
    });
  });

  test("of a province that changed owner is told apart by the day", async () => {
    expect(await get("province/15?on=2025-06-30")).toMatchObject({ name_vi: "Yên Bái" });
    expect(await get("province/15")).toMatchObject({ name_vi: "Lào Cai" });
    expect(await get("country/VN")).toMatchObject({ full_name_vi: "Việt Nam", province: null });
  });

  test("that is of another time is refused with the days on which it was one", async () => {
    const answer = await app.request("/api/v1/units/commune/00001");
    const { status, detail } = await problemOf(answer);
    expect(status).toBe(404);
    expect(detail).toMatch(
      /No commune has the code 00001 on .*Phường Phúc Xá from 2025-03-01 up to the day before 2025-07-01.*on=/,
    );
  });

  test.each([
    ["village/00001", "path.level"],
    ["commune/0004a", "path.code"],
    ["commune/00004?on=2025-02-30", "query.on"],
    ["commune/00004?day=2025-06-30", "query.day"],
    ["commune/00004/successors?limit=0", "query.limit"],
  ])("%s is refused, naming %s", async (path, field) => {
    const problem = await problemOf(await app.request(`/api/v1/units/${path}`));
    expect(problem.status).toBe(400);
    expect(problem.errors?.map((error) => error.field)).toContain(field);
  });
});

interface Steps {
  items: { part: string; share: number | null; unit: { code: string; level: string } }[];
  next_cursor: string | null;
}

describe("what became of a unit", () => {
  test("is told whole or split, with no share where none is known", async () => {
    const { items } = await get<Steps>("commune/00001/successors?on=2025-06-30");
    expect(items).toMatchObject([
      { effective: "2025-07-01", part: "whole", share: null, unit: { code: "00097" } },
    ]);
    const split = await get<Steps>("commune/00022/successors?on=2025-06-30");
    expect(split.items.length).toBeGreaterThan(1);
    expect(new Set(split.items.map(({ part, share }) => `${part} ${share}`))).toEqual(
      new Set(["split null"]),
    );
  });

  test("of a district follows from its communes", async () => {
    const { items } = await get<Steps>("district/001/successors?on=2025-06-30");
    expect(items.length).toBeGreaterThan(1);
    expect(new Set(items.map(({ part, unit }) => `${part} ${unit.level}`))).toEqual(
      new Set(["split commune"]),
    );
    expect(await get("district/755/successors?on=2025-06-30")).toMatchObject({
      items: [{ part: "whole", unit: { code: "26732", full_name_vi: "Đặc khu Côn Đảo" } }],
    });
  });

  test("can be asked the other way round, page by page and as CSV", async () => {
    const all = await get<Steps>("commune/00004/predecessors");
    expect(all.items).toHaveLength(10);
    const first = await get<Steps>("commune/00004/predecessors?limit=7");
    const rest = await get<Steps>(`commune/00004/predecessors?limit=7&cursor=${first.next_cursor}`);
    expect([...first.items, ...rest.items]).toEqual(all.items);
    const csv = await app.request("/api/v1/units/commune/00004/predecessors?format=csv");
    expect(csv.headers.get("content-type")).toMatch(/^text\/csv/);
    const lines = (await csv.text()).trim().split("\r\n");
    expect(lines).toHaveLength(11);
    expect(lines[0]).toContain("unit.full_name_vi");
    expect(await get("province/08/predecessors")).toMatchObject({
      items: [
        { part: "whole", unit: { code: "02" } },
        { part: "whole", unit: { code: "08" } },
      ],
    });
  });
});

describe("the vintage of a list", () => {
  const ask = (body: unknown, withKey = key) =>
    app.request("/api/v1/units/vintage", json("POST", body, withKey));
  const pairs = [
    { code: "00004", name: "Phường Trúc Bạch" },
    { code: "00001", name: "phường  Phúc Xá" },
    { code: "25270", name: "TT. Lộc Ninh" },
  ];

  test("is the one whose names stand beside the codes, with the share of each", async () => {
    const answer = await ask({ pairs });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({
      pairs: 3,
      best: { from: "2025-03-01", to: "2025-07-01", known: 3, fits: 3, fits_ratio: 1 },
      vintages: [
        { from: "2025-03-01", known_ratio: 1 },
        { from: "2025-07-01", known: 2, fits: 0, fits_ratio: 0 },
        { from: "2026-04-30" },
        { from: "2026-09-20", to: null },
      ],
    });
    const present = await ask({ pairs: [{ code: "00004", name: "Ba Đình" }, { code: "00008" }] });
    expect(await present.json()).toMatchObject({
      best: { from: "2026-09-20", to: null, fits: 1, fits_ratio: 0.5, known_ratio: 1 },
    });
  });

  test("needs a key, a list, and no more than can be looked at", async () => {
    expect((await app.request("/api/v1/units/vintage", json("POST", { pairs }))).status).toBe(401);
    expect((await problemOf(await ask({ pairs: [] }))).errors?.[0]?.field).toBe("body.pairs");
    expect((await problemOf(await ask({ pairs, day: "x" }))).errors?.[0]?.field).toBe("body.day");
    const many = Array.from({ length: 12_001 }, () => ({ code: "00004" }));
    expect((await ask({ pairs: many })).status).toBe(400);
    const large = Array.from({ length: 12_000 }, () => ({ code: "00004", name: "x".repeat(100) }));
    expect((await ask({ pairs: large })).status).toBe(413);
  });
});

test("provinces and communes of days before the reform are those of then", async () => {
  const answer = await app.request("/api/v1/provinces?on=2025-06-30&format=json&limit=100");
  const { items } = (await answer.json()) as { items: { code: string; communes: number }[] };
  expect(items).toHaveLength(63);
  expect(items.find(({ code }) => code === "01")?.communes).toBe(526);
  const communes = await app.request("/api/v1/communes?on=2025-06-30&province=24&limit=1");
  expect(await communes.json()).toMatchObject({
    items: [{ province: { code: "24", name_vi: "Bắc Giang" } }],
  });
  const city = await app.request("/api/v1/provinces?on=2026-04-29&limit=100");
  const then = (await city.json()) as { items: { code: string; full_name_vi: string }[] };
  expect(then.items.find(({ code }) => code === "75")?.full_name_vi).toBe("Tỉnh Đồng Nai");
});
