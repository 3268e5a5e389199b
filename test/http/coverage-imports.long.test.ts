import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAudit } from "../../src/store/audit-log.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import { type AppServer, json, makeKey, problemOf, startApp } from "./support/app-server.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let app: AppServer;
const keys = { reader: "", operator: "", second: "", hanoi: "", hue: "", agency: "" };
beforeAll(async () => {
  opened = await openCoverageDatabase();
  keys.reader = await makeKey(opened.db, "reader");
  keys.operator = await makeKey(opened.db, "operator");
  keys.second = await makeKey(opened.db, "operator");
  keys.hanoi = await makeKey(opened.db, "operator", { province: "01" });
  keys.hue = await makeKey(opened.db, "operator", { province: "46" });
  await start();
});
afterAll(async () => {
  await app.stop();
  await opened.close();
});

async function start(options: { secondApproval?: boolean } = {}) {
  app = await startApp(opened.db, options);
  app.clock.now = Date.parse("2026-11-22T05:00:00Z");
}

const HEADER = "Mã xã,Tên xã/phường,Kỳ báo cáo,Tổng số hộ gia đình,Số hộ được phủ cáp quang";
const BA_DINH = (day: string, households: number, passed: number | string) =>
  `00004,Phường Ba Đình,${day},${households},${passed}`;
const csv = (name: string, ...rows: string[]) =>
  new File([[HEADER, ...rows, ""].join("\r\n")], name, { type: "text/csv" });

interface Outcome {
  readonly submission: number;
  readonly repeated: boolean;
  readonly outcome: string;
  readonly accepted: number;
  readonly held: number;
  readonly refused: number;
  readonly unchanged: number;
  readonly figures: number;
  readonly faults: { rule: string; row: number; column: string; message_vi: string }[];
}
const post = (file: File, fields: Record<string, string> = {}, key = keys.hanoi) => {
  const body = new FormData();
  body.set("file", file);
  body.set("basis", "reported");
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return app.request("/api/v1/coverage/imports", { method: "POST", body, key });
};
const imported = async (...given: Parameters<typeof post>) => {
  const response = await post(...given);
  if (response.status >= 300) throw new Error(await response.text(), { cause: app.logged.at(-1) });
  return (await response.json()) as Outcome;
};
const get = async (path: string, key = keys.reader) => {
  const response = await app.request(path, { key });
  expect(response.status).toBe(200);
  return response;
};
const items = async (path: string, key = keys.reader) =>
  ((await (await get(path, key)).json()) as { items: Record<string, unknown>[] }).items;

