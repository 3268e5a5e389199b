import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { buildWorld } from "../reports/world.ts";
import { openTestDatabase } from "../support/database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let app: AppServer;
const keys = { reader: "", operator: "", health: "", hue: "" };
beforeAll(async () => {
  opened = await openTestDatabase();
  await buildWorld(opened.db);
  keys.reader = await makeKey(opened.db, "reader", { agency: "ministry-yte" });
  keys.operator = await makeKey(opened.db, "operator");
  keys.health = await makeKey(opened.db, "operator", { agency: "ministry-yte" });
  keys.hue = await makeKey(opened.db, "operator", { province: "46" });
});
beforeEach(async () => {
  await opened.db.deleteFrom("conversion_plan").execute();
  app = await startApp(opened.db);
  app.clock.now = Date.parse("2026-03-10T05:00:00Z");
});
afterEach(() => app.stop());
afterAll(() => opened.close());

const input = (change: object = {}) => ({
  number: "12/KH-BYT",
  title: "Kế hoạch chuyển đổi IPv6",
  issued_on: "2025-12-01",
  lead_unit: "Cục Công nghệ thông tin",
  cooperating_units: ["VNNIC"],
  due_on: "2026-12-31",
  phases: [
    { title: "Khảo sát", due_on: "2026-02-01", done_on: "2026-01-20" },
    { title: "Chuyển đổi", due_on: "2026-06-30" },
  ],
  ...change,
});
const create = (body: object, key = keys.health, agency = "ministry-yte") =>
  app.request(`/api/v1/agencies/${agency}/plans`, json("POST", body, key));
const created = async (body: object, key = keys.health, agency = "ministry-yte") => {
  const response = await create(body, key, agency);
  expect(response.status).toBe(201);
  return (await response.json()) as { id: number; state: string };
};
const change = (id: number, body: object, key = keys.health) =>
  app.request(`/api/v1/plans/${id}`, json("PATCH", body, key));
