import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LiveEvent } from "../../src/domain/live.ts";
import { type Outages, putOutages } from "../reports/outages.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let outages: Outages;
const keys = { reader: "", operator: "", health: "", hue: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  outages = await putOutages(opened.db, await buildWorld(opened.db));
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  keys.hue = await makeKey(opened.db, "operator", { province: "46" });
  app = await startApp(opened.db);
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

interface Item {
  readonly id: number;
  readonly cause?: string;
  readonly subject?: { type: string; name: string };
}
const list = async (query = "", key = keys.reader) => {
  const response = await app.request(`/api/v1/incidents${query}`, { key });
  expect(response.status).toBe(200);
  return (await response.json()) as { items: Item[]; next_cursor: string | null };
};
const ids = async (query: string) => (await list(query)).items.map(({ id }) => id);
const one = async (id: number, key = keys.reader) => {
  const response = await app.request(`/api/v1/incidents/${id}`, { key });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
};
const post = (path: string, body?: object, key = keys.operator) =>
  app.request(`/api/v1/incidents/${path}`, json("POST", body, key));

describe("the list of incidents", () => {
  test("has the latest opening first and goes on where a page ended", async () => {
    const { dead, half, certificate, parent, vantage, past } = outages;
    const all = [half, dead, parent, vantage, certificate, past];
    expect(await ids("")).toEqual(all);
    const first = await list("?limit=4");
    expect(first.items.map(({ id }) => id)).toEqual(all.slice(0, 4));
    expect(await ids(`?limit=4&cursor=${first.next_cursor}`)).toEqual(all.slice(4));
  });

  test.each<[string, (keyof Outages)[]]>([
    ["?open=false", ["past"]],
    ["?open=true&kind=down", ["half", "dead", "parent"]],
    ["?severity=critical", ["dead"]],
    ["?portal=hue", ["certificate"]],
    ["?portal=dead", ["dead", "parent"]],
    ["?agency=ministry-yte&kind=degraded", ["past"]],
    ["?province=01", ["certificate"]],
    ["?to=2026-11-21T00:00:00Z", []],
    ["?from=2026-11-21T09:00:01Z&kind=degraded", []],
    ["?from=2026-11-21T00:00:00Z&to=2026-11-22T00:00:00Z&kind=degraded", ["past"]],
  ])("takes %s", async (query, expected) => {
    expect(await ids(query)).toEqual(expected.map((name) => outages[name]));
  });

  test("tells everyone that there is one, what kind, how bad and since when, and no more", async () => {
    const shown = await (
      await app.request("/api/v1/incidents?portal=dead&severity=critical")
    ).json();
    expect(shown).toEqual({
      items: [
        {
          id: outages.dead,
          kind: "down",
          severity: "critical",
          scope: "whole",
          family: null,
          portal: expect.objectContaining({ id: "dead", kind: "national-platform" }),
          opened_at: expect.any(String),
          resolved_at: null,
          duration_seconds: 150,
        },
      ],
      next_cursor: null,
    });
  });

  test("tells a limited key the details of its portals only", async () => {
    const { items } = await list("", keys.health);
    expect(items.filter(({ cause }) => cause !== undefined).map(({ id }) => id)).toEqual([
      outages.half,
      outages.dead,
      outages.past,
    ]);
  });

  test("is for keys alone where reading is, and all open where that is", async () => {
    const closed = await startApp(opened.db, { publicRead: "none" });
    expect((await closed.request("/api/v1/incidents")).status).toBe(401);
    await closed.stop();
    const open = await startApp(opened.db, { publicRead: "all" });
    const shown = await (await open.request(`/api/v1/incidents/${outages.parent}`)).json();
    await open.stop();
    expect(shown).toMatchObject({ subject: { type: "address", name: "203.0.113.10" } });
  });

  test("comes as CSV, and as XLSX without what the reader may not see", async () => {
    const csv = await (
      await app.request("/api/v1/incidents?format=csv", { key: keys.reader })
    ).text();
    expect(csv.split("\r\n")[1]).toMatch(/^\d+,down,minor,partial,ip6,half,/);
    const sheet = await app.request("/api/v1/incidents?format=xlsx");
    expect(sheet.headers.get("content-type")).toMatch(/spreadsheetml/);
    expect(
      Buffer.from(await sheet.arrayBuffer())
        .subarray(0, 2)
        .toString(),
    ).toBe("PK");
  });

  test.each(["?surprise=1", "?open=maybe", "?kind=fire", "?from=yesterday", "?cursor=x"])(
    "refuses %s",
    async (query) => {
      expect((await app.request(`/api/v1/incidents${query}`)).status).toBe(400);
    },
  );
});

describe("one incident", () => {
  test("has its timeline, how it was confirmed, and the runs around its opening with their evidence", async () => {
    expect(await one(outages.dead)).toMatchObject({
      parent: outages.parent,
      held: "child",
      confirmation: {
        vantages: ["local"],
        observations: 3,
        confirmations: 2,
        single_vantage: true,
      },
      timeline: [{ event: "opened", actor: null, facts: { cause: "x" } }],
      post_mortem: null,
    });
    const { runs } = (await one(outages.half)) as { runs: object[] };
    // One before the opening, and none that came long after the confirmation.
    expect(runs).toHaveLength(2);
    expect(runs[0]).toMatchObject({
      family: "ip6",
      outcome: "fail",
      phases_ms: { connect: expect.any(Number) },
      evidence: { addresses: expect.any(Array) },
    });
  });

  test("of several has its parts and its portals", async () => {
    expect(await one(outages.parent)).toMatchObject({
      child_incidents: [{ id: outages.dead }],
      member_portals: [{ id: "dead", to_at: null }],
    });
    const certificate = await one(outages.certificate);
    expect(certificate).toMatchObject({ member_portals: [{ id: "hanoi" }, { id: "hue" }] });
  });

  test("of several shows a limited key its own portals, and one without any no details", async () => {
    const own = await one(outages.certificate, keys.hue);
    expect(own).toMatchObject({ cause: "certificate_expiring", member_portals: [{ id: "hue" }] });
    expect(own["timeline"]).toEqual([]);
    await opened.db
      .updateTable("incident")
      .set({ post_mortem: "hanoi forgot it" })
      .where("id", "=", outages.certificate)
      .execute();
    expect((await one(outages.certificate, keys.hue))["post_mortem"]).toBeNull();
    expect(await one(outages.certificate, keys.health)).not.toHaveProperty("cause");
    expect(await one(outages.dead, "")).not.toHaveProperty("timeline");
  });

  test("that does not exist is 404", async () => {
    expect((await app.request("/api/v1/incidents/999999")).status).toBe(404);
    expect((await app.request("/api/v1/incidents/0")).status).toBe(400);
  });
});

describe("what people do to an incident", () => {
  const actions = ["acknowledge", "unacknowledge", "comments", "resolve"];
  const bodies: Record<string, object | undefined> = {
    acknowledge: {},
    comments: { text: "đang xử lý" },
    resolve: { reason: "nhầm" },
  };

  test.each(actions)("%s needs an operator's key for its portal", async (action) => {
    const send = (key: string) => post(`${outages.dead}/${action}`, bodies[action], key);
    expect((await send("")).status).toBe(401);
    expect((await send(keys.reader)).status).toBe(403);
    expect((await send(keys.hue)).status).toBe(403);
    expect((await post(`999999/${action}`, bodies[action])).status).toBe(404);
  });

  test("is told on the bus, written into the timeline and seen by whoever asks next", async () => {
    const told: LiveEvent[] = [];
    app.live.subscribe((event) => told.push(event));
    const until = new Date(app.clock.now + 3_600_000).toISOString();
    const body = { until, note: "đã gọi nhà mạng" };
    const answer = await post(`${outages.dead}/acknowledge`, body, keys.health);
    expect(await answer.json()).toMatchObject({
      acknowledged: { by: "operator for tests", until },
      timeline: [{}, { event: "acknowledged" }, { event: "commented", facts: { text: body.note } }],
    });
    expect(told).toEqual([{ type: "incidents", ids: [outages.dead] }]);
    app.clock.now += 2 * 3_600_000;
    expect(await one(outages.dead)).toMatchObject({ acknowledged: null });
    app.clock.now -= 2 * 3_600_000;
    const undone = await post(`${outages.dead}/unacknowledge`);
    expect(await undone.json()).toMatchObject({ acknowledged: null });
  });

  test("keeps what was learnt, and takes it away", async () => {
    const put = (text: string | null) =>
      app.request(
        `/api/v1/incidents/${outages.past}/post-mortem`,
        json("PUT", { text }, keys.operator),
      );
    expect(await (await put("Máy chủ hết bộ nhớ.")).json()).toMatchObject({
      post_mortem: "Máy chủ hết bộ nhớ.",
    });
    expect(await (await put(null)).json()).toMatchObject({ post_mortem: null });
  });

  test("ends an open one with its reason, and not twice", async () => {
    const resolved = await post(`${outages.vantage}/resolve`, { reason: "xong" });
    expect(await resolved.json()).toMatchObject({
      resolved_at: new Date(app.clock.now).toISOString(),
      closed_by: "person",
    });
    expect((await post(`${outages.vantage}/resolve`, { reason: "xong" })).status).toBe(409);
    expect((await post(`${outages.vantage}/acknowledge`, {})).status).toBe(409);
  });

  test.each<[string, object, string]>([
    ["acknowledge", { until: "2020-01-01T00:00:00Z" }, "body.until"],
    ["acknowledge", { until: 5 }, "body.until"],
    ["comments", { text: " " }, "body.text"],
    ["comments", { text: "x".repeat(2001) }, "body.text"],
    ["resolve", {}, "body.reason"],
    ["resolve", { reason: "x", surprise: 1 }, "body.surprise"],
  ])("%s refuses %j, naming the field", async (action, body, field) => {
    const response = await post(`${outages.half}/${action}`, body);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toEqual([field]);
  });
});
