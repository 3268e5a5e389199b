import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { NewFigure } from "../../src/domain/coverage/figure.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { communesOf, householdFigure, recordFigures } from "../support/coverage-figures.ts";
import { putSources } from "../../src/store/coverage-sources.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
let communes: { id: number; code: string }[];
const keys = { reader: "", operator: "", hanoi: "", hue: "" };
const FILED_AT = Date.parse("2026-11-22T05:00:00Z");
const DAY = 86_400_000;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.hanoi = await makeKey(opened.db, "operator", { province: "01" });
  keys.hue = await makeKey(opened.db, "operator", { province: "46" });
  communes = await communesOf(opened.db, "01");
  await putSources(opened.db, [
    {
      code: "province-01",
      kind: "province",
      nameVi: "Thành phố Hà Nội",
      nameEn: "Hanoi",
      province: "01",
      rank: 20,
      madeUp: false,
    },
  ]);
  app = await startApp(opened.db);
  app.clock.now = FILED_AT;
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

let next = 0;
/** A figure of a commune of its own, as the province reported it; returns its number. */
async function reported(facts: Partial<NewFigure> = {}): Promise<number> {
  const unit = communes[next++]?.id ?? 0;
  const figure = householdFigure(unit, { source: "province-01", ...facts });
  await recordFigures(opened.db, [figure]);
  const { id } = await opened.db
    .selectFrom("coverage_figure")
    .select("id")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  return id;
}
const PATH = "/api/v1/coverage/challenges";
const post = (path: string, body: object, key: string) =>
  app.request(path, json("POST", body, key));
const challenge = (figure: number, body: object = {}) => ({
  figure_id: figure,
  reason_code: "not_offered",
  statement: "Nhà mạng trả lời không có cáp ở thôn này.",
  ...body,
});
interface Detail {
  readonly id: number;
  readonly state: string;
  readonly overdue: boolean;
  readonly result_figure: number | null;
  readonly filed_by: string | null;
  readonly figure: { id: number; numerator: number | null };
  readonly figure_now: { id: number; numerator: number | null; status: string; reason: string };
}
const filed = async (figure: number, body: object = {}, key = keys.operator) => {
  const response = await post(PATH, challenge(figure, body), key);
  if (response.status !== 201) throw new Error(await response.text());
  return (await response.json()) as Detail;
};
const step = (id: number, what: string, body: object, key = keys.operator) =>
  post(`${PATH}/${id}/${what}`, body, key);
const read = async (path: string, key?: string) => {
  const response = await app.request(path, key === undefined ? {} : { key });
  expect(response.status).toBe(200);
  return response.json() as Promise<Detail & { items: Detail[] }>;
};
const rebut = { answer: "rebutted", text: "Đã kiểm tra tại chỗ." };

