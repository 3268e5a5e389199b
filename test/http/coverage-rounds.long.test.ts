import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readXlsx } from "hucre/xlsx";
import { addDenominators } from "../../src/store/coverage-denominators.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import {
  communesOf,
  householdFigure,
  recordFigures,
  withoutValue,
} from "../support/coverage-figures.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
const keys = { reader: "", operator: "", hanoi: "", agency: "" };
const AS_OF = "2026-09-30";
const DAYS = { as_of: AS_OF, opens_on: "2026-10-01", due_on: "2026-10-15" };
beforeAll(async () => {
  opened = await openCoverageDatabase();
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.hanoi = await makeKey(opened.db, "operator", { province: "01" });
  app = await startApp(opened.db);
  // Half past midnight in Hanoi, still the day before in UTC.
  app.clock.now = Date.parse("2026-10-19T17:30:00Z");
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

const ROUNDS = "/api/v1/coverage/rounds";
const send = (method: string, path: string, body: object, key = keys.operator) =>
  app.request(path, json(method, body, key));
interface Duty {
  readonly province: { code: string };
  readonly state: string;
  readonly days_late: number | null;
  readonly expected: number;
  readonly received: number;
}
interface Round {
  readonly id: number;
  readonly late: number;
  readonly states: Record<string, number>;
  readonly duties: Duty[];
}
const created = async (body: object) => {
  const response = await send("POST", ROUNDS, body);
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as Round;
};
const read = async (id: number, key = keys.reader) =>
  (await (await app.request(`${ROUNDS}/${id}`, { key })).json()) as Round;
const dutyOf = (round: Round, province: string) =>
  round.duties.find((duty) => duty.province.code === province);

/** Figures of the first communes of a province, all of them unless a number is given. */
async function report(province: string, at: string, asOf = AS_OF, count = Infinity) {
  const communes = (await communesOf(opened.db, province, asOf)).slice(0, count);
  const figures = communes.map(({ id }) => householdFigure(id, { asOf }));
  return recordFigures(opened.db, figures, { at });
}

describe("a round", () => {
  test("with two late provinces shows them", async () => {
    const provinces = ["01", "04", "08", "11"];
    const { id } = await created({
      ...DAYS,
      provinces,
      excused: [{ province: "11", reason: "Bão, chưa khôi phục liên lạc." }],
    });
    // In time by the clocks of Hanoi: the last minute of the due day there.
    const intime = await report("01", "2026-10-15T16:59:00Z");
    await report("04", "2026-10-16T01:00:00Z", AS_OF, 5);
    const round = await read(id);
    expect(round.late).toBe(2);
    expect(round.duties.filter(({ days_late: late }) => (late ?? 0) > 0)).toMatchObject([
      {
        province: { code: "04", name_vi: "Tỉnh Cao Bằng" },
        state: "partial",
        days_late: 5,
        received: 5,
      },
      { province: { code: "08" }, state: "owed", days_late: 5, received: 0, received_on: null },
    ]);
    const communes = await communesOf(opened.db, "01");
    expect(dutyOf(round, "01")).toMatchObject({
      state: "received",
      days_late: 0,
      expected: communes.length,
      received: communes.length,
      received_on: "2026-10-15",
      submissions: [{ id: intime, communes: communes.length }],
    });
    expect(dutyOf(round, "11")).toMatchObject({ state: "excused", days_late: null });
    expect(round.states).toEqual({ excused: 1, received: 1, in_review: 0, partial: 1, owed: 1 });
    await report("04", "2026-10-18T01:00:00Z");
    expect(dutyOf(await read(id), "04")).toMatchObject({
      state: "received",
      days_late: 3,
      submissions: [{ communes: 5 }, {}],
    });
  });

  test("owes for every province of its day unless it says which, and has its quarter alone", async () => {
    const other = { as_of: "2026-06-30", opens_on: "2026-07-01", due_on: "2026-07-15" };
    const round = await created({ ...other, note: "Quý II" });
    expect(round.duties).toHaveLength(34);
    expect(round.states["owed"]).toBe(34);
    const again = await problemOf(await send("POST", ROUNDS, other));
    expect(again).toMatchObject({ status: 409, errors: [{ field: "body.as_of" }] });
    const [entry] = await listAudit(opened.db, { limit: 1 });
    expect(entry).toMatchObject({ action: "create", objectType: "coverage_round" });
    const list = await app.request(`${ROUNDS}?limit=1`, { key: keys.reader });
    expect(await list.json()).toMatchObject({
      items: [{ quarter: "2026-Q3", provinces: 4, excused: 1 }],
      next_cursor: expect.any(String),
    });
  });

  test("counts communes that were reported by the codes of all their predecessors", async () => {
    const old = { as_of: "2025-06-30", opens_on: "2025-07-01", due_on: "2025-07-15" };
    // A round of the last day of the old units, and one of the first quarter of the new ones.
    expect((await created({ ...old })).duties).toHaveLength(63);
    const round = await created({
      as_of: "2025-09-30",
      opens_on: "2025-10-01",
      due_on: "2025-10-15",
      provinces: ["04"],
    });
    const [commune] = await communesOf(opened.db, "04", "2025-09-30");
    const before = await opened.db
      .selectFrom("admin_unit_event")
      .select("from_unit_id as id")
      .where("to_unit_id", "=", commune?.id ?? 0)
      .where("part", "is not", null)
      .execute();
    expect(before.length).toBeGreaterThan(1);
    const figures = before.map(({ id }) => householdFigure(id, { asOf: "2025-09-30" }));
    await recordFigures(opened.db, figures.slice(1), { at: "2025-10-02T00:00:00Z" });
    expect(dutyOf(await read(round.id), "04")?.received).toBe(0);
    await recordFigures(opened.db, figures.slice(0, 1), { at: "2025-10-03T00:00:00Z" });
    expect(dutyOf(await read(round.id), "04")).toMatchObject({ received: 1, state: "partial" });
  });

  test("takes no word, no projection and no figure of an operator for what is owed", async () => {
    const asOf = "2026-03-31";
    const round = await created({
      as_of: asOf,
      opens_on: "2026-04-01",
      due_on: "2026-04-15",
      provinces: ["08"],
      indicators: ["fibre_hh_passed", "fibre_hh_using"],
    });
    const [one, two, three, four] = await communesOf(opened.db, "08", asOf);
    const id = (unit: typeof one) => unit?.id ?? 0;
    await recordFigures(opened.db, [
      householdFigure(id(one), { asOf, ...withoutValue("not_collected") }),
      householdFigure(id(two), { asOf, basis: "projected" }),
      householdFigure(id(three), { asOf, source: "viettel" }),
      householdFigure(id(four), { asOf }),
    ]);
    expect(dutyOf(await read(round.id), "08")).toMatchObject({ received: 0, state: "owed" });
    await recordFigures(opened.db, [
      householdFigure(id(four), { asOf, indicator: "fibre_hh_using", numerator: 60 }),
    ]);
    expect(dutyOf(await read(round.id), "08")).toMatchObject({ received: 1, state: "partial" });
  });

  test("is not owed any more by a province whose last rows wait for review", async () => {
    const asOf = "2025-12-31";
    const days = { as_of: asOf, opens_on: "2026-01-01", due_on: "2026-01-15" };
    const round = await created({ ...days, provinces: ["08"] });
    const [first, ...others] = await communesOf(opened.db, "08", asOf);
    const figures = others.map(({ id }) => householdFigure(id, { asOf }));
    const submission = await recordFigures(opened.db, figures, { at: "2026-01-10T00:00:00Z" });
    const unit = first?.id ?? 0;
    await opened.db
      .insertInto("held_row")
      .values({
        submission_id: submission,
        sheet: null,
        row_number: 2,
        unit_id: unit,
        figures: JSON.stringify([householdFigure(unit, { asOf })]),
        rules: ["V21"],
        state: "pending",
        proposed_by: null,
        proposed_key_id: null,
        proposed_at: null,
        decided_by: null,
        decided_key_id: null,
        decided_at: null,
        reason: null,
      })
      .execute();
    expect(dutyOf(await read(round.id), "08")).toMatchObject({
      state: "in_review",
      days_late: 0,
      held: 1,
    });
  });

  test("is changed by an operator: other days, others excused", async () => {
    const round = await created({
      as_of: "2026-12-31",
      opens_on: "2027-01-01",
      due_on: "2027-01-15",
      provinces: ["01", "04"],
      excused: [{ province: "01", reason: "Thử" }],
    });
    const path = `${ROUNDS}/${round.id}`;
    const change = { due_on: "2027-01-31", excused: [{ province: "04", reason: "Lũ" }] };
    const changed = (await (await send("PATCH", path, change)).json()) as Round;
    expect(changed).toMatchObject({
      due_on: "2027-01-31",
      duties: [{ state: "owed" }, { state: "excused", excused_reason: "Lũ" }],
    });
    expect((await send("PATCH", path, { due_on: "2026-12-31" })).status).toBe(400);
    const stranger = { excused: [{ province: "08", reason: "?" }] };
    expect((await problemOf(await send("PATCH", path, stranger))).errors).toHaveLength(1);
    expect((await send("PATCH", `${ROUNDS}/9999`, change)).status).toBe(404);
  });

  test.each([
    [{ ...DAYS, as_of: "2026-08-31" }, "body.as_of"],
    [{ ...DAYS, as_of: "2027-03-31", due_on: "2027-03-31", opens_on: "2027-03-01" }, "body.due_on"],
    [{ ...DAYS, as_of: "2027-03-31", due_on: "2027-04-15", provinces: ["02"] }, "body.provinces"],
    [
      { ...DAYS, as_of: "2027-03-31", due_on: "2027-04-15", indicators: ["nix"] },
      "body.indicators",
    ],
  ])("is not opened as %j", async (body, field) => {
    const problem = await problemOf(await send("POST", ROUNDS, body));
    expect(problem.status).toBe(400);
    expect(problem.errors?.map((error) => error.field)).toContain(field);
  });

  test("is for keys, and a province's key sees how it stands itself", async () => {
    const [first] = (
      (await (await app.request(ROUNDS, { key: keys.reader })).json()) as { items: Round[] }
    ).items;
    expect((await app.request(`${ROUNDS}/${first?.id}`)).status).toBe(401);
    const own = await read(first?.id ?? 0, keys.hanoi);
    expect(own.duties.map(({ province }) => province.code)).toEqual(["01"]);
    expect((await send("POST", ROUNDS, DAYS, keys.hanoi)).status).toBe(403);
    expect((await send("POST", ROUNDS, DAYS, keys.reader)).status).toBe(403);
    expect((await app.request(`${ROUNDS}?x=1`, { key: keys.reader })).status).toBe(400);
  });
});

describe("contacts", () => {
  const CONTACTS = "/api/v1/coverage/contacts";
  test("are added and taken away by operators, by a province's key its own alone", async () => {
    const own = { province: "01", address: "sokhcn@hanoi.example.gov.vn" };
    const added = await send("POST", CONTACTS, own, keys.hanoi);
    expect(added.status).toBe(201);
    const { id } = (await added.json()) as { id: number };
    const twice = { ...own, address: own.address.toUpperCase() };
    expect((await send("POST", CONTACTS, twice, keys.hanoi)).status).toBe(409);
    const hue = { province: "46", address: "stttt@hue.example.gov.vn", lang: "en" };
    expect((await send("POST", CONTACTS, hue, keys.hanoi)).status).toBe(403);
    expect((await send("POST", CONTACTS, hue)).status).toBe(201);
    expect((await send("POST", CONTACTS, { ...hue, province: "15x" })).status).toBe(400);
    expect((await send("POST", CONTACTS, { ...hue, province: "02" })).status).toBe(400);
    expect((await send("POST", CONTACTS, { ...hue, address: "a b@c.vn" })).status).toBe(400);
    const list = await app.request(CONTACTS, { key: keys.hanoi });
    expect(await list.json()).toEqual({ items: [{ id, ...own, lang: "vi" }], next_cursor: null });
    expect((await app.request(`${CONTACTS}?province=46`, { key: keys.hanoi })).status).toBe(403);
    expect((await app.request(CONTACTS, { key: keys.reader })).status).toBe(403);
    const gone = { method: "DELETE", key: keys.hanoi };
    expect((await app.request(`${CONTACTS}/${id}`, gone)).status).toBe(204);
    expect((await app.request(`${CONTACTS}/${id}`, gone)).status).toBe(404);
  });
});

describe("the template", () => {
  const TEMPLATE = "/api/v1/coverage/template";
  const sheet = async (query: string) => {
    const response = await app.request(`${TEMPLATE}?${query}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toContain("coverage-04-2026-");
    return (await readXlsx(await response.bytes())).sheets[0]?.rows ?? [];
  };

  test("has the province's communes and what is asked for, with counts of one source", async () => {
    const communes = await communesOf(opened.db, "04");
    const count = (source: string, asOf: string, value: number) => (unit: { id: number }) => ({
      unitId: unit.id,
      kind: "households",
      asOf,
      value,
      source,
      sourceUrl: null,
    });
    await opened.db
      .transaction()
      .execute((trx) =>
        addDenominators(
          trx,
          [
            ...communes.map(count("Tổng điều tra", "2019-04-01", 900)),
            ...communes.slice(1).map(count("Cục Thống kê", "2026-04-01", 1000)),
          ],
          { reason: null, by: "test", now: new Date() },
        ),
      );
    const [header = [], first = [], second = []] = await sheet(
      `province=04&as_of=${AS_OF}&indicators=fibre_hh_passed,pop_4g`,
    );
    const households = header.indexOf("Số hộ");
    expect(header.length).toBe(11);
    // The later source lacks the first commune: nothing is filled in from the other one.
    expect([first[households], second[households]]).toEqual([null, 1000]);
    expect(first[3]).toBe(communes[0]?.code);
  });

  test("asks for what the round of its quarter does, unless told otherwise", async () => {
    const [header = []] = await sheet("province=04&as_of=2026-03-31");
    expect(header.length).toBe(10);
    const [all = []] = await sheet("province=04&as_of=2026-12-31");
    expect(all.length).toBeGreaterThan(20);
  });

  test("is refused for no province and for what communes do not report", async () => {
    const wrong = async (query: string) =>
      (await problemOf(await app.request(`${TEMPLATE}?${query}`))).errors?.[0]?.field;
    expect(await wrong(`province=15&as_of=2026-12-32`)).toBe("query.as_of");
    expect(await wrong(`province=99&as_of=${AS_OF}`)).toBe("query.province");
    expect(await wrong(`province=04&as_of=${AS_OF}&indicators=egdi_rank`)).toBe("query.indicators");
  });
});