const list = async (query = "") => {
  const response = await app.request(`/api/v1/plans${query}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as { items: { number: string; state: string }[] }).items;
};

describe("a plan", () => {
  test("is registered by a key of its agency, shown to everyone, and in the audit log", async () => {
    const made = await created(input());
    expect(made).toMatchObject({
      agency: { id: "ministry-yte", name_vi: "Bộ Y tế" },
      number: "12/KH-BYT",
      cooperating_units: ["VNNIC"],
      state: "open",
      phases: [
        { title: "Khảo sát", done_on: "2026-01-20", overdue: false },
        { title: "Chuyển đổi", done_on: null, overdue: false },
      ],
    });
    expect(await list()).toMatchObject([{ number: "12/KH-BYT" }]);
    expect(await listAudit(opened.db, { limit: 1 })).toMatchObject([
      {
        actor: "operator for tests",
        action: "create",
        objectType: "conversion_plan",
        objectId: String(made.id),
        before: null,
        after: { number: "12/KH-BYT", phases: [{ title: "Khảo sát" }, {}] },
      },
    ]);
  });

  test("keeps its note for those who may see the findings of its agency", async () => {
    await created(input({ note: "trao đổi nội bộ", outcome: "đang làm" }));
    const seenBy = async (key?: string) => {
      const response = await app.request("/api/v1/plans", key === undefined ? {} : { key });
      const { items } = (await response.json()) as { items: { note: string; outcome: string }[] };
      return items.map(({ note, outcome }) => [note, outcome]);
    };
    expect(await seenBy()).toEqual([[null, "đang làm"]]);
    expect(await seenBy(keys.hue)).toEqual([[null, "đang làm"]]);
    expect(await seenBy(keys.reader)).toEqual([["trao đổi nội bộ", "đang làm"]]);
  });

  test("is refused to a reader, to another agency's key and without one", async () => {
    expect((await create(input(), keys.reader)).status).toBe(403);
    expect((await create(input(), "")).status).toBe(401);
    const other = await create(input(), keys.health, "province-46");
    expect((await problemOf(other)).detail).toBe("Your key is limited to the agency ministry-yte.");
    expect(other.status).toBe(403);
    expect((await create(input(), keys.hue)).status).toBe(403);
    expect((await create(input(), keys.operator, "no-such")).status).toBe(404);
    expect(await list()).toEqual([]);
  });

  test("of a province's agency can be written by a key of the province", async () => {
    const made = await created(input(), keys.hue, "province-46");
    expect((await change(made.id, { note: "x" }, keys.health)).status).toBe(403);
    expect(
      (await app.request(`/api/v1/plans/${made.id}`, { method: "DELETE", key: keys.health }))
        .status,
    ).toBe(403);
    expect((await change(made.id, { note: "x" }, keys.hue)).status).toBe(200);
  });

  test("changes what is named, keeps the rest, and replaces phases as a whole", async () => {
    const { id } = await created(input());
    const changed = await change(id, {
      outcome: "Xong",
      fulfilled_on: "2026-03-09",
      phases: [{ title: "Một", due_on: "2026-02-01" }],
    });
    expect(await changed.json()).toMatchObject({
      title: "Kế hoạch chuyển đổi IPv6",
      outcome: "Xong",
      state: "fulfilled",
      phases: [{ title: "Một" }],
    });
    const emptied = await change(id, { fulfilled_on: null, due_on: null });
    expect(await emptied.json()).toMatchObject({ fulfilled_on: null, state: "overdue" });
  });

  test("that is sent back as it was read writes nothing", async () => {
    const { id } = await created(input());
    await change(id, { title: input().title, due_on: "2026-12-31" });
    const entries = await listAudit(opened.db, {
      limit: 9,
      objectType: "conversion_plan",
      objectId: String(id),
    });
    expect(entries.map(({ action }) => action)).toEqual(["create"]);
  });

  test("has a number that its agency has once", async () => {
    await created(input());
    expect((await create(input())).status).toBe(409);
    await created(input(), keys.operator, "province-46");
    const { id } = await created(input({ number: "13" }));
    const taken = await change(id, { number: "12/KH-BYT" });
    expect((await problemOf(taken)).errors?.[0]?.field).toBe("body.number");
    expect(taken.status).toBe(409);
  });

  test("that is deleted is gone from the register and stays in the audit log", async () => {
    const { id } = await created(input());
    const remove = () => app.request(`/api/v1/plans/${id}`, { method: "DELETE", key: keys.health });
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
    expect(await list()).toEqual([]);
    const [entry] = await listAudit(opened.db, { limit: 1 });
    expect(entry).toMatchObject({ action: "delete", before: { number: "12/KH-BYT" } });
  });

  test.each([
    [{ issued_on: "2026-03-11" }, "body.issued_on"],
    [{ due_on: "2025-11-30" }, "body.due_on"],
    [{ fulfilled_on: "2026-03-11" }, "body.fulfilled_on"],
    [
      { phases: [{ title: "x", due_on: "2026-01-01", done_on: "2027-01-01" }] },
      "body.phases.0.done_on",
    ],
    [{ issued_on: "2026-02-30" }, "body.issued_on"],
    [{ issued_on: "0000-01-01" }, "body.issued_on"],
    [{ number: " " }, "body.number"],
    [{ surprise: 1 }, "body.surprise"],
    [
      { phases: Array.from({ length: 51 }, () => ({ title: "x", due_on: "2026-01-01" })) },
      "body.phases",
    ],
  ])("with %j is refused, naming the field", async (wrong, field) => {
    const response = await create(input(wrong));
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toContain(field);
  });
});

describe("the register", () => {
  test("says what was overdue on a day", async () => {
    await created(input());
    await created(
      input({ number: "2", due_on: "2026-01-31", phases: [] }),
      keys.operator,
      "province-46",
    );
    expect((await list("?state=overdue")).map(({ number }) => number)).toEqual(["2"]);
    expect((await list("?state=overdue&as_of=2026-01-31")).length).toBe(0);
    expect((await list("?state=overdue&as_of=2026-07-01")).map(({ number }) => number)).toEqual([
      "12/KH-BYT",
      "2",
    ]);
    expect(await list("?as_of=2025-11-30")).toEqual([]);
    expect(await list("?agency=province-46")).toMatchObject([{ number: "2" }]);
  });

  test("counts agencies with a plan and with all of it carried out", async () => {
    const shares = async (query = "") =>
      (await app.request(`/api/v1/plans/shares${query}`)).json() as Promise<object>;
    expect(await shares()).toMatchObject({
      as_of: "2026-03-10",
      issued: { numerator: 0, denominator: 3, ratio: 0 },
      without_plan: [{ id: "ministry-yte" }, { id: "province-01" }, { id: "province-46" }],
    });
    await created(input({ fulfilled_on: "2026-03-01" }));
    await created(input({ number: "2", due_on: "2026-03-01" }), keys.operator, "province-46");
    expect(await shares()).toMatchObject({
      issued: { numerator: 2, denominator: 3, ratio: 2 / 3 },
      fulfilled: { numerator: 1, denominator: 3 },
      overdue: { numerator: 1, denominator: 3 },
      without_plan: [{ id: "province-01", name_vi: "UBND thành phố Hà Nội" }],
    });
    expect(await shares("?as_of=2026-02-28")).toMatchObject({ fulfilled: { numerator: 0 } });
    expect(await shares("?issued_from=2026-01-01")).toMatchObject({ issued: { numerator: 0 } });
    expect(await shares("?issued_to=2025-12-31")).toMatchObject({ issued: { numerator: 2 } });
  });

  test("is had page by page and as CSV", async () => {
    for (const number of ["1", "2", "3"]) await created(input({ number }));
    const first = await app.request("/api/v1/plans?limit=2");
    const page = (await first.json()) as { items: object[]; next_cursor: string };
    expect(page.items.length).toBe(2);
    expect(await list(`?limit=2&cursor=${page.next_cursor}`)).toMatchObject([{ number: "3" }]);
    const csv = await (await app.request("/api/v1/plans?format=csv")).text();
    expect(csv.split("\r\n")[1]).toContain("ministry-yte,Bộ Y tế,1,");
  });
});
