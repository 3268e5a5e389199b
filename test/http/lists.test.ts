import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildWorld, STATES } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let admin: string;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
  admin = await makeKey(opened.db, "admin");
  app = await startApp(opened.db, { publicRead: "all" });
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

interface ListBody {
  items: Record<string, unknown>[];
  next_cursor: string | null;
}
const get = (path: string, headers: Record<string, string> = {}) =>
  app.request(path, { headers, key: admin });
const listOf = async (path: string) => (await (await get(path)).json()) as ListBody;

const LISTS = [
  "/api/v1/portals",
  "/api/v1/portals?sort=name",
  "/api/v1/portals/half/results",
  "/api/v1/agencies",
  "/api/v1/provinces",
  "/api/v1/communes",
  "/api/v1/audit-log",
];
const EMPTY = [
  "/api/v1/portals/half/latency",
  "/api/v1/job-runs",
  "/api/v1/portals?q=nothing-such",
];

const withQuery = (path: string, query: string) =>
  `${path}${path.includes("?") ? "&" : "?"}${query}`;

describe.each(LISTS)("the list %s", (path) => {
  test("in pages of two holds every row once, in one order", async () => {
    const whole = await listOf(path);
    expect(whole.next_cursor).toBeNull();
    const seen: unknown[] = [];
    let cursor: string | null = null;
    do {
      const more: string = cursor === null ? "" : `&cursor=${cursor}`;
      const page = await listOf(withQuery(path, `limit=2${more}`));
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor !== null);
    expect(seen).toEqual(whole.items);
    expect(seen.length).toBeGreaterThan(0);
  });

  test("names its next page in the Link header", async () => {
    const response = await get(withQuery(path, "limit=1"));
    const { next_cursor: cursor } = (await response.json()) as ListBody;
    const target = /^<(.*)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1] ?? "";
    expect(new URL(target, app.url).searchParams.get("cursor")).toBe(cursor);
    expect((await get(target)).status).toBe(200);
  });

  test("as CSV holds the same rows, whole unless a limit is given", async () => {
    const whole = await listOf(path);
    const response = await get(withQuery(path, "format=csv"));
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(response.headers.get("content-disposition")).toMatch(
      /^attachment; filename="[\w-]+\.csv"$/,
    );
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(bytes.toString()).toContain("\r\n");
    expect(parse(bytes, { bom: true, columns: true })).toHaveLength(whole.items.length);
    const one = await (await get(withQuery(path, "format=csv&limit=1"))).text();
    expect(parse(one, { bom: true, columns: true })).toHaveLength(1);
  });

  test.each([
    "limit=0",
    "limit=501",
    "limit=x",
    "limit=1&limit=2",
    "format=xml",
    "surprise=1",
    "cursor=",
  ])("refuses %s and names the field", async (query) => {
    const response = await get(withQuery(path, query));
    expect(response.status).toBe(400);
    const { errors } = await problemOf(response);
    expect(errors?.[0]?.field).toBe(`query.${query.split("=")[0]}`);
  });

  test("refuses a cursor that was changed anywhere, or belongs to another list", async () => {
    const { next_cursor: cursor } = await listOf(withQuery(path, "limit=1"));
    const good = cursor ?? "";
    const spoilt = Array.from(good, (char, index) => {
      const other = char === "A" ? "B" : "A";
      return good.slice(0, index) + other + good.slice(index + 1);
    });
    for (const bad of [
      ...spoilt.filter((_, index) => index % 5 === 0),
      good.slice(0, -1),
      `${good}A`,
    ]) {
      const response = await get(withQuery(path, `cursor=${encodeURIComponent(bad)}`));
      expect(response.status).toBe(400);
    }
    const foreign = path.startsWith("/api/v1/agencies") ? "/api/v1/provinces" : "/api/v1/agencies";
    expect((await get(`${foreign}?cursor=${good}`)).status).toBe(400);
  });
});

test.each(EMPTY)("the list %s may be empty, as JSON and as CSV with its header", async (path) => {
  expect(await listOf(path)).toEqual({ items: [], next_cursor: null });
  const csv = await (await get(withQuery(path, "format=csv"))).text();
  expect(csv.trimEnd().split("\r\n")).toHaveLength(1);
  expect(csv).toMatch(/^\uFEFF?(id|start),/);
});