describe("a challenge", () => {
  test("is filed with a reason and a deadline of 60 days, and the filer's name needs a key", async () => {
    const figure = await reported();
    const made = await filed(figure, {
      filed_by: "Nguyễn Văn A",
      evidence_url: "https://example.vn/anh.jpg",
    });
    expect(made).toMatchObject({
      state: "open",
      overdue: false,
      due_on: "2027-01-21",
      filed_by: "Nguyễn Văn A",
      figure: { id: figure, numerator: 80, unit: { level: "commune" } },
      figure_now: { id: figure },
    });
    expect((await read(`${PATH}/${made.id}`)).filed_by).toBeNull();
    expect((await read(`${PATH}/${made.id}`, keys.reader)).filed_by).toBe("Nguyễn Văn A");
    const [entry] = await listAudit(opened.db, { limit: 1 });
    expect(entry).toMatchObject({ action: "create", objectType: "coverage_challenge" });
  });

  test("that the source concedes corrects the figure by a new revision that names it", async () => {
    const figure = await reported();
    const { id } = await filed(figure, {}, keys.hanoi);
    const told = app.coverage.changes;
    const response = await step(
      id,
      "answer",
      {
        answer: "conceded",
        text: "Đếm lại.",
        outcome_code: "map_wrong",
        correction: { numerator: 60 },
      },
      keys.hanoi,
    );
    expect(response.status).toBe(200);
    const after = (await response.json()) as Detail;
    expect(after).toMatchObject({
      state: "conceded",
      figure: { id: figure, numerator: 80 },
      figure_now: { numerator: 60, denominator: 100, denominator_source: "report", revision: 2 },
    });
    expect(after.result_figure).toBe(after.figure_now.id);
    expect(after.figure_now.reason).toBe(`challenge ${id} conceded (map_wrong): Đếm lại.`);
    expect(app.coverage.changes).toBe(told + 1);
    const history = await read(`/api/v1/coverage/figures/${figure}`, keys.reader);
    expect(history.items).toMatchObject([
      { numerator: 80 },
      { numerator: 60, from: { file_name: `challenge-${id}.json` } },
    ]);
    const [entry] = await listAudit(opened.db, { limit: 1 });
    expect(entry).toMatchObject({
      action: "decide",
      before: { state: "open" },
      after: { state: "conceded", result_figure_id: after.result_figure },
    });
  });

  test("that is rebutted is decided by somebody without a part in it, once", async () => {
    const { id } = await filed(await reported());
    expect((await step(id, "answer", rebut, keys.hanoi)).status).toBe(200);
    expect((await step(id, "answer", rebut, keys.hanoi)).status).toBe(409);
    const reject = { decision: "rejected", outcome_code: "figure_right", text: "Có cáp." };
    expect((await step(id, "decide", reject, keys.hanoi)).status).toBe(403);
    const wrong = await step(id, "decide", { ...reject, outcome_code: "map_wrong" });
    expect((await problemOf(wrong)).errors?.[0]?.field).toBe("body.outcome_code");
    const done = (await (await step(id, "decide", reject)).json()) as Detail;
    expect(done).toMatchObject({ state: "rejected", result_figure: null, decision: "Có cáp." });
    expect((await step(id, "decide", reject)).status).toBe(409);
  });

  test("that nobody answers in time is decided without an answer, and may withdraw the figure", async () => {
    const figure = await reported();
    const { id } = await filed(figure);
    const uphold = {
      decision: "upheld",
      outcome_code: "map_wrong",
      text: "Không ai trả lời.",
      correction: { withdraw: true },
    };
    expect((await step(id, "decide", uphold)).status).toBe(409);
    app.clock.now = FILED_AT + 61 * DAY;
    const overdue = await read(`${PATH}?overdue=true&figure=${figure}`);
    expect(overdue.items).toMatchObject([{ id, overdue: true }]);
    const done = (await (await step(id, "decide", uphold)).json()) as Detail;
    app.clock.now = FILED_AT;
    expect(done).toMatchObject({
      state: "upheld",
      overdue: false,
      figure_now: { status: "withdrawn", numerator: null, denominator: null },
    });
    const again = await post(PATH, challenge(done.figure_now.id), keys.operator);
    expect((await problemOf(again)).detail).toContain("withdrawn");
  });

  test("is filed by a province about its own units, and answered by the source alone", async () => {
    const figure = await reported();
    expect((await post(PATH, challenge(figure), keys.hue)).status).toBe(403);
    expect((await post(PATH, challenge(figure), keys.reader)).status).toBe(403);
    const { id } = await filed(figure, {}, keys.hanoi);
    expect((await step(id, "answer", rebut, keys.hue)).status).toBe(403);
    // The ministry's figure is not the province's to answer for.
    const ministry = await filed(await reported({ source: "ministry" }));
    expect((await step(ministry.id, "answer", rebut, keys.hanoi)).status).toBe(403);
  });

  test("does not write over a figure that changed meanwhile, unless it names that revision", async () => {
    const figure = await reported();
    const { id } = await filed(figure);
    const { unit_id: unit } = await opened.db
      .selectFrom("coverage_figure")
      .select("unit_id")
      .where("id", "=", figure)
      .executeTakeFirstOrThrow();
    const newer = householdFigure(unit, { source: "province-01", numerator: 70 });
    await recordFigures(opened.db, [newer], { reason: "đếm lại" });
    const replaced = await problemOf(await post(PATH, challenge(figure), keys.operator));
    const current = Number(/replaced by (\d+)/.exec(replaced.detail)?.[1]);
    const concede = (correction: object) =>
      step(id, "answer", { answer: "conceded", text: "Sai.", correction });
    expect((await concede({ numerator: 60 })).status).toBe(409);
    expect((await concede({ numerator: 60, replaces: current })).status).toBe(200);
  });

  test.each([
    [{ numerator: 101 }, "body.correction.numerator"],
    [{ numerator: 1, denominator: 0 }, "body.correction.denominator"],
    [{ numerator: 80 }, "body.correction"],
  ])("refuses the correction %j", async (correction, field) => {
    const { id } = await filed(await reported());
    const response = await step(id, "answer", { answer: "conceded", text: "Sai.", correction });
    expect((await problemOf(response)).errors?.[0]?.field).toBe(field);
    expect((await read(`${PATH}/${id}`)).state).toBe("open");
  });

  test.each([
    [{ reason_code: "ugly" }, 400],
    [{ evidence_url: "javascript:alert(1)" }, 400],
    [{ statement: "" }, 400],
    [{ figure_id: 999_999 }, 400],
    [{ release: "2026-Q3" }, 400],
  ])("is not filed with %j", async (wrong, status) => {
    const figure = await reported();
    expect((await post(PATH, challenge(figure, wrong), keys.operator)).status).toBe(status);
  });

  test("is listed by state, province and indicator, page by page, and as CSV", async () => {
    const first = await read(`${PATH}?limit=2&province=01&indicator=fibre_hh_passed`);
    expect(first.items).toHaveLength(2);
    expect((await read(`${PATH}?province=46`)).items).toEqual([]);
    const conceded = await read(`${PATH}?state=conceded`);
    expect(new Set(conceded.items.map(({ state }) => state))).toEqual(new Set(["conceded"]));
    const csv = await (await app.request(`${PATH}?format=csv`)).text();
    const [header, row] = csv.split("\r\n");
    expect(header).toContain("figure.unit.code");
    expect(row).toContain("2026-11-22T05:00:00.000Z");
    expect(csv).not.toContain("Nguyễn Văn A");
    expect((await app.request(`${PATH}?who=me`)).status).toBe(400);
  });
});
