import type { NewFigure } from "../../../src/domain/coverage/figure.ts";
import { addFigures } from "../../../src/store/coverage-figures.ts";
import { lockCoverage } from "../../../src/store/coverage-lock.ts";
import { putSources } from "../../../src/store/coverage-sources.ts";
import type { Database } from "../../../src/store/database.ts";
import { addSubmission } from "../../../src/store/submissions.ts";
import { submission } from "../../store/helpers/coverage.ts";
import { openCoverageDatabase } from "../../support/coverage-database.ts";

/** What a hand-made indicator may differ in from a share of households, reported by communes. */
interface IndicatorChange {
  readonly denominator_kind?: "households" | "communes" | null;
  readonly multi_operator?: "union" | "max" | "named";
  readonly lowest_level?: "commune" | "province" | "country";
  readonly version?: number;
  readonly code?: string;
  readonly valid_from?: string;
  readonly valid_to?: string;
}

/** A unit of the real list. */
export interface WorldUnit {
  readonly id: number;
  readonly level: string;
  readonly code: string;
  readonly parent_id: number | null;
}

/** Real units of every vintage, with hand-made indicators and figures. */
export interface CoverageWorld {
  readonly db: Database;
  /** The present unit with this code. */
  readonly unit: (level: string, code: string) => WorldUnit;
  readonly communes: (province: string) => readonly WorldUnit[];
  readonly addIndicator: (change?: IndicatorChange) => Promise<string>;
  readonly add: (
    figures: readonly (Partial<NewFigure> & Pick<NewFigure, "unitId" | "indicator">)[],
    at?: string,
  ) => Promise<void>;
  readonly close: () => Promise<void>;
}

export const DAY = "2026-09-30";

/** A figure of 80 of 100 households on that day, changed as given. */
export function share(
  unitId: number,
  indicator: string,
  change: Partial<NewFigure> = {},
): NewFigure {
  return {
    unitId,
    indicator,
    indicatorVersion: 1,
    operator: "all",
    asOf: DAY,
    basis: "reported",
    source: "world-ministry",
    status: "present",
    numerator: 80,
    denominator: 100,
    denominatorSource: "report",
    statedRatio: null,
    sheet: null,
    row: null,
    note: null,
    ...change,
  };
}

/** What a figure without a value has. */
export const NOTHING = { numerator: null, denominator: null, denominatorSource: null } as const;

/** Opens it; figures stay once they are there, so that every test takes an indicator of its own. */
export async function openWorld(): Promise<CoverageWorld> {
  const { db, close } = await openCoverageDatabase();
  await putReferences(db);
  const units = await db
    .selectFrom("admin_unit")
    .select(["id", "level", "code", "parent_id"])
    .where("valid_to", "is", null)
    .orderBy("code")
    .execute();
  const unit = (level: string, code: string): WorldUnit => {
    const found = units.find((each) => each.level === level && each.code === code);
    if (!found) throw new Error(`no unit ${code}`);
    return found;
  };
  return {
    db,
    unit,
    communes: (province) =>
      units.filter(
        (each) => each.level === "commune" && each.parent_id === unit("province", province).id,
      ),
    addIndicator: (change) => addIndicator(db, change),
    add: (figures, at) => add(db, figures, at),
    close,
  };
}

let made = 0;

async function addIndicator(db: Database, change: IndicatorChange = {}): Promise<string> {
  made += 1;
  const code = change.code ?? `world_${made}`;
  const text = "x";
  await db
    .insertInto("indicator")
    .values({
      version: 1,
      name_vi: text,
      name_en: text,
      definition_vi: text,
      definition_en: text,
      numerator_vi: text,
      numerator_en: text,
      denominator_vi: text,
      denominator_en: text,
      unit_counted: "household",
      sense: "reaches",
      denominator_kind: "households",
      technology: "fibre",
      at_least: false,
      place: "any",
      multi_operator: "union",
      cumulative: true,
      lowest_level: "commune",
      exists_from: null,
      part_of: null,
      shown_by: null,
      aliases: [],
      source_url: null,
      valid_from: "2015-01-01",
      valid_to: null,
      ...change,
      code,
    })
    .execute();
  return code;
}

async function add(
  db: Database,
  figures: readonly (Partial<NewFigure> & Pick<NewFigure, "unitId" | "indicator">)[],
  at = "2026-10-05T02:00:00Z",
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockCoverage(trx);
    const submissionId = await addSubmission(trx, submission({ source: "world-ministry" }));
    await addFigures(
      trx,
      figures.map(({ unitId, indicator, ...change }) => share(unitId, indicator, change)),
      { submissionId, reason: "corrected", recordedAt: new Date(at) },
    );
  });
}

/** Puts one indicator with one figure of this unit into any database; returns the indicator and the figure's number. */
export async function putOneFigure(
  db: Database,
  unit: number,
): Promise<{ readonly indicator: string; readonly figure: number }> {
  await putReferences(db);
  const indicator = await addIndicator(db);
  await add(db, [share(unit, indicator)]);
  const { id } = await db
    .selectFrom("coverage_figure")
    .select("id")
    .where("indicator_code", "=", indicator)
    .executeTakeFirstOrThrow();
  return { indicator, figure: id };
}

async function putReferences(db: Database): Promise<void> {
  const source = { nameVi: "x", nameEn: "x", province: null, madeUp: false } as const;
  await putSources(db, [
    { ...source, code: "world-ministry", kind: "ministry", rank: 1 },
    { ...source, code: "world-province", kind: "province", rank: 2 },
    { ...source, code: "world-invented", kind: "survey", rank: 99, madeUp: true },
  ]);
  await db
    .insertInto("denominator_kind")
    .values(
      ["households", "communes"].map((code) => ({
        code,
        name_vi: code,
        name_en: code,
        aliases: [],
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
