import { afterAll, beforeAll, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { type Outages, putOutages } from "../reports/outages.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
let outages: Outages;
const keys = { operator: "", health: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  outages = await putOutages(opened.db, await buildWorld(opened.db));
  keys.operator = await makeKey(opened.db, "operator");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  app = await startApp(opened.db, { publicRead: "none" });
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const status = async () => {
  const response = await app.request("/api/v1/status");
  expect(response.status).toBe(200);
  return (await response.json()) as { portals: { id: string }[]; notes: { id: number }[] };
};
const choose = (portals: readonly string[], key = keys.operator) =>
  app.request("/api/v1/status/portals", json("PUT", { portals }, key));
const addNote = (body: object, key = keys.operator) =>
  app.request("/api/v1/status/notes", json("POST", body, key));

test("everyone sees nothing until the operator has chosen, even where reading needs a key", async () => {
  expect(await status()).toMatchObject({ portals: [], notes: [], made_up: false });
  expect((await app.request("/api/v1/incidents")).status).toBe(401);
});

test("everyone sees the chosen portals in their order, their open incidents in plain words, and no more", async () => {
  expect((await choose(["half", "hanoi"])).status).toBe(204);
  expect((await status()).portals).toEqual([
    {
      id: "half",
      name_vi: "=1+1",
      name_en: null,
      url: "https://half.example.gov.vn/",
      state: "degraded",
      incidents: [
        {
          kind: "down",
          severity: "minor",
          family: "ip6",
          opened_at: expect.any(String),
          says: {
            vi: "Hiện không truy cập được qua IPv6; qua IPv4 vẫn được.",
            en: "It cannot be reached over IPv6 at present; over IPv4 it can.",
          },
        },
      ],
    },
    expect.objectContaining({
      id: "hanoi",
      state: "up",
      incidents: [expect.objectContaining({ kind: "certificate" })],
    }),
  ]);
  expect(await listAudit(opened.db, { limit: 1 })).toMatchObject([
    { objectType: "status_page", before: { portals: [] }, after: { portals: ["half", "hanoi"] } },
  ]);
  await choose(["half", "hanoi"]);
  expect(await listAudit(opened.db, { limit: 9, objectType: "status_page" })).toHaveLength(1);
  expect((await choose(["hanoi"])).status).toBe(204);
  expect((await status()).portals.map(({ id }) => id)).toEqual(["hanoi"]);
});

test("a note stands there until it is ended", async () => {
  const made = await addNote({ text_vi: "Đang khắc phục.", incident: outages.half });
  expect(made.status).toBe(201);
  const { id } = (await made.json()) as { id: number };
  expect((await status()).notes).toMatchObject([{ id, text_vi: "Đang khắc phục.", text_en: null }]);
  const end = () =>
    app.request(`/api/v1/status/notes/${id}/end`, { method: "POST", key: keys.operator });
  expect((await end()).status).toBe(204);
  expect((await end()).status).toBe(204);
  expect((await status()).notes).toEqual([]);
});

test("is written by operators whose key has no limit", async () => {
  expect((await choose(["half"], "")).status).toBe(401);
  expect((await choose(["half"], keys.health)).status).toBe(403);
  expect((await addNote({ text_vi: "x" }, keys.health)).status).toBe(403);
  const missing = await app.request("/api/v1/status/notes/999/end", {
    method: "POST",
    key: keys.operator,
  });
  expect(missing.status).toBe(404);
});

test("refuses what does not exist, naming the field", async () => {
  const fields = async (response: Response) => {
    expect(response.status).toBe(400);
    return (await problemOf(response)).errors?.map(({ field }) => field);
  };
  expect(await fields(await choose(["half", "nowhere"]))).toEqual(["body.portals.1"]);
  expect(await fields(await addNote({ text_vi: "x", incident: 99_999 }))).toEqual([
    "body.incident",
  ]);
  expect(await fields(await addNote({ text_vi: " " }))).toEqual(["body.text_vi"]);
  expect((await app.request("/api/v1/status?surprise=1")).status).toBe(400);
});
