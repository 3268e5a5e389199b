import { afterAll, beforeAll, expect, test } from "vitest";
import { type Outages, putOutages } from "../reports/outages.ts";
import { buildWorld, START } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let outages: Outages;
const keys = { operator: "", reader: "", health: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  outages = await putOutages(opened.db, await buildWorld(opened.db));
  keys.operator = await makeKey(opened.db, "operator");
  keys.reader = await makeKey(opened.db, "reader");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  app = await startApp(opened.db, { channels: [{ name: "ops", kind: "webhook" }] });
  await put("opened", "sent", 0);
  await put("escalated", "dead", 1);
  await put("changed", "pending", 2);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

async function put(
  event: "opened" | "escalated" | "changed",
  state: "sent" | "dead" | "pending",
  minute: number,
) {
  const at = new Date(START + minute * 60_000);
  await opened.db
    .insertInto("notification")
    .values({
      incident_id: outages.dead,
      event,
      channel: "ops",
      dedupe_key: `${outages.dead}:${event}`,
      message: JSON.stringify({ version: 1, event, secret: "of the message" }),
      state,
      next_at: at,
      created_at: at,
      error: state === "dead" ? "HTTP 500" : null,
    })
    .execute();
}

const list = async (query = "") => {
  const response = await app.request(`/api/v1/notifications${query}`, { key: keys.operator });
  expect(response.status).toBe(200);
  return (await response.json()) as { items: { id: number; event: string }[]; next_cursor: string };
};
const post = (path: string, body?: object, key = keys.operator) =>
  app.request(`/api/v1/notifications/${path}`, json("POST", body, key));

test("the outbox has the latest first, with what each is about", async () => {
  const { items } = await list();
  expect(items).toMatchObject([
    { event: "changed", state: "pending" },
    { event: "escalated", state: "dead", error: "HTTP 500", next_at: null },
    { event: "opened", state: "sent", about: { kind: "down", portal: { id: "dead" } } },
  ]);
  expect(JSON.stringify(items)).not.toContain("of the message");
  const page = await list("?limit=1");
  expect((await list(`?limit=1&cursor=${page.next_cursor}`)).items[0]?.event).toBe("escalated");
});

test.each([
  ["?state=dead", ["escalated"]],
  ["?channel=ops&event=opened", ["opened"]],
  ["?channel=other", []],
  ["?incident=999", []],
])("%s chooses among them", async (query, events) => {
  expect((await list(query)).items.map(({ event }) => event)).toEqual(events);
});

test("it is for operators whose key has no limit", async () => {
  const status = async (key: string) =>
    (await app.request("/api/v1/notifications", { key })).status;
  expect([await status(""), await status(keys.reader), await status(keys.health)]).toEqual([
    401, 403, 403,
  ]);
  expect((await post("1/retry", undefined, keys.health)).status).toBe(403);
  expect((await post("test", { channel: "ops" }, keys.reader)).status).toBe(403);
  const wrong = await app.request("/api/v1/notifications?surprise=1", { key: keys.operator });
  expect(wrong.status).toBe(400);
});

test("what was given up is tried again, and nothing else", async () => {
  const [dead] = (await list("?state=dead")).items;
  const retried = await post(`${dead?.id}/retry`);
  expect(await retried.json()).toMatchObject({
    state: "pending",
    next_at: new Date(app.clock.now).toISOString(),
  });
  expect((await post(`${dead?.id}/retry`)).status).toBe(409);
  expect((await post("99999/retry")).status).toBe(404);
});

test("a test message goes into the outbox of a channel that there is", async () => {
  const sent = await post("test", { channel: "ops" });
  expect(sent.status).toBe(202);
  expect(await sent.json()).toMatchObject({
    event: "test",
    channel: "ops",
    state: "pending",
    incident: null,
    about: { portal: null },
  });
  const unknown = await post("test", { channel: "nobody" });
  expect((await problemOf(unknown)).errors).toEqual([
    { field: "body.channel", detail: "must be one of: ops" },
  ]);
});
