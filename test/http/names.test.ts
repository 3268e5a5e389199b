import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let numbers: Awaited<ReturnType<typeof buildWorld>>;
let app: AppServer;
const keys = { reader: "", operator: "", health: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  numbers = await buildWorld(opened.db);
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
});
beforeEach(async () => {
  await opened.db.deleteFrom("seen_name").execute();
  await opened.db.deleteFrom("portal_confirmation").execute();
  app = await startApp(opened.db);
});
afterEach(() => app.stop());
afterAll(() => opened.close());

const sendList = (body: string, key = keys.operator, type = "text/csv") =>
  app.request("/api/v1/names/import", {
    method: "POST",
    body,
    headers: { "Content-Type": type },
    key,
  });
const names = async (query = "", key = keys.operator) => {
  const response = await app.request(`/api/v1/names${query}`, { key });
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: { host: string; state: string }[] }).items;
};
const decide = (host: string, body: object, key = keys.operator) =>
  app.request(`/api/v1/names/${host}/decision`, json("POST", body, key));
const see = (host: string, portal: number | null) =>
  opened.db
    .insertInto("seen_name")
    .values({
      host,
      how: "redirect",
      portal_id: portal,
      first_seen: new Date(0),
      last_seen: new Date(0),
    })
    .execute();

describe("a list of host names", () => {
  test("is taken row by row, and each bad row is told", async () => {
    const response = await sendList(
      "host,detail\r\nnew.gov.vn,Công văn 12\r\nWWW.new.gov.vn,\r\nhttps://x.gov.vn/,\r\nhalf.example.gov.vn,\r\na,b,c\r\n",
    );
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      accepted: 2,
      known: 1,
      refused: 2,
      faults: [
        { line: 4, column: "host", value: "https://x.gov.vn/", reason: "not a host name" },
        { line: 6, column: "", value: "a,b,c", reason: "3 cells instead of 2" },
      ],
    });
    expect(await names()).toMatchObject([
      { host: "new.gov.vn", how: "import", portal: null, state: "open" },
    ]);
    expect(await names("?state=listed")).toMatchObject([{ host: "half.example.gov.vn" }]);
    expect(await (await sendList("host\nnew.gov.vn\n")).json()).toMatchObject({
      accepted: 0,
      known: 1,
    });
  });

  test("with a wrong header, too many rows or another type is refused as a whole", async () => {
    const wrong = (await (await sendList("name\nx.gov.vn\n")).json()) as { faults: object[] };
    expect(wrong).toMatchObject({
      accepted: 0,
      refused: 1,
      faults: [{ column: "name" }, { column: "host" }],
    });
    const many = `host\n${Array.from({ length: 20_001 }, (_, at) => `h${at}.gov.vn`).join("\n")}`;
    expect(await (await sendList(many)).json()).toMatchObject({ accepted: 0, refused: 1 });
    expect((await sendList("host\n", keys.operator, "text/plain")).status).toBe(415);
    expect((await sendList(`host\n${"x".repeat(1_100_000)}`)).status).toBe(413);
    expect(await names()).toEqual([]);
  });

  test("is taken from operators without limits alone", async () => {
    for (const [key, status] of [
      ["", 401],
      [keys.reader, 403],
      [keys.health, 403],
    ] as const) {
      expect((await sendList("host\nx.gov.vn\n", key)).status).toBe(status);
    }
    expect(await names()).toEqual([]);
  });
});