describe("the format", () => {
  test.each([
    ["application/json", "application/json"],
    ["text/csv", "text/csv; charset=utf-8; header=present"],
    ["text/*", "text/csv; charset=utf-8; header=present"],
    ["*/*", "application/json"],
    ["text/html, application/json;q=0.9", "application/json"],
    ["application/json;q=0.5, text/csv", "text/csv; charset=utf-8; header=present"],
    ["application/json;q=0, */*", "text/csv; charset=utf-8; header=present"],
  ])("for Accept: %s is %s", async (accept, type) => {
    const response = await get("/api/v1/agencies", { Accept: accept });
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("vary")).toBe("Accept");
    await response.body?.cancel();
  });

  test.each(["/api/v1/agencies", "/api/v1/portals/half", "/api/v1/keys", "/api/v1/vantage-points"])(
    "of %s is refused with 406 where the client takes none that there is",
    async (path) => {
      const response = await get(path, { Accept: "image/png" });
      expect(response.status).toBe(406);
      expect((await problemOf(response)).detail).toContain("application/json");
    },
  );

  test("in the query wins over the Accept header", async () => {
    const response = await get("/api/v1/agencies?format=json", { Accept: "text/csv" });
    expect(response.headers.get("content-type")).toBe("application/json");
  });
});

describe("portals", () => {
  test.each([
    ["agency=province-01", ["hanoi"]],
    ["province=46", ["hue"]],
    ["kind=national-platform", ["dead"]],
    ["state=down", ["dead"]],
    ["lifecycle=retired", ["gone"]],
    ["q=%C4%90%C3%94", ["hue"]],
  ])("narrowed by %s are %j", async (query, ids) => {
    const { items } = await listOf(`/api/v1/portals?${query}`);
    expect(items.map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    "agency=A!",
    "province=1",
    "kind=x",
    "state=x",
    "lifecycle=x",
    "q=",
    "q=%00",
    "sort=x",
  ])("refuse the filter %s", async (query) => {
    const response = await get(`/api/v1/portals?${query}`);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.[0]?.field).toBe(`query.${query.split("=")[0]}`);
  });

  test("say their state and last runs", async () => {
    const { items } = await listOf("/api/v1/portals");
    expect(Object.fromEntries(items.map(({ id, state }) => [id, state]))).toEqual(STATES);
  });

  test("cannot smuggle a formula into the CSV", async () => {
    const csv = await (await get("/api/v1/portals?format=csv&q=half")).text();
    const [row] = parse(csv, { bom: true, columns: true }) as Record<string, string>[];
    expect(row?.["name_vi"]).toBe("'=1+1");
    expect(row?.["families.ip6.failure.kind"]).toBe("connect_refused");
  });
});

describe("one portal", () => {
  test("has everything; one that does not exist is 404 as are its lists", async () => {
    const response = await get("/api/v1/portals/half");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      id: "half",
      state: "degraded",
      expectation: {},
      addresses: expect.arrayContaining([
        expect.objectContaining({ family: "ip4", address: "192.0.2.1" }),
      ]),
    });
    for (const path of ["", "/results", "/latency"]) {
      const missing = await get(`/api/v1/portals/no-such${path}`);
      expect(missing.status).toBe(404);
      expect((await problemOf(missing)).detail).toContain("no-such");
    }
    expect((await get("/api/v1/portals/Not_A_Slug")).status).toBe(400);
    expect((await get("/api/v1/portals/half?x=1")).status).toBe(400);
  });

  test.each([
    ["results?family=ip6&outcome=fail", 3],
    ["results?from=2026-11-22T08:00:00Z", 2],
    ["results?to=2026-11-22T15:00:00%2B07:00", 4],
  ])("has %s", async (path, count) => {
    expect((await listOf(`/api/v1/portals/half/${path}`)).items).toHaveLength(count);
  });

  test.each([
    "results?family=ip5",
    "results?from=yesterday",
    "results?from=0000-01-01T00:00:00Z",
    "latency?span=week",
    "latency?from=2026-02-30",
  ])("refuses %s", async (path) => {
    expect((await get(`/api/v1/portals/half/${path}`)).status).toBe(400);
  });
});

describe("places", () => {
  test("can be asked for on another day", async () => {
    expect((await listOf("/api/v1/provinces?on=2025-06-30")).items).toEqual([]);
    expect((await listOf("/api/v1/communes?province=01&q=ngoc")).items).toHaveLength(1);
    expect((await get("/api/v1/communes?on=2026-13-01")).status).toBe(400);
  });

  test("without a day are those of today in the reporting time zone", async () => {
    // 30 June 2025, 18:00 UTC, is 1 July in Viet Nam: the day on which the units of the world begin.
    const before = app.clock.now;
    app.clock.now = Date.parse("2025-06-30T16:59:59Z");
    expect((await listOf("/api/v1/provinces")).items).toEqual([]);
    app.clock.now = Date.parse("2025-06-30T17:00:00Z");
    expect((await listOf("/api/v1/provinces")).items).toHaveLength(2);
    app.clock.now = before;
  });

  test("vantage points say what they reach, and that portals may answer only inside Viet Nam", async () => {
    const { items } = await listOf("/api/v1/vantage-points");
    expect(items).toMatchObject([
      {
        name: "local",
        country: null,
        note: expect.stringContaining("inside Viet Nam"),
        families: { ip4: { healthy: true, source_address: "192.0.2.99" }, ip6: { healthy: false } },
      },
    ]);
  });
});
