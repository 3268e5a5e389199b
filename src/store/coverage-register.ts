import type { DenominatorKind, Indicator } from "../domain/coverage/indicator.ts";
import type { Database } from "./database.ts";

/** Every version of every indicator, in the order of its list. */
export async function loadIndicators(db: Database): Promise<Indicator[]> {
  const rows = await db
    .selectFrom("indicator")
    .selectAll()
    .orderBy("position")
    .orderBy("code")
    .orderBy("version")
    .execute();
  return rows.map((row) => ({
    code: row.code,
    version: row.version,
    nameVi: row.name_vi,
    nameEn: row.name_en,
    definitionVi: row.definition_vi,
    definitionEn: row.definition_en,
    numeratorVi: row.numerator_vi,
    numeratorEn: row.numerator_en,
    denominatorVi: row.denominator_vi,
    denominatorEn: row.denominator_en,
    unitCounted: row.unit_counted,
    sense: row.sense,
    denominatorKind: row.denominator_kind,
    technology: row.technology,
    atLeast: row.at_least,
    place: row.place,
    multiOperator: row.multi_operator,
    cumulative: row.cumulative,
    lowestLevel: row.lowest_level,
    existsFrom: row.exists_from,
    partOf: row.part_of,
    shownBy: row.shown_by,
    partition: row.partition,
    aliases: row.aliases,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  }));
}

/** What numerators may be parts of, in the order of their list. */
export async function loadDenominatorKinds(db: Database): Promise<DenominatorKind[]> {
  const rows = await db
    .selectFrom("denominator_kind")
    .selectAll()
    .orderBy("position")
    .orderBy("code")
    .execute();
  return rows.map(({ code, aliases, name_vi: nameVi, name_en: nameEn }) => ({
    code,
    nameVi,
    nameEn,
    aliases,
  }));
}

/** Slugs of the operators that figures may be of, beside all of them together. */
export async function loadOperators(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom("coverage_source")
    .select("code")
    .where("kind", "=", "operator")
    .orderBy("code")
    .execute();
  return rows.map(({ code }) => code);
}
