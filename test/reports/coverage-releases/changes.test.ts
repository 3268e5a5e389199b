import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChangeRow } from "../../../src/reports/coverage-releases/change-row.ts";
import {
  isLater,
  releaseChanges,
  summariseChanges,
} from "../../../src/reports/coverage-releases/changes.ts";
import type { ChunkPosition } from "../../../src/reports/coverage-releases/chunk-pages.ts";
import { editionSums } from "../../../src/reports/coverage-releases/edition-sums.ts";
import { everyFigure, releaseFigures } from "../../../src/reports/coverage-releases/figures.ts";
import {
  countFigures,
  findRelease,
  listReleases,
  releaseBefore,
} from "../../../src/reports/coverage-releases/list.ts";
import { publishRelease } from "../../../src/store/coverage-releases.ts";
import type { Database } from "../../../src/store/database.ts";
import { openCoverageDatabase } from "../../support/coverage-database.ts";
import {
  communesOf,
  householdFigure,
  recordFigures,
  withoutValue,
} from "../../support/coverage-figures.ts";

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let db: Database;
let communes: { id: number; code: string }[];
let correction: number;
beforeAll(async () => {
  opened = await openCoverageDatabase();
  db = opened.db;
  communes = await communesOf(db, "46");
  const june = { asOf: "2026-06-30" };
  await recordFigures(
    db,
    [0, 1, 2, 3].map((index) => householdFigure(unit(index), june)),
  );
  await publish("2026-06-30");
  correction = await recordFigures(db, [householdFigure(unit(0), { ...june, numerator: 60 })], {
    reason: "đếm lại",
  });
  await recordFigures(db, [householdFigure(unit(1), { ...june, ...withoutValue("withdrawn") })], {
    reason: "nhầm xã",
  });
  // Came and went between the two: nobody who reads releases ever saw it.
  await recordFigures(db, [householdFigure(unit(5), june)]);
  await recordFigures(db, [householdFigure(unit(5), { ...june, ...withoutValue("withdrawn") })], {
    reason: "nhầm",
  });
  await recordFigures(db, [
    householdFigure(unit(4), june),
    householdFigure(unit(0)),
    householdFigure(unit(1), { indicator: "pop_4g" }),
  ]);
  await publish("2026-09-30", [
    { indicator: "pop_4g", noteVi: "Ngưỡng mới", noteEn: "New threshold" },
  ]);
  await recordFigures(db, [householdFigure(unit(1), june)], { reason: "đúng là xã này" });
  await publish("2026-09-30");
});
afterAll(() => opened.close());

const unit = (index: number) => communes[index]?.id ?? 0;
const code = (index: number) => communes[index]?.code;
const publish = async (
  asOf: string,
  breaks: { indicator: string; noteVi: string; noteEn: string }[] = [],
) => {
  const request = { asOf, noteVi: null, noteEn: null, breaks, licence: "x", despiteHeld: false };
  const at = { now: new Date("2026-10-20T00:00:00Z"), today: "2026-10-20" };
  const actor = { keyId: null, name: "test" };
  const made = await publishRelease({ db, actor }, request, editionSums, at);
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
};
const editionOf = async (name: string) => {
  const found = await findRelease(db, name);
  if (!found) throw new Error(`no ${name}`);
  return found.edition;
};
const between = async (from: string, to: string) => ({
  from: await editionOf(from),
  to: await editionOf(to),
});
const changes = async (from: string, to: string, filter = {}) => {
  const read = await releaseChanges(db, await between(from, to), filter);
  return (await read({ limit: 500, after: null })).rows;
};
const short = ({ kind, unit, as_of, indicator }: ChangeRow) => [kind, indicator, as_of, unit.code];

