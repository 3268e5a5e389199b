import { afterAll, beforeAll, expect, test } from "vitest";
import { readIndicators, readRegions, readTargets } from "../../seeds/read-coverage.ts";
import { seedCoverage } from "../../seeds/seed-coverage.ts";
import { seedPublishedFigures } from "../../seeds/seed-published-figures.ts";
import { headerDictionary } from "../../src/coverage/understand/header-dictionary.ts";
import { putIndicators, putTargets } from "../../src/store/coverage-reference.ts";
import { loadDenominatorKinds, loadIndicators } from "../../src/store/coverage-register.ts";
import { putRegions } from "../../src/store/coverage-regions.ts";
import type { Database } from "../../src/store/database.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openCoverageDatabase());
});
afterAll(() => close());

const NOW = new Date("2026-11-22T08:00:00Z");
const inTransaction = <T>(work: (trx: Database) => Promise<T>) => db.transaction().execute(work);
const countOf = async (table: "coverage_figure" | "submission" | "coverage_denominator") =>
  (
    await db
      .selectFrom(table)
      .select((each) => each.fn.countAll().as("n"))
      .executeTakeFirst()
  )?.n;

test("indicators are in the register as the file has them, in its order", async () => {
  const loaded = await loadIndicators(db);
  expect(await readIndicators()).toEqual(loaded.map((each) => expect.objectContaining(each)));
});

test("targets are in the register as the file has them", async () => {
  const rows = await db.selectFrom("coverage_target").selectAll().orderBy("position").execute();
  const given = await readTargets();
  expect(
    rows.map(({ code, indicator_code, threshold, due_on, certainty, note_en }) => [
      code,
      indicator_code,
      threshold,
      due_on,
      certainty,
      note_en,
    ]),
  ).toEqual(
    given.map(({ code, indicator, threshold, dueOn, certainty, noteEn }) => [
      code,
      indicator,
      threshold,
      dueOn,
      certainty,
      noteEn,
    ]),
  );
});

test("members of regions are the provinces of their time", async () => {
  const rows = await db
    .selectFrom("region_member as m")
    .innerJoin("admin_unit as u", "u.id", "m.unit_id")
    .select(["u.full_name_vi", "u.valid_to"])
    .where("m.region_code", "=", "kttd-dbscl")
    .orderBy("u.code")
    .execute();
  expect(rows.map(({ full_name_vi: name }) => name)).toEqual([
    "Tỉnh An Giang",
    "Tỉnh Kiên Giang",
    "Thành phố Cần Thơ",
    "Tỉnh Cà Mau",
  ]);
  expect(new Set(rows.map(({ valid_to: end }) => end))).toEqual(new Set(["2025-07-01"]));
});

test("loading everything again changes nothing", async () => {
  const before = [
    await countOf("coverage_figure"),
    await countOf("submission"),
    await countOf("coverage_denominator"),
  ];
  expect(await inTransaction(seedCoverage)).toEqual({
    indicators: 0,
    indicators_kept: 0,
    targets: 0,
    regions: 0,
    sources: 0,
  });
  expect(await inTransaction((trx) => seedPublishedFigures(trx, NOW))).toBe(0);
  expect([
    await countOf("coverage_figure"),
    await countOf("submission"),
    await countOf("coverage_denominator"),
  ]).toEqual(before);
  expect(before[0]).toBe(28);
  expect(before[2]).toBe(2);
});

