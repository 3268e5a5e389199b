import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { UploadedFile } from "../../src/coverage/contract.ts";
import type { NewFigure } from "../../src/domain/coverage/figure.ts";
import { importCoverage } from "../../src/importing/import-coverage.ts";
import type { ImportOptions } from "../../src/importing/import-options.ts";
import type { JudgeFile } from "../../src/importing/judge-file.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import type { Database } from "../../src/store/database.ts";
import { openTestDatabase } from "../support/database.ts";
import { putSmallRegister, type SmallRegister } from "../store/helpers/coverage.ts";
import { madeUpFile, madeUpJudge } from "./support/made-up-judge.ts";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let db: Database;
let units: SmallRegister;
beforeAll(async () => {
  opened = await openTestDatabase();
  db = opened.db;
  units = await putSmallRegister(db);
});
afterAll(() => opened.close());
let year = 2000;
// Figures can't be taken away again: each test has days of its own.
beforeEach(() => void (year += 1));

const options = (change: Partial<ImportOptions> = {}): ImportOptions => ({
  via: "command",
  actor: { keyId: null, name: "test" },
  source: "province-01",
  asOf: null,
  unitsDay: null,
  basis: null,
  operator: "all",
  reason: "sửa",
  onlyProvince: null,
  dryRun: false,
  allOrNothing: false,
  onProgress: () => undefined,
  ...change,
});
const send = async (
  file: UploadedFile,
  change: Partial<ImportOptions> = {},
  judge: JudgeFile = madeUpJudge,
) => {
  const deps = { db, clock: () => Date.parse("2025-10-05"), timezone: "Asia/Ho_Chi_Minh" };
  const imported = await importCoverage(deps, file, options(change), judge);
  if (!imported.ok) throw new Error(imported.problem.kind);
  return imported.value;
};
const asOf = () => `${year}-09-30`;
const line = (
  verdict: "accepted" | "held" | "refused",
  unit: number,
  change: Partial<NewFigure> = {},
) => ({ verdict, unit, change: { asOf: asOf(), ...change } });
const counts = async () => {
  const count = (table: "submission" | "held_row" | "submission_fault") =>
    db
      .selectFrom(table)
      .select((each) => each.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
  return Promise.all(
    (["submission", "held_row", "submission_fault"] as const).map(
      async (table) => (await count(table)).rows,
    ),
  );
};
const stored = () =>
  db.selectFrom("coverage_figure").selectAll().where("as_of", "=", asOf()).orderBy("id").execute();

describe("an import", () => {
  test("writes what is accepted, queues what is held, tells what is refused", async () => {
    const file = madeUpFile("ba dòng.csv", [
      line("accepted", units.baDinh),
      line("held", units.hoanKiem),
      line("refused", units.hanoi),
    ]);
    const outcome = await send(file);
    expect(outcome).toMatchObject({
      outcome: "held",
      accepted: 1,
      held: 1,
      refused: 1,
      unchanged: 0,
      figures: 1,
      faultCount: 2,
      repeated: false,
    });
    expect(await stored()).toMatchObject([
      { unit_id: units.baDinh, submission_id: outcome.submission, row_number: 2 },
    ]);
    const held = await db
      .selectFrom("held_row")
      .selectAll()
      .where("submission_id", "=", outcome.submission ?? 0)
      .execute();
    expect(held).toMatchObject([{ unit_id: units.hoanKiem, state: "pending", rules: ["V21"] }]);
    expect(await listAudit(db, { limit: 1 })).toMatchObject([
      { action: "import", objectType: "submission", after: { file_name: "ba dòng.csv" } },
    ]);
  });

  test("of the same file again changes nothing and says so", async () => {
    const file = madeUpFile("hai lần.csv", [
      line("accepted", units.baDinh),
      line("held", units.hoanKiem),
      line("refused", units.hanoi),
    ]);
    const first = await send(file);
    const before = [await counts(), await stored()];
    const second = await send(file);
    expect(second).toMatchObject({ repeated: true, submission: first.submission, figures: 0 });
    expect(second).toMatchObject({ accepted: 1, held: 1, refused: 1, unchanged: 1 });
    expect([await counts(), await stored()]).toEqual(before);
  });

  test("of the same file with other settings is another submission without new figures", async () => {
    const file = madeUpFile("khác.csv", [line("accepted", units.baDinh)]);
    const first = await send(file);
    const second = await send(file, { asOf: "2024-12-31" });
    expect(second).toMatchObject({ repeated: false, figures: 0, unchanged: 1 });
    expect(second.submission).toBeGreaterThan(first.submission ?? 0);
  });

  test("that is a dry run stores nothing, not even its source", async () => {
    const before = await counts();
    const file = madeUpFile("thử.csv", [line("accepted", units.baDinh), line("held", units.hanoi)]);
    expect(await send(file, { dryRun: true })).toMatchObject({
      submission: null,
      dryRun: true,
      accepted: 1,
      held: 1,
      figures: 0,
      faultCount: 1,
    });
    expect([await counts(), await stored()]).toEqual([before, []]);
  });

  test.each(["held", "refused"] as const)(
    "of all or nothing keeps every figure out when a row is %s",
    async (verdict) => {
      const file = madeUpFile(`tất cả ${verdict}.csv`, [
        line("accepted", units.baDinh),
        line(verdict, units.hoanKiem),
      ]);
      const outcome = await send(file, { allOrNothing: true });
      expect(outcome).toMatchObject({ outcome: "refused", accepted: 0, held: 0, refused: 2 });
      expect(outcome.faultCount).toBe(1);
      expect(await stored()).toEqual([]);
      const held = await db
        .selectFrom("held_row")
        .select("id")
        .where("submission_id", "=", outcome.submission ?? 0)
        .execute();
      expect(held).toEqual([]);
    },
  );

  test("from an unknown source is not even looked at", async () => {
    const deps = { db, clock: Date.now, timezone: "UTC" };
    const imported = await importCoverage(deps, madeUpFile("x.csv", []), options({ source: "xx" }));
    expect(imported).toEqual({
      ok: false,
      problem: { kind: "unknown_source", known: ["province-01"] },
    });
  });

  test("tells its steps, each at once and then seldom", async () => {
    const told: string[] = [];
    const judge: JudgeFile = (file, given) => {
      for (let rows = 0; rows <= 20_000; rows += 1000) given.onProgress("reading", rows);
      return madeUpJudge(file, given);
    };
    const file = madeUpFile("dài.csv", [line("accepted", units.baDinh)]);
    await send(file, { onProgress: (step, rows) => told.push(`${step} ${rows}`) }, judge);
    expect(told).toEqual([
      "reading 0",
      "reading 5000",
      "reading 10000",
      "reading 15000",
      "reading 20000",
      "writing 1",
    ]);
  });

  test("keeps a bounded number of faults and counts them all", async () => {
    const many: JudgeFile = async (file, given) => {
      const read = await madeUpJudge(file, given);
      const fault = {
        sheet: null,
        row: 1,
        column: null,
        value: null,
        rule: "V16",
        severity: "warn",
        detail: { code: "made_up" },
      } as const;
      if (read.judged.refused) throw new Error("refused");
      return {
        ...read,
        judged: { ...read.judged, faults: Array.from({ length: 20_500 }, () => fault) },
      };
    };
    const outcome = await send(
      madeUpFile("lỗi.csv", [line("accepted", units.baDinh)]),
      { dryRun: true },
      many,
    );
    expect([outcome.faultCount, outcome.faults.length]).toEqual([20_500, 20_000]);
  });
});

describe("an interrupted import", () => {
  test("leaves nothing half-done: figures, faults and queue come together or not at all", async () => {
    // More than one statement's worth, and the last one is refused by the database.
    const lines = Array.from({ length: 2500 }, (_, index) =>
      line("accepted", units.baDinh, {
        asOf: `${year}-${String((index % 12) + 1).padStart(2, "0")}-01`,
        operator: `o${index}`,
        numerator: index === 2400 ? 101 : 80,
      }),
    );
    const before = await counts();
    const last = await db
      .selectFrom("coverage_figure")
      .select((each) => each.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    await expect(send(madeUpFile("đứt.csv", lines))).rejects.toThrow(/check/);
    const after = await db
      .selectFrom("coverage_figure")
      .select((each) => each.fn.countAll<number>().as("rows"))
      .executeTakeFirstOrThrow();
    expect([await counts(), after]).toEqual([before, last]);
  });
});

describe("two imports at the same time", () => {
  test("of one file bring its figures once", async () => {
    const file = madeUpFile("cùng lúc.csv", [line("accepted", units.baDinh)]);
    const [one, other] = await Promise.all([send(file), send(file)]);
    expect(one.figures + other.figures).toBe(1);
    expect((await stored()).length).toBe(1);
  });

  test("of the same figures are judged against each other: the later one sees what the first wrote", async () => {
    const first = madeUpFile("trước.csv", [line("accepted", units.baDinh)]);
    const late = madeUpFile("sau.csv", [line("accepted", units.baDinh, { numerator: 90 })]);
    let judgedTimes = 0;
    const judge: JudgeFile = async (file, given) => {
      judgedTimes += 1;
      const read = await madeUpJudge(file, given);
      if (judgedTimes === 1) await send(first);
      return read;
    };
    await send(late, {}, judge);
    expect(judgedTimes).toBe(2);
    expect(await stored()).toMatchObject([
      { numerator: 80, revision: 1 },
      { numerator: 90, revision: 2, reason: "sửa" },
    ]);
  });

  test("stop with a problem when others never cease to write the same figures", async () => {
    let numerator = 0;
    const judge: JudgeFile = async (file, given) => {
      const read = await madeUpJudge(file, given);
      numerator += 1;
      await send(madeUpFile("khác.csv", [line("accepted", units.baDinh, { numerator })]));
      return read;
    };
    const late = madeUpFile("sau.csv", [line("accepted", units.baDinh, { numerator: 90 })]);
    await expect(send(late, {}, judge)).rejects.toThrow("busy");
    expect((await stored()).map((row) => row.numerator)).toEqual([1, 2, 3]);
  });
});