describe("the change list between two releases", () => {
  test("has what is new, revised and withdrawn, in the order of the file, and then changed units", async () => {
    const rows = await changes("2026-Q2", "2026-Q3");
    expect(rows.filter(({ kind }) => kind !== "unit_changed").map(short)).toEqual([
      ["revised", "fibre_hh_passed", "2026-06-30", code(0)],
      ["withdrawn", "fibre_hh_passed", "2026-06-30", code(1)],
      ["new", "fibre_hh_passed", "2026-06-30", code(4)],
      ["new", "fibre_hh_passed", "2026-09-30", code(0)],
      ["new", "pop_4g", "2026-09-30", code(1)],
    ]);
  });

  test("says of a correction what it was, what it is, why, and by which import", async () => {
    const [revised, withdrawn] = await changes("2026-Q2", "2026-Q3");
    expect(revised).toMatchObject({
      old: { numerator: 80, denominator: 100, ratio: 0.8, revision: 1 },
      new: { numerator: 60, denominator: 100, ratio: 0.6, revision: 2 },
      reason: "đếm lại",
      submission: correction,
      event: null,
    });
    expect(withdrawn).toMatchObject({ old: { numerator: 80 }, new: null, reason: "nhầm xã" });
  });

  test("calls a figure new that had been withdrawn in the earlier release", async () => {
    expect((await changes("2026-Q3", "2026-Q3.2")).map(short)).toEqual([
      ["new", "fibre_hh_passed", "2026-06-30", code(1)],
    ]);
  });

  test("has units that changed between the two days, with their legal document", async () => {
    const units = await changes("2026-Q2", "2026-Q3", { kind: "unit_changed" });
    // Quảng Ninh and Bắc Ninh became cities in September 2026, twelve communes of Bắc Ninh wards.
    const types = units.map(({ unit, as_of, event }) => [unit.code, as_of, event?.new_type]);
    expect(types).toContainEqual(["22", "2026-09-01", "thành phố"]);
    expect(types).toContainEqual(["24", "2026-09-20", "thành phố"]);
    expect(units.filter(({ unit }) => unit.level === "commune").length).toBe(12);
    expect(units.every(({ event }) => event?.kind === "retype" && event.old_type !== null)).toBe(
      true,
    );
    expect(units[0]?.event?.legal_document).toMatch(/\w/);
    expect(await changes("2026-Q3", "2026-Q3.2", { kind: "unit_changed" })).toEqual([]);
  });

  test("marks the indicators whose method changed, because a release says so", async () => {
    const rows = await changes("2026-Q2", "2026-Q3", { indicator: "pop_4g" });
    expect(rows).toMatchObject([{ method_break: true }]);
    expect(
      (await summariseChanges(db, await between("2026-Q2", "2026-Q3.2"))).method_breaks,
    ).toEqual([
      {
        indicator: "pop_4g",
        from_versions: [],
        to_versions: [1],
        notes: [{ release: "2026-Q3", note_vi: "Ngưỡng mới", note_en: "New threshold" }],
      },
    ]);
    expect(
      (await summariseChanges(db, await between("2026-Q3", "2026-Q3.2"))).method_breaks,
    ).toEqual([]);
  });

  test("is counted as it is listed", async () => {
    const summary = await summariseChanges(db, await between("2026-Q2", "2026-Q3"));
    expect(summary).toMatchObject({ new: 3, revised: 1, withdrawn: 1, unit_changed: 14 });
    expect(summary.indicators).toEqual([
      { indicator: "fibre_hh_passed", new: 2, revised: 1, withdrawn: 1 },
      { indicator: "pop_4g", new: 1, revised: 0, withdrawn: 0 },
    ]);
  });

  test("can be had page by page, of any size, without a gap or a repetition", async () => {
    const whole = await changes("2026-Q2", "2026-Q3");
    const read = await releaseChanges(db, await between("2026-Q2", "2026-Q3"), {});
    for (const limit of [2, 7]) {
      const rows: ChangeRow[] = [];
      let after: ChunkPosition | null = null;
      do {
        const page: Awaited<ReturnType<typeof read>> = await read({ limit, after });
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        rows.push(...page.rows);
        after = page.next;
      } while (after !== null);
      expect(rows).toEqual(whole);
    }
  });

  test("is only between an earlier and a later one", async () => {
    expect(isLater(await between("2026-Q2", "2026-Q3"))).toBe(true);
    expect(isLater(await between("2026-Q3", "2026-Q2"))).toBe(false);
    expect(isLater(await between("2026-Q3.2", "2026-Q3"))).toBe(false);
  });
});

