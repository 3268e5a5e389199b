import { createHash } from "node:crypto";
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BASES, type NewFigure } from "../../src/domain/coverage/figure.ts";
import { editionSums } from "../../src/reports/coverage-releases/edition-sums.ts";
import { listAudit } from "../../src/store/audit-log.ts";
import { publishRelease } from "../../src/store/coverage-releases.ts";
import { listSources, putSources } from "../../src/store/coverage-sources.ts";
import type { Database } from "../../src/store/database.ts";
import { editionFile } from "../../src/store/release-content.ts";
import { planRelease, type ReleaseRequest, verifyRelease } from "../../src/store/release-plan.ts";
import { openCoverageDatabase } from "../support/coverage-database.ts";
import {
  communesOf,
  householdFigure,
  recordFigures,
  withoutValue,
} from "../support/coverage-figures.ts";

const AT = { now: new Date("2027-02-01T03:00:00Z"), today: "2027-02-01" };
const ACTOR = { keyId: null, name: "publisher" };

let opened: Awaited<ReturnType<typeof openCoverageDatabase>>;
let db: Database;
let communes: { id: number; code: string }[];
beforeAll(async () => {
  opened = await openCoverageDatabase();
  db = opened.db;
  communes = await communesOf(db, "46");
});
afterAll(() => opened.close());

const request = (change: Partial<ReleaseRequest> = {}): ReleaseRequest => ({
  asOf: "2026-09-30",
  noteVi: null,
  noteEn: null,
  breaks: [],
  licence: "https://example.test/licence",
  despiteHeld: false,
  ...change,
});
const publish = (change: Partial<ReleaseRequest> = {}) =>
  publishRelease({ db, actor: ACTOR }, request(change), editionSums, AT);
const published = async (change: Partial<ReleaseRequest> = {}) => {
  const made = await publish(change);
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  return made.value;
};
const refusals = async (change: Partial<ReleaseRequest>) => {
  const made = await publish(change);
  return made.ok ? [] : made.problem.map(({ kind }) => kind);
};
const unit = (index: number) => communes[index]?.id ?? 0;
const release = (code: string) =>
  db.selectFrom("coverage_release").selectAll().where("code", "=", code).executeTakeFirstOrThrow();
const fileOf = async (code: string) => {
  const { as_of: asOf, cut_figure_id: cut } = await release(code);
  let text = "";
  for await (const piece of editionFile(db, { asOf, cut })) text += piece;
  return text;
};
const hold = (asOf: string, state: "pending" | "refused", number: number) =>
  recordFigures(db, [householdFigure(unit(9), { asOf: "2024-03-31", numerator: number })], {
    reason: "x",
  }).then((submission_id) =>
    db
      .insertInto("held_row")
      .values({
        submission_id,
        row_number: 2,
        unit_id: unit(9),
        after_figure_id: 0,
        figures: JSON.stringify([householdFigure(unit(9), { asOf })]),
        rules: ["V21"],
        state,
        ...(state === "refused" ? { decided_at: AT.now, reason: "no" } : {}),
      })
      .returning("id")
      .executeTakeFirstOrThrow(),
  );