describe("an upload", () => {
  test("is imported, and its outcome told row by row in both languages", async () => {
    const file = csv(
      "báo cáo quý.csv",
      BA_DINH("2025-09-30", 10_000, 8000),
      "00008,Phường Ngọc Hà,2025-09-30,9000,9500",
    );
    const response = await post(file);
    expect(response.status).toBe(201);
    const outcome = (await response.json()) as Outcome;
    expect(outcome).toMatchObject({
      outcome: "accepted",
      accepted: 1,
      held: 0,
      refused: 1,
      figures: 1,
      format: "csv",
    });
    expect(outcome.faults).toMatchObject([{ row: 3, rule: "V02", severity: "reject_row" }]);
    expect(outcome.faults[0]?.message_vi).toMatch(/\S/);
    expect(app.coverage.changes).toBe(1);
    const [listed] = await items("/api/v1/coverage/imports");
    expect(listed).toMatchObject({
      id: outcome.submission,
      file: "báo cáo quý.csv",
      source: "province-01",
      via: "api",
      by: "operator for tests",
      faults: 1,
      kept: true,
    });
    const one = await get(`/api/v1/coverage/imports/${outcome.submission}`);
    expect(await one.json()).toMatchObject({
      settings: { basis: "reported", only_province: "01" },
      understood: { columns: expect.arrayContaining([expect.objectContaining({ letter: "A" })]) },
    });
  });

  test("gives its faults as JSON and CSV, a marked copy, and the file as it came", async () => {
    const file = csv("=mã.csv", "00004,Phường Ba Đình,2025-09-30,100,=1+1");
    const { submission } = await imported(file);
    const path = `/api/v1/coverage/imports/${submission}`;
    const faults = await items(`${path}/faults`);
    expect(faults.length).toBeGreaterThan(0);
    expect(await items(`${path}/faults?rule=V28`)).toEqual([]);
    const table = await (await get(`${path}/faults?format=csv`)).bytes();
    expect([...table.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(Buffer.from(table).toString().split("\r\n")[0]).toContain("file,sheet,row,column");
    const copy = await get(`${path}/annotated.xlsx`);
    expect(copy.headers.get("content-type")).toContain("spreadsheetml");
    expect(Buffer.from((await copy.bytes()).subarray(0, 2)).toString()).toBe("PK");
    const original = await get(`${path}/file`);
    expect(await original.bytes()).toEqual(await file.bytes());
    expect(original.headers.get("content-disposition")).toContain("%3Dm%C3%A3.csv");
  });

  test("that comes twice changes nothing and names the first time", async () => {
    const file = csv("hai lần.csv", BA_DINH("2025-12-31", 10_000, 8100));
    const first = await imported(file);
    const told = app.coverage.changes;
    const response = await post(file);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      submission: first.submission,
      repeated: true,
      figures: 0,
      unchanged: 1,
    });
    expect(app.coverage.changes).toBe(told);
  });

  test("can be tried without being stored", async () => {
    const before = await items("/api/v1/coverage/imports");
    const file = csv("thử.csv", BA_DINH("2026-03-31", 10_000, 8200));
    expect(await imported(file, { dry_run: "true" })).toMatchObject({
      submission: null,
      accepted: 1,
    });
    expect(await items("/api/v1/coverage/imports")).toEqual(before);
  });

  test("with all or nothing is refused whole for one row", async () => {
    const file = csv(
      "tất cả.csv",
      BA_DINH("2026-03-31", 10_000, 8200),
      BA_DINH("2026-06-30", 1, 2),
    );
    expect(await imported(file, { all_or_nothing: "true" })).toMatchObject({
      outcome: "refused",
      accepted: 0,
      refused: 2,
      figures: 0,
    });
  });

  test("that is no table is refused with words, and not kept where it is dangerous", async () => {
    const page = new File(["<!doctype html><html><body>Lỗi</body></html>"], "bảng.csv");
    const outcome = await imported(page);
    expect(outcome).toMatchObject({ outcome: "refused", accepted: 0, refused: 1 });
    expect(outcome.faults[0]?.message_vi).toMatch(/\S/);
    const path = `/api/v1/coverage/imports/${outcome.submission}`;
    expect((await app.request(`${path}/annotated.xlsx`, { key: keys.reader })).status).toBe(200);
  });

  test("of a province's key is that province's, and of nobody else", async () => {
    const file = csv("hà nội.csv", BA_DINH("2026-03-31", 10_000, 8200));
    const other = await imported(file, {}, keys.hue);
    expect(other).toMatchObject({ accepted: 0, figures: 0 });
    const stated = await post(file, { source: "ministry" }, keys.hue);
    expect(stated.status).toBe(403);
    expect(
      (await items("/api/v1/coverage/imports", keys.hanoi)).map((row) => row["source"]),
    ).not.toContain("province-46");
    const seen = await app.request(`/api/v1/coverage/imports/${other.submission}`, {
      key: keys.hanoi,
    });
    expect(seen.status).toBe(404);
  });

  test.each([
    ["source", "xx", "body.source"],
    ["source", "Ministry!", "body.source"],
    ["operator", "nobody", "body.operator"],
    ["as_of", "2026-02-30", "body.as_of"],
    ["basis", "guessed", "body.basis"],
    ["surprise", "1", "body.surprise"],
  ])("with %s=%s is refused, naming the field", async (name, value, field) => {
    const file = csv("x.csv", BA_DINH("2026-03-31", 10_000, 8200));
    const response = await post(file, { [name]: value }, keys.operator);
    expect(response.status).toBe(400);
    expect((await problemOf(response)).errors?.map((error) => error.field)).toContain(field);
  });

  test("needs a key that may write the register, and a file", async () => {
    const file = csv("x.csv", BA_DINH("2026-03-31", 10_000, 8200));
    expect((await post(file, {}, "")).status).toBe(401);
    expect((await post(file, {}, keys.reader)).status).toBe(403);
    const none = await app.request("/api/v1/coverage/imports", {
      ...json("POST", {}, keys.operator),
    });
    expect(none.status).toBe(415);
    expect((await app.request("/api/v1/coverage/imports")).status).toBe(401);
  });
});