describe("a name that was seen", () => {
  test("is declined with a reason, and then is no longer open", async () => {
    await see("mail.half.example.gov.vn", numbers.half);
    const response = await decide("mail.half.example.gov.vn", {
      decision: "declined",
      reason: "Máy chủ thư, không phải cổng",
    });
    expect(await response.json()).toMatchObject({
      state: "declined",
      decided_by: "operator for tests",
      reason: "Máy chủ thư, không phải cổng",
      portal: { id: "half" },
      agency: { id: "ministry-yte" },
    });
    expect(await names()).toEqual([]);
    expect(await names("?state=declined")).toHaveLength(1);
    expect(await listAudit(opened.db, { limit: 1 })).toMatchObject([
      {
        action: "decide",
        objectType: "seen_name",
        objectId: "mail.half.example.gov.vn",
        before: { decision: null },
        after: { decision: "declined" },
      },
    ]);
  });

  test("is listed as a portal, also after it was declined", async () => {
    await see("old.example.gov.vn", null);
    await decide("old.example.gov.vn", { decision: "declined", reason: "x" });
    const listed = await decide("old.example.gov.vn", { decision: "listed", portal: "hue" });
    expect(await listed.json()).toMatchObject({ state: "listed", portal: { id: "hue" } });
  });

  test("is decided by a key of the agency where it was seen, and by no other's", async () => {
    await see("mine.example.gov.vn", numbers.half);
    await see("theirs.example.gov.vn", numbers.hue);
    await see("nobodys.example.gov.vn", null);
    const declined = { decision: "declined", reason: "x" };
    expect((await decide("mine.example.gov.vn", declined, keys.health)).status).toBe(200);
    expect((await decide("theirs.example.gov.vn", declined, keys.health)).status).toBe(403);
    expect((await decide("nobodys.example.gov.vn", declined, keys.health)).status).toBe(403);
    const taken = { decision: "listed", portal: "half" };
    expect((await decide("nobodys.example.gov.vn", taken, keys.health)).status).toBe(403);
    expect(
      (await decide("mine.example.gov.vn", { ...taken, portal: "hue" }, keys.health)).status,
    ).toBe(403);
    expect((await names("?state=all", keys.health)).map(({ host }) => host)).toEqual([
      "mine.example.gov.vn",
    ]);
  });

  test("is not decided by readers, without a reason, or as a portal that is not there", async () => {
    await see("x.example.gov.vn", numbers.half);
    const path = "x.example.gov.vn";
    expect((await decide(path, { decision: "declined", reason: "x" }, keys.reader)).status).toBe(
      403,
    );
    expect((await decide(path, { decision: "declined" })).status).toBe(400);
    const unknown = await decide(path, { decision: "listed", portal: "no-such" });
    expect((await problemOf(unknown)).errors?.[0]?.field).toBe("body.portal");
    expect((await decide("no-such.gov.vn", { decision: "declined", reason: "x" })).status).toBe(
      404,
    );
    expect(await names()).toMatchObject([{ host: path, state: "open" }]);
    expect((await app.request("/api/v1/names")).status).toBe(401);
  });
});

describe("the list of portals", () => {
  const confirm = (id: string, body: object, key = keys.operator) =>
    app.request(`/api/v1/portals/${id}/confirmations`, json("POST", body, key));
  const list = async (query = "", key = keys.reader) => {
    const response = await app.request(`/api/v1/confirmations${query}`, { key });
    expect(response.status).toBe(200);
    return (await response.json()) as { items: { id: string }[]; next_cursor: string | null };
  };

  test("shows the unconfirmed first, then the oldest confirmation, page by page", async () => {
    expect(
      (await confirm("half", { confirmed_by: "Nguyễn Văn A", source: "Công văn 1" })).status,
    ).toBe(204);
    app.clock.now += 1;
    await confirm("dead", { confirmed_by: "Trần Thị B" });
    app.clock.now += 1;
    await confirm("half", { confirmed_by: "Lê Văn C" });
    const seen: object[] = [];
    let cursor = "";
    do {
      const page = await list(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...page.items);
      cursor = page.next_cursor ?? "";
    } while (cursor !== "");
    expect(seen).toMatchObject([
      { id: "fresh", confirmed: null, confirmations: 0, source: "test" },
      { id: "gone" },
      { id: "hanoi" },
      { id: "hue" },
      { id: "slow" },
      { id: "stale" },
      { id: "dead", confirmed: { by: "Trần Thị B", source: null }, confirmations: 1 },
      { id: "half", confirmed: { by: "Lê Văn C" }, confirmations: 2 },
    ]);
    expect((await list("?confirmed=true")).items).toHaveLength(2);
    expect((await list("?confirmed=false&lifecycle=retired")).items).toMatchObject([
      { id: "gone" },
    ]);
    expect((await list("?province=46")).items).toMatchObject([{ id: "hue" }]);
    expect((await list("", keys.health)).items).toHaveLength(6);
    expect(await listAudit(opened.db, { limit: 1 })).toMatchObject([
      { action: "confirm", objectType: "portal", objectId: "half" },
    ]);
  });

  test("is confirmed by keys that cover the portal", async () => {
    const body = { confirmed_by: "x" };
    expect((await confirm("hue", body, keys.health)).status).toBe(403);
    expect((await confirm("half", body, keys.reader)).status).toBe(403);
    expect((await confirm("half", body, keys.health)).status).toBe(204);
    expect((await confirm("no-such", body)).status).toBe(404);
    expect((await confirm("half", { confirmed_by: " " })).status).toBe(400);
    expect((await app.request("/api/v1/confirmations")).status).toBe(401);
  });
});