describe("a release", () => {
  test("freezes the last revisions of its day and before, without what was withdrawn or is later", async () => {
    await recordFigures(db, [
      householdFigure(unit(0)),
      householdFigure(unit(1), { numerator: 10 }),
      householdFigure(unit(2)),
      householdFigure(unit(0), { asOf: "2026-06-30", numerator: 70 }),
      householdFigure(unit(0), { asOf: "2026-12-31", numerator: 90 }),
    ]);
    await recordFigures(db, [householdFigure(unit(1), { numerator: 12 })], { reason: "đếm lại" });
    await recordFigures(db, [householdFigure(unit(2), withoutValue("withdrawn"))], {
      reason: "nhầm xã",
    });
    const made = await published();
    expect(made.code).toBe("2026-Q3");
    const lines = (await fileOf("2026-Q3")).split("\r\n");
    expect(lines[0]).toBe(
      "\uFEFFindicator,as_of,indicator_version,unit_level,unit_code,unit_valid_from,operator,basis,source,status,numerator,denominator,denominator_source,stated_ratio,revision,note,made_up",
    );
    const [first, second] = communes.map(({ code }) => code);
    expect(
      lines.filter((line) => line.includes(",ministry,present,") && line.includes("2025-07-01")),
    ).toEqual([
      `fibre_hh_passed,2026-06-30,1,commune,${first},2025-07-01,all,reported,ministry,present,70,100,report,,1,,false`,
      `fibre_hh_passed,2026-09-30,1,commune,${first},2025-07-01,all,reported,ministry,present,80,100,report,,1,,false`,
      `fibre_hh_passed,2026-09-30,1,commune,${second},2025-07-01,all,reported,ministry,present,12,100,report,,2,,false`,
    ]);
    expect(lines.length - 2).toBe(made.figures);
    expect(lines.at(-1)).toBe("");
  });

  test("has the SHA-256 of its file, which verifying works out again", async () => {
    const { sha256 } = await release("2026-Q3");
    expect(
      createHash("sha256")
        .update(await fileOf("2026-Q3"))
        .digest("hex"),
    ).toBe(sha256);
    expect(await verifyRelease(db, "2026-Q3")).toMatchObject({
      recorded: sha256,
      computed: sha256,
    });
    expect(await verifyRelease(db, "2031-Q1")).toBeNull();
  });

  test("freezes the sums of the country and of every province with it", async () => {
    const { id } = await release("2026-Q3");
    const sums = await db
      .selectFrom("coverage_release_sum as s")
      .innerJoin("admin_unit as u", "u.id", "s.unit_id")
      .select(["u.code", "s.content"])
      .where("release_id", "=", id)
      .where("indicator_code", "=", "fibre_hh_passed")
      .execute();
    expect(sums.length).toBe(35);
    expect(sums.find(({ code }) => code === "46")?.content).toMatchObject({
      numerator: 92,
      denominator: 200,
      ratio: 0.46,
      reported_communes: 2,
      expected_communes: communes.length,
    });
    expect(sums.find(({ code }) => code === "VN")?.content).toMatchObject({ numerator: 92 });
  });

  test("is in the audit log, with who published it", async () => {
    const [entry] = await listAudit(db, { limit: 1, objectType: "coverage_release" });
    expect(entry).toMatchObject({ actor: "publisher", action: "create", objectId: "2026-Q3" });
  });

  test.each(["coverage_release", "coverage_release_sum", "coverage_release_break"] as const)(
    "can be neither changed nor deleted: %s",
    async (table) => {
      if (table === "coverage_release_break") {
        const { id } = await release("2026-Q3");
        await db
          .insertInto(table)
          .values({ release_id: id, indicator_code: "pop_4g", note_vi: "x", note_en: "x" })
          .execute();
      }
      const name = sql.table(table);
      const column = sql.ref(table === "coverage_release" ? "licence" : "indicator_code");
      await expect(sql`update ${name} set ${column} = 'other'`.execute(db)).rejects.toThrow(
        /frozen/,
      );
      await expect(sql`delete from ${name}`.execute(db)).rejects.toThrow(/frozen/);
    },
  );

  test("is named as a further edition of its quarter, with what came since", async () => {
    await recordFigures(db, [householdFigure(unit(3))]);
    expect((await published()).code).toBe("2026-Q3.2");
    await recordFigures(db, [householdFigure(unit(4))]);
    expect((await published()).code).toBe("2026-Q3.3");
  });

  test("says in its row whether anything in it is made up", async () => {
    await db
      .insertInto("coverage_source")
      .values({
        code: "demo-x",
        kind: "survey",
        name_vi: "x",
        name_en: "x",
        rank: 99,
        made_up: true,
      })
      .execute();
    expect((await release("2026-Q3.3")).made_up).toBe(false);
    await recordFigures(db, [householdFigure(unit(5), { source: "demo-x" })]);
    const { code } = await published();
    expect((await release(code)).made_up).toBe(true);
  });

  test("keeps its bytes when a source is said to be made up after it has figures", async () => {
    const source = (await listSources(db)).find((each) => each.code === "ministry");
    if (!source) throw new Error("no ministry");
    const { code } = await db
      .selectFrom("coverage_release")
      .select("code")
      .orderBy("id", "desc")
      .executeTakeFirstOrThrow();
    const before = await fileOf(code);
    expect(await putSources(db, [{ ...source, madeUp: true }])).toBe(0);
    expect(await putSources(db, [{ ...source, code: "unused", madeUp: false }])).toBe(1);
    expect(await putSources(db, [{ ...source, code: "unused", madeUp: true }])).toBe(1);
    expect(await fileOf(code)).toBe(before);
    const checked = await verifyRelease(db, code);
    expect(checked?.computed).toBe(checked?.recorded);
  });
});