test("published figures come through submissions of the seeds, one for each publisher", async () => {
  const rows = await db
    .selectFrom("submission")
    .select(["via", "source_code", "accepted", "outcome"])
    .execute();
  expect(new Set(rows.map(({ via }) => via))).toEqual(new Set(["seed"]));
  expect(rows.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(28);
  expect(rows.find(({ source_code: code }) => code === "pub-sggp-org-vn")?.accepted).toBe(5);
});

test("old provinces' figures are of the old units, and household counts are denominators", async () => {
  const figures = await db
    .selectFrom("coverage_figure as f")
    .innerJoin("admin_unit as u", "u.id", "f.unit_id")
    .select(["u.full_name_vi", "f.indicator_code", "f.numerator", "f.stated_ratio"])
    .where("u.valid_to", "is not", null)
    .orderBy("f.id")
    .execute();
  expect(figures.map((each) => Object.values(each))).toEqual(
    expect.arrayContaining([
      ["Tỉnh Thái Nguyên", "hamlet_fibre", null, 1],
      ["Tỉnh Thái Nguyên", "hamlet_mobile_broadband", null, 0.996],
      ["Tỉnh Quảng Ngãi", "sites_all", 3700, null],
      ["Tỉnh Quảng Ngãi", "commune_has_fibre", null, 1],
    ]),
  );
  expect(figures).toHaveLength(4);
  const counts = await db
    .selectFrom("coverage_denominator")
    .select(["kind", "as_of", "value"])
    .orderBy("value")
    .execute();
  expect(counts).toEqual([
    { kind: "households", as_of: "2019-04-01", value: 2_500_000 },
    { kind: "households", as_of: "2019-04-01", value: 26_900_000 },
  ]);
});

test("no published figure is marked as made up", async () => {
  const rows = await db.selectFrom("coverage_source").select("made_up").execute();
  expect(rows.some(({ made_up: madeUp }) => madeUp)).toBe(false);
});

test("a version that has figures keeps its meaning; its names and headers may change", async () => {
  const given = await readIndicators();
  const changed = given.map((each) =>
    each.code === "pop_5g" || each.code === "sites_2g"
      ? { ...each, definitionVi: "Khác.", nameVi: "Tên khác" }
      : each.code === "pop_mobile_any"
        ? { ...each, nameVi: "Tên mới", aliases: ["đầu cột mới"] }
        : each,
  );
  expect(await putIndicators(db, changed)).toEqual({ put: 2, kept: ["pop_5g 1"] });
  const now = new Map((await loadIndicators(db)).map((each) => [each.code, each]));
  expect(now.get("pop_5g")?.nameVi).toBe("Dân số được phủ sóng 5G");
  expect(now.get("sites_2g")?.definitionVi).toBe("Khác.");
  expect(now.get("pop_mobile_any")?.aliases).toEqual(["đầu cột mới"]);
  expect(await putIndicators(db, given)).toEqual({ put: 2, kept: [] });
});

test("a new version is a row: the old one ends, figures stay with theirs", async () => {
  const given = await readIndicators();
  const next = given.flatMap((each) =>
    each.code === "pop_5g"
      ? [
          { ...each, validTo: "2027-01-01" },
          { ...each, version: 2, definitionEn: "Another.", validFrom: "2027-01-01" },
        ]
      : [each],
  );
  expect(await putIndicators(db, next)).toEqual({ put: 2, kept: [] });
  await db.deleteFrom("indicator").where("version", "=", 2).execute();
  await putIndicators(db, given);
});

test("a new indicator is a row and no code: the headers that it names are understood at once", async () => {
  const given = await readIndicators();
  const model = given.find(({ code }) => code === "hamlet_4g");
  if (!model) throw new Error("There is no hamlet_4g");
  const added = {
    ...model,
    code: "hamlet_drone",
    nameVi: "Thôn có máy bay chở sóng",
    nameEn: "Hamlets served by drones",
    aliases: ["số thôn có máy bay chở sóng"],
    position: given.length + 1,
  };
  expect(await putIndicators(db, [...given, added])).toEqual({ put: 1, kept: [] });
  const [indicators, denominatorKinds] = [await loadIndicators(db), await loadDenominatorKinds(db)];
  expect(
    headerDictionary({ indicators, denominatorKinds }).meaningOf("SỐ THÔN CÓ MÁY BAY CHỞ SÓNG"),
  ).toEqual({
    role: "numerator:hamlet_drone",
  });
  await db.deleteFrom("indicator").where("code", "=", "hamlet_drone").execute();
});

test("a target that is taken out of the list goes", async () => {
  const given = await readTargets();
  expect(await putTargets(db, given.slice(1))).toBe(1);
  expect(await putTargets(db, given)).toBe(1);
});

test("a region with a member that was no province is refused", async () => {
  const [first] = await readRegions();
  if (!first) throw new Error("There is no region");
  const broken = { ...first, members: [{ province: "03", unitsOn: "2025-06-30" }] };
  await expect(inTransaction((trx) => putRegions(trx, [broken]))).rejects.toThrow(
    "Region kttd-bac-bo has a member that was no province: 03",
  );
});
