import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
const keys = { reader: "", operator: "", health: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
});
beforeEach(async () => {
  await opened.db.deleteFrom("digest_recipient").execute();
  app = await startApp(opened.db);
});
afterEach(() => app.stop());
afterAll(() => opened.close());

const path = (agency: string) => `/api/v1/agencies/${agency}/digest-recipients`;
const add = (body: object, key = keys.health, agency = "ministry-yte") =>
  app.request(path(agency), json("POST", body, key));
const list = (key = keys.health, agency = "ministry-yte") => app.request(path(agency), { key });
const items = async () => ((await (await list()).json()) as { items: { id: number }[] }).items;

test("an agency's key says who gets its digest, and takes them off again", async () => {
  const made = await add({ address: "ict@yte.example.gov.vn" });
  expect(made.status).toBe(201);
  const recipient = (await made.json()) as { id: number };
  expect(recipient).toMatchObject({ address: "ict@yte.example.gov.vn", lang: "vi", last: null });
  expect(await items()).toEqual([recipient]);
  const remove = () =>
    app.request(`${path("ministry-yte")}/${recipient.id}`, { method: "DELETE", key: keys.health });
  expect((await remove()).status).toBe(204);
  expect((await remove()).status).toBe(404);
  expect(await items()).toEqual([]);
  expect(await listAudit(opened.db, { limit: 2, objectType: "digest_recipient" })).toMatchObject([
    { action: "delete", before: { agency: "ministry-yte", address: "ict@yte.example.gov.vn" } },
    { action: "create", after: { agency: "ministry-yte", lang: "vi" } },
  ]);
});

test("what became of the last digest is told", async () => {
  const { id } = (await (await add({ address: "ict@yte.example.gov.vn" })).json()) as {
    id: number;
  };
  const at = new Date("2026-11-02T01:00:00Z");
  const delivery = { recipient_id: id, state: "failed" as const, attempts: 2, at };
  await opened.db
    .insertInto("digest_delivery")
    .values([
      { ...delivery, month: "2026-09-01" },
      { ...delivery, month: "2026-10-01", error: "EENVELOPE 550 no such user" },
    ])
    .execute();
  expect(await items()).toMatchObject([
    {
      last: {
        month: "2026-10-01",
        state: "failed",
        attempts: 2,
        at: "2026-11-02T01:00:00.000Z",
        error: "EENVELOPE 550 no such user",
        retry_at: null,
      },
    },
  ]);
});

test("readers, strangers and other agencies neither see nor change the addresses", async () => {
  for (const [key, agency, status] of [
    ["", "ministry-yte", 401],
    [keys.reader, "ministry-yte", 403],
    [keys.health, "province-46", 403],
    [keys.operator, "no-such", 404],
  ] as const) {
    expect((await list(key, agency)).status).toBe(status);
    expect((await add({ address: "a@b.vn" }, key, agency)).status).toBe(status);
  }
});

test("an address is one plain mailbox, in the list once, and the list is short", async () => {
  for (const address of ["x", "a@b.vn\nBcc: c@d.vn", "A <a@b.vn>", "a@b.vn,c@d.vn", ""]) {
    const refused = await add({ address });
    expect(refused.status).toBe(400);
    expect((await problemOf(refused)).errors?.[0]?.field).toBe("body.address");
  }
  expect((await add({ address: "a@b.vn" })).status).toBe(201);
  expect((await add({ address: "A@B.vn", lang: "en" })).status).toBe(409);
  for (let count = 1; count < 20; count += 1) await add({ address: `a${count}@b.vn` });
  expect((await add({ address: "last@b.vn" })).status).toBe(409);
  expect(await items()).toHaveLength(20);
});