describe("a release is refused", () => {
  test("where its day is no quarter's end, or has not come", async () => {
    expect(await refusals({ asOf: "2026-09-29" })).toContain("not_a_quarter_end");
    expect(await refusals({ asOf: "2027-03-31" })).toContain("in_the_future");
  });

  test("where there are no figures of its day", async () => {
    expect(await refusals({ asOf: "2019-03-31" })).toEqual(["nothing_to_publish"]);
  });

  test("where nothing was recorded since the last one of its quarter", async () => {
    expect(await refusals({})).toEqual(["nothing_new"]);
  });

  test("where a method break names no indicator", async () => {
    const breaks = [{ indicator: "no_such", noteVi: "x", noteEn: "x" }];
    expect(await refusals({ breaks })).toContain("unknown_indicators");
  });

  test("while rows of its quarter wait, unless a note says so", async () => {
    await recordFigures(db, [householdFigure(unit(6))]);
    await hold("2026-06-30", "pending", 1);
    await hold("2026-09-30", "refused", 2);
    expect((await planRelease(db, request(), AT)).held).toBe(0);
    const { id } = await hold("2026-09-30", "pending", 3);
    expect(await refusals({})).toEqual(["held_rows"]);
    expect(await refusals({ despiteHeld: true })).toEqual(["held_without_note"]);
    await published({ despiteHeld: true, noteVi: "Còn 1 dòng chờ xem xét" });
    await db.updateTable("held_row").set({ state: "superseded" }).where("id", "=", id).execute();
  });
});

describe("a dry run", () => {
  test("tells the checksum that publishing would give, and writes nothing", async () => {
    await recordFigures(db, [householdFigure(unit(7))]);
    const before = await db.selectFrom("coverage_release").select("code").execute();
    const plan = await planRelease(db, request(), AT);
    expect(plan.problems).toEqual([]);
    expect(await db.selectFrom("coverage_release").select("code").execute()).toEqual(before);
    expect(await published()).toMatchObject({
      code: plan.code,
      sha256: plan.sha256,
      figures: plan.figures,
    });
  });
});

test("the content of a release stays the same whatever is recorded later", async () => {
  const frozen = await db
    .selectFrom("coverage_release")
    .select(["code", "sha256"])
    .orderBy("id")
    .execute();
  const [first, last] = [frozen[0], frozen.at(-1)];
  if (!first || !last) throw new Error("Nothing was published");
  const before = new Map<string, string>();
  for (const { code } of [first, last]) before.set(code, await fileOf(code));
  const later: fc.Arbitrary<NewFigure> = fc
    .record({
      unit: fc.nat({ max: 12 }),
      asOf: fc.constantFrom("2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"),
      basis: fc.constantFrom(...BASES),
      numerator: fc.nat({ max: 100 }),
      withdrawn: fc.boolean(),
      note: fc.option(fc.string({ maxLength: 8 }).map((text) => text.replaceAll("\0", ""))),
    })
    .map(({ unit: index, withdrawn, ...facts }) =>
      householdFigure(unit(index), { ...facts, ...(withdrawn ? withoutValue("withdrawn") : {}) }),
    );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(later, {
        maxLength: 12,
        selector: ({ unitId, asOf, basis }) => `${unitId} ${asOf} ${basis}`,
      }),
      async (figures) => {
        if (figures.length > 0) await recordFigures(db, figures, { reason: "later" });
        for (const { code, sha256 } of [first, last]) {
          expect((await verifyRelease(db, code))?.computed).toBe(sha256);
          expect(await fileOf(code)).toBe(before.get(code));
        }
      },
    ),
    { numRuns: 5 },
  );
});