describe("a new version of an indicator", () => {
  test("is a break of method by itself", async () => {
    const first = await db
      .selectFrom("indicator")
      .selectAll()
      .where("code", "=", "fibre_hh_passed")
      .executeTakeFirstOrThrow();
    await db
      .insertInto("indicator")
      .values({ ...first, version: 2, valid_from: "2026-10-01" })
      .execute();
    await recordFigures(db, [householdFigure(unit(0), { indicatorVersion: 2 })]);
    const cut = await db
      .selectFrom("coverage_figure")
      .select(({ fn }) => fn.max("id").as("id"))
      .executeTakeFirstOrThrow();
    const later = { from: await editionOf("2026-Q2"), to: { asOf: "2026-09-30", cut: cut.id } };
    const { method_breaks } = await summariseChanges(db, later);
    expect(method_breaks.map(({ indicator }) => indicator)).toEqual(["fibre_hh_passed", "pop_4g"]);
    expect(method_breaks[0]).toMatchObject({ from_versions: [1], to_versions: [1, 2], notes: [] });
    const gone = { indicatorVersion: 2, ...withoutValue("withdrawn") };
    await recordFigures(db, [householdFigure(unit(0), gone)], { reason: "wrong version" });
    const after = { ...later, to: { ...later.to, cut: cut.id + 1 } };
    const left = await summariseChanges(db, after);
    expect(left.method_breaks.map(({ indicator }) => indicator)).toEqual(["pop_4g"]);
  });
});

describe("releases", () => {
  test("are listed the last one first, and know the one before them", async () => {
    const { rows, next } = await listReleases(db, { limit: 2, after: null });
    expect(rows.map(({ code: name }) => name)).toEqual(["2026-Q3.2", "2026-Q3"]);
    expect((await listReleases(db, { limit: 2, after: next })).rows).toMatchObject([
      { code: "2026-Q2", breaks: [] },
    ]);
    expect(await releaseBefore(db, "2026-Q3.2")).toBe("2026-Q3");
    expect(await releaseBefore(db, "2026-Q3")).toBe("2026-Q2");
    expect(await releaseBefore(db, "2026-Q2")).toBeNull();
    expect(await findRelease(db, "2026-Q4")).toBeNull();
  });

  test("have as many figures as they are counted to have, by indicator and in pages", async () => {
    const { edition, row } = (await findRelease(db, "2026-Q3")) ?? {};
    if (!edition) throw new Error("no release");
    const counts = await countFigures(db, edition);
    expect(counts.reduce((sum, { figures }) => sum + figures, 0)).toBe(row?.figures);
    let figures = 0;
    for await (const _figure of everyFigure(db, edition, {})) figures += 1;
    expect(figures).toBe(row?.figures);
    expect(counts.find(({ indicator }) => indicator === "pop_4g")).toMatchObject({ of_the_day: 1 });
  });

  test("have figures with names and provinces, of a unit, a province or a level", async () => {
    const edition = await editionOf("2026-Q3");
    const find = async (filter: Parameters<typeof releaseFigures>[2]) =>
      (await (await releaseFigures(db, edition, filter))({ limit: 100, after: null })).rows;
    const own = { indicator: "fibre_hh_passed", asOf: "2026-09-30" };
    const [figure] = await find({ ...own, unit: code(0) });
    expect(figure).toMatchObject({
      unit: { level: "commune", code: code(0), valid_from: "2025-07-01" },
      province: { code: "46", name_vi: "Huế" },
      ratio: 0.8,
      made_up: false,
    });
    expect(await find({ ...own, province: "46" })).toEqual([figure]);
    expect(await find({ ...own, province: "01" })).toEqual([]);
    expect(await find({ ...own, level: "province" })).toEqual([]);
  });
});
