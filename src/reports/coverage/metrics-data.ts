import { sql } from "kysely";
import type { Day } from "../../domain/calendar.ts";
import type { UnitLevel } from "../../domain/coverage/indicator.ts";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import type { Database } from "../../store/database.ts";
import { latestDays } from "./days.ts";
import { provinceOf } from "./groups.ts";
import { listIndicators, versionFor } from "./indicators.ts";
import { sumsOn } from "./sums.ts";
import { listTargets, type TargetRow } from "./targets.ts";
import { unitsOn } from "./units-on.ts";

/** One indicator on the last day that was reported, for the country, provinces and communes. */
export interface IndicatorSums {
  readonly indicator: string;
  readonly asOf: Day;
  readonly sums: readonly CoverageSum[];
}

/** A present unit under the names that labels have. */
export interface UnitLabels {
  readonly unit: string;
  readonly level: UnitLevel;
  /** Code of the province that it is or lies in; empty for the country. */
  readonly province: string;
  /** With its type. */
  readonly name: string;
}

/** Everything that /metrics/coverage shows. */
export interface CoverageMetricsData {
  readonly indicators: readonly IndicatorSums[];
  readonly units: readonly UnitLabels[];
  readonly targets: readonly TargetRow[];
}

/** What was imported so far, and when something was last. */
export interface ImportFacts {
  readonly outcomes: Readonly<Record<"accepted" | "held" | "refused", number>>;
  readonly lastAt: Date | null;
}

const LEVELS = ["country", "province", "commune"] as const;

/** The reported figures of every indicator on its last day, for the present units; targets in force on a day. */
export async function coverageMetricsData(db: Database, today: Day): Promise<CoverageMetricsData> {
  const [units, versions, days, targets] = await Promise.all([
    unitsOn(db, undefined),
    listIndicators(db),
    latestDays(db, "reported"),
    listTargets(db, { on: today }),
  ]);
  const indicators: IndicatorSums[] = [];
  for (const [code, asOf] of days) {
    const indicator = versionFor(versions, code, { version: undefined, day: asOf });
    if (indicator === null) continue;
    const sums: CoverageSum[] = [];
    for (const level of LEVELS) sums.push(...(await sumsOn(db, indicator, { level }, [asOf])));
    indicators.push({ indicator: code, asOf, sums });
  }
  return {
    indicators,
    targets,
    units: units.all.map((unit) => ({
      unit: unit.code,
      level: unit.level,
      province: provinceOf(unit, units)?.code ?? "",
      name: unit.full_name_vi,
    })),
  };
}

/** What changes when figures, denominators (for the bounds) or units came, or a target, definition or source changed. */
export async function coverageMark(db: Database): Promise<string> {
  const { rows } = await sql<{ mark: string }>`
    select concat((select max(id) from coverage_figure), ' ', (select max(id) from submission), ' ',
      (select max(id) from coverage_denominator), ' ', (select max(id) from admin_unit_event), ' ',
      (select md5(string_agg(t::text, '' order by t.code)) from coverage_target t), ' ',
      (select md5(string_agg(i::text, '' order by i.code, i.version)) from indicator i), ' ',
      (select md5(string_agg(s::text, '' order by s.code)) from coverage_source s)) as mark`.execute(
    db,
  );
  return rows[0]?.mark ?? "";
}

/** Submissions by what came of them; those of the seeds are not imports. */
export async function importFacts(db: Database): Promise<ImportFacts> {
  const rows = await db
    .selectFrom("submission")
    .select([
      "outcome",
      (each) => each.fn.countAll<number>().as("count"),
      (each) => each.fn.max("received_at").as("last"),
    ])
    .where("via", "!=", "seed")
    .groupBy("outcome")
    .execute();
  const countOf = (outcome: string) => rows.find((row) => row.outcome === outcome)?.count ?? 0;
  const times = rows.map(({ last }) => last.getTime());
  return {
    outcomes: { accepted: countOf("accepted"), held: countOf("held"), refused: countOf("refused") },
    lastAt: times.length === 0 ? null : new Date(Math.max(...times)),
  };
}
