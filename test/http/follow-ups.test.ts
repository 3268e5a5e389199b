import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { putFindings } from "../reports/findings.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
const keys = { reader: "", operator: "", health: "", other: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  const numbers = await buildWorld(opened.db);
  await putFindings(opened.db, [
    { portal: numbers.half },
    { portal: numbers.half, check: "D3", family: "", verdict: "pass", reason: "two_name_servers" },
    { portal: numbers.half, check: "H1", family: "ip6", verdict: "unknown", reason: "not_seen" },
    { portal: numbers.hue },
  ]);
  keys.reader = await makeKey(opened.db, "reader", { agency: "ministry-yte" });
  keys.operator = await makeKey(opened.db, "operator");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  keys.other = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
});
beforeEach(async () => {
  await opened.db.deleteFrom("follow_up").execute();
  app = await startApp(opened.db);
  app.clock.now = Date.parse("2026-03-10T20:00:00Z");
});
afterEach(() => app.stop());
afterAll(() => opened.close());

interface Entry {
  id: number;
  kind: string;
  state: string;
  text: string;
  withdrawn_at: string | null;
}
const add = (body: object, key = keys.health, path = "half/findings/W3") =>
  app.request(`/api/v1/portals/${path}/follow-ups`, json("POST", body, key));
const added = async (body: object, key = keys.health, path = "half/findings/W3") => {
  const response = await add(body, key, path);
  expect([await response.clone().text(), response.status]).toEqual([expect.any(String), 201]);
  return (await response.json()) as Entry;
};
const list = async (query = "", key = keys.health) => {
  const response = await app.request(`/api/v1/portals/half/follow-ups${query}`, { key });
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: Entry[] }).items;
};
const withdraw = (id: number, key: string) =>
  app.request(`/api/v1/follow-ups/${id}`, { method: "DELETE", key });

describe("an entry about a finding", () => {
  test("is a note, a responsible unit, a promise, an exemption or a reply by a key of the agency", async () => {
    const family = "ip6";
    await added({ kind: "note", text: "Đã gọi điện" });
    await added({ kind: "responsible", text: "Giao việc", responsible_unit: "Phòng hạ tầng" });
    await added({ kind: "promise", family, text: "Sẽ thay chứng thư", promised_on: "2026-03-31" });
    await added({ kind: "exemption", text: "Đang chuyển hệ thống", exempt_until: "2026-04-30" });
    const evidence_url = "https://half.example.gov.vn/cong-van.pdf";
    const reply = await added({ kind: "reply", text: "Chứng thư đã thay", evidence_url });
    expect(reply).toMatchObject({
      portal: { id: "half" },
      agency: { id: "ministry-yte" },
      check: "W3",
      family: null,
      evidence_url,
      actor: "operator for tests",
      created_at: "2026-03-10T20:00:00.000Z",
    });
    expect((await list()).map(({ kind, state }) => [kind, state])).toEqual([
      ["reply", "standing"],
      ["exemption", "in_force"],
      ["promise", "due"],
      ["responsible", "standing"],
      ["note", "standing"],
    ]);
    expect(await listAudit(opened.db, { limit: 1 })).toMatchObject([
      {
        action: "create",
        objectType: "follow_up",
        after: { portal: "half", check: "W3", kind: "reply" },
      },
    ]);
  });

  test("is refused to readers, to nobody, and to the key of another agency", async () => {
    const note = { kind: "note", text: "x" };
    expect((await add(note, "")).status).toBe(401);
    expect((await add(note, keys.reader)).status).toBe(403);
    const elsewhere = await add(note, keys.health, "hue/findings/W3");
    expect(elsewhere.status).toBe(403);
    expect((await problemOf(elsewhere)).detail).toContain("limited to the agency ministry-yte");
    expect(await list()).toEqual([]);
  });

  test("needs a finding of that check, over that family", async () => {
    const note = { kind: "note", text: "x" };
    expect((await add(note, keys.health, "half/findings/W8")).status).toBe(404);
    expect((await add({ ...note, family: "ip4" })).status).toBe(404);
    expect((await add(note, keys.health, "no-such/findings/W3")).status).toBe(404);
    expect((await add(note, keys.health, "half/findings/Z9")).status).toBe(400);
  });

  test("that is a reply is written by nobody but the agency", async () => {
    const refused = await add({ kind: "reply", text: "Không phải chúng tôi" }, keys.operator);
    expect(refused.status).toBe(403);
    expect((await problemOf(refused)).detail).toContain("the agency's own");
  });

  test.each([
    [{ kind: "promise", text: "x", promised_on: "2026-03-10" }, "body.promised_on"],
    [{ kind: "exemption", text: "x", exempt_until: "2026-03-10" }, "body.exempt_until"],
    [{ kind: "promise", text: "x" }, "body.promised_on"],
    [{ kind: "exemption", text: "", exempt_until: "2026-12-31" }, "body.text"],
    [{ kind: "responsible", text: "x" }, "body.responsible_unit"],
    [{ kind: "reply", text: "x", evidence_url: "javascript:alert(1)" }, "body.evidence_url"],
    [{ kind: "recheck", text: "x" }, "body.kind"],
    [{ kind: "note", text: "x", exempt_until: "2026-12-31" }, "body.exempt_until"],
  ])("%j is refused, naming the field", async (wrong, field) => {
    // 20:00 UTC is the next morning in Viet Nam: the tenth of March is past.
    const response = await add(wrong);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toContain(field);
  });

  test("says on later days that a promise is overdue or kept, and that an exemption ended", async () => {
    await added({ kind: "promise", text: "x", promised_on: "2026-03-31" });
    await added({ kind: "exemption", text: "x", exempt_until: "2026-03-31" });
    await added(
      { kind: "promise", text: "x", promised_on: "2026-03-31" },
      keys.health,
      "half/findings/D3",
    );
    await added(
      { kind: "promise", text: "x", promised_on: "2026-03-31" },
      keys.health,
      "half/findings/H1",
    );
    app.clock.now = Date.parse("2026-04-01T05:00:00Z");
    expect((await list()).map(({ state }) => state)).toEqual([
      "unclear",
      "kept",
      "ended",
      "overdue",
    ]);
    expect(await list("?state=overdue")).toMatchObject([{ kind: "promise", state: "overdue" }]);
    expect(await list("?kind=exemption&check=W3")).toMatchObject([{ state: "ended" }]);
  });
});

