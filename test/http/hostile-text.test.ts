import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { encodeCursor } from "../../src/http/lists/cursor.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let admin: string;
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
  admin = await makeKey(opened.db, "admin");
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const portal = (change: object) => ({
  url: "https://wild.example.gov.vn/",
  name_vi: "Cổng",
  kind: "portal",
  agency: "ministry-yte",
  ...change,
});
const post = (path: string, body: object) => app.request(path, json("POST", body, admin));

describe.each([
  ["NUL", "a\0b"],
  ["half a surrogate pair", "\u{d800}"],
])("%s, which no database holds, is refused by its place", (_, text) => {
  test.each([
    [{ name_vi: text }, "body.name_vi"],
    [{ note: text }, "body.note"],
    [{ expectation: { body_text: text } }, "body.expectation.body_text"],
    [
      { expectation: { json_path: { path: "$.a", equals: text } } },
      "body.expectation.json_path.equals",
    ],
  ])("in a portal with %j", async (change, field) => {
    const response = await post("/api/v1/portals", portal(change));
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toEqual([field]);
    const changed = await app.request("/api/v1/portals/half", json("PATCH", change, admin));
    expect(changed.status).toBe(400);
  });

  test("in the label of a key", async () => {
    const response = await post("/api/v1/keys", { label: text, role: "reader" });
    expect(response.status).toBe(400);
  });
});

test("a body of fifty thousand wrong fields has twenty of them named", async () => {
  const body = Object.fromEntries(Array.from({ length: 50_000 }, (_, at) => [`k${at}`, 1]));
  const response = await post("/api/v1/portals", body);
  expect(response.status).toBe(400);
  expect((await problemOf(response)).errors).toHaveLength(20);
});

test("names of control characters, and of 300 letters that unfold, do not end the list by name", async () => {
  for (const [id, name] of [
    ["wild-tab", "! a\tb\nc"],
    ["wild-long", `! ${"각".repeat(298)}`],
  ] as const) {
    const made = await post(
      "/api/v1/portals",
      portal({ id, url: `https://${id}.example.gov.vn/`, name_vi: name }),
    );
    expect(made.status).toBe(201);
  }
  const seen: string[] = [];
  let cursor: string | null = "";
  while (cursor !== null) {
    const more: string = cursor === "" ? "" : `&cursor=${cursor}`;
    const response = await app.request(`/api/v1/portals?sort=name&limit=1${more}`);
    expect(response.status).toBe(200);
    const page = (await response.json()) as { items: { id: string }[]; next_cursor: string | null };
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.next_cursor;
  }
  expect(seen.slice(0, 2).toSorted()).toEqual(["wild-long", "wild-tab"]);
  expect(new Set(seen).size).toBe(seen.length);
});

describe("a cursor that somebody made up", () => {
  const instant = "2026-11-22T00:00:00.000Z";
  test.each<[string, string, readonly (string | number)[]]>([
    ["/api/v1/portals", "/api/v1/portals?", ["a\0"]],
    ["/api/v1/portals/half/results", "/api/v1/portals/half/results?", [instant, "ip4", 32_768, 0]],
    ["/api/v1/portals/half/results", "/api/v1/portals/half/results?", [instant, "ip4", 1, 32_768]],
    [
      "/api/v1/portals/half/results",
      "/api/v1/portals/half/results?",
      ["0000-01-01T00:00:00.000Z", "ip4", 1, 0],
    ],
    [
      "/api/v1/portals/half/latency?span=day",
      "/api/v1/portals/half/latency?span=day",
      ["0000-01-01", "ip4", 1],
    ],
    ["/", "home []", ["a\0", "b"]],
  ])("for %s as %s at %j is refused, and no fault of ours", async (path, list, position) => {
    const sign = path.includes("?") ? "&" : "?";
    const response = await app.request(`${path}${sign}cursor=${encodeCursor(list, position)}`);
    expect(response.status).toBe(400);
    expect(app.logged).toEqual([]);
  });
});