describe("a held row", () => {
  const report = (commune: string, day: string, passed: number) =>
    csv(`${commune} ${day}.csv`, `${commune},${day},10000,${passed}`);
  /** Fibre falls by half from one quarter to the next: held. Each test has a commune of its own. */
  const hold = async (commune: string) => {
    await imported(report(commune, "2026-03-31", 8000));
    const outcome = await imported(report(commune, "2026-06-30", 4000));
    expect(outcome).toMatchObject({ outcome: "held", held: 1, figures: 0 });
    const [row] = await items(`/api/v1/coverage/held?submission=${outcome.submission}`);
    return { submission: outcome.submission, id: Number(row?.["id"]), row };
  };
  const decide = (id: number, verdict: string, reason: string, key = keys.operator) =>
    app.request(`/api/v1/coverage/held/${id}/${verdict}`, json("POST", { reason }, key));

  test("waits with its figures and faults, and comes into the register when it is accepted", async () => {
    const { id, row, submission } = await hold("00025,Phường Giảng Võ");
    expect(row).toMatchObject({
      state: "pending",
      unit: { code: "00025" },
      province: "01",
      figures: [{ numerator: 4000, denominator: 10_000, as_of: "2026-06-30" }],
    });
    expect(row?.["faults"]).toContainEqual(
      expect.objectContaining({ rule: "V22", severity: "hold" }),
    );
    const accepted = await decide(id, "accept", "Tỉnh đã xác nhận");
    expect(await accepted.json()).toMatchObject({ accepted: 1, figures: 1 });
    expect(await items(`/api/v1/coverage/held?submission=${submission}`)).toEqual([]);
    expect(
      await items(`/api/v1/coverage/held?submission=${submission}&state=accepted`),
    ).toMatchObject([{ decided_by: "operator for tests", reason: "Tỉnh đã xác nhận" }]);
    expect(await listAudit(opened.db, { limit: 1 })).toMatchObject([
      { action: "decide", objectType: "held_row", objectId: String(id) },
    ]);
    expect((await problemOf(await decide(id, "refuse", "x"))).detail).toContain("already");
  });

  test("stays out when it is refused, also when the same file comes again", async () => {
    const { id } = await hold("00070,Phường Hoàn Kiếm");
    expect(await (await decide(id, "refuse", "Sai số")).json()).toMatchObject({
      refused: 1,
      figures: 0,
    });
    const again = await imported(report("00070,Phường Hoàn Kiếm", "2026-06-30", 4000));
    expect(again).toMatchObject({ repeated: true, figures: 0 });
  });

  test("whose figure was given otherwise meanwhile is superseded", async () => {
    const { id } = await hold("00082,Phường Cửa Nam");
    await imported(report("00082,Phường Cửa Nam", "2026-06-30", 8100));
    const late = await decide(id, "accept", "x");
    expect((await problemOf(late)).detail).toContain("Newer figures");
    expect(late.status).toBe(409);
  });

  test("needs two people where a second approval is asked for", async () => {
    await app.stop();
    await start({ secondApproval: true });
    const { id } = await hold("00091,Phường Phú Thượng");
    expect(await (await decide(id, "accept", "một")).json()).toMatchObject({
      proposed: 1,
      figures: 0,
    });
    expect((await problemOf(await decide(id, "accept", "một"))).detail).toContain("yourself");
    expect(await (await decide(id, "accept", "hai", keys.second)).json()).toMatchObject({
      accepted: 1,
      figures: 1,
    });
    await app.stop();
    await start();
  });

  test("is decided with all others of its file, or those of one rule", async () => {
    const { submission } = await hold("00103,Phường Tây Hồ");
    const all = (body: object, key = keys.operator) =>
      app.request(`/api/v1/coverage/imports/${submission}/held`, json("POST", body, key));
    const other = await all({ verdict: "accept", rule: "V26", reason: "x" });
    expect(await other.json()).toMatchObject({ accepted: 0, figures: 0 });
    expect(await (await all({ verdict: "accept", rule: "V22", reason: "x" })).json()).toMatchObject(
      { accepted: 1, figures: 1 },
    );
    expect((await all({ verdict: "accept", reason: "x" }, keys.hanoi)).status).toBe(403);
  });

  test("is for unlimited operators to decide, with a reason", async () => {
    expect((await decide(1, "accept", "x", keys.hanoi)).status).toBe(403);
    expect((await decide(1, "accept", "x", keys.reader)).status).toBe(403);
    expect((await decide(1, "accept", "")).status).toBe(400);
    expect((await decide(1e9, "accept", "x")).status).toBe(404);
  });
});