describe("withdrawing", () => {
  test("takes back one's own entry, which stays readable, once", async () => {
    const { id } = await added({ kind: "note", text: "Nhầm" });
    expect(await (await withdraw(id, keys.health)).json()).toMatchObject({
      withdrawn_at: "2026-03-10T20:00:00.000Z",
    });
    app.clock.now += 60_000;
    expect(await (await withdraw(id, keys.health)).json()).toMatchObject({
      withdrawn_at: "2026-03-10T20:00:00.000Z",
    });
    expect(await list()).toEqual([]);
    expect(await list("?withdrawn=true")).toMatchObject([{ text: "Nhầm" }]);
    const entries = await listAudit(opened.db, {
      limit: 9,
      objectType: "follow_up",
      objectId: String(id),
    });
    expect(entries.map(({ action }) => action)).toEqual(["withdraw", "create"]);
  });

  test("is refused for somebody else's entry, even by a key of the same agency", async () => {
    const { id } = await added({ kind: "note", text: "x" });
    expect((await withdraw(id, keys.other)).status).toBe(403);
    expect((await withdraw(id, keys.operator)).status).toBe(403);
    expect((await withdraw(id, keys.reader)).status).toBe(403);
    expect((await withdraw(999_999, keys.health)).status).toBe(404);
    expect(await list()).toMatchObject([{ withdrawn_at: null }]);
  });
});

describe("reading", () => {
  test("follows the rule for findings: a key that covers the portal, or everything public", async () => {
    const path = "/api/v1/portals/half/follow-ups";
    const hue = await makeKey(opened.db, "reader", { province: "46" });
    expect((await app.request(path)).status).toBe(401);
    expect((await app.request(path, { key: hue })).status).toBe(403);
    expect((await app.request(path, { key: keys.reader })).status).toBe(200);
    expect((await app.request("/api/v1/follow-ups")).status).toBe(401);
    const open = await startApp(opened.db, { publicRead: "all" });
    expect((await open.request(path)).status).toBe(200);
    expect((await open.request("/api/v1/follow-ups")).status).toBe(200);
    await open.stop();
  });

  test("of all entries shows a limited key its own part", async () => {
    await added({ kind: "note", text: "y tế" });
    await added({ kind: "note", text: "huế" }, keys.operator, "hue/findings/W3");
    const texts = async (key: string, query = "") => {
      const response = await app.request(`/api/v1/follow-ups${query}`, { key });
      return ((await response.json()) as { items: Entry[] }).items.map(({ text }) => text);
    };
    expect(await texts(keys.operator)).toEqual(["huế", "y tế"]);
    expect(await texts(keys.operator, "?agency=province-46")).toEqual(["huế"]);
    expect(await texts(keys.health)).toEqual(["y tế"]);
  });
});
