import type { Day } from "../../domain/calendar.ts";
import { quarterBefore, quarterEnd } from "../../domain/coverage/quarter.ts";
import { DEFAULT_SOURCE } from "../../importing/import-options.ts";
import { listProvinces } from "../../reports/admin-units.ts";
import { type IndicatorRow, listIndicators } from "../../reports/coverage/indicators.ts";
import { listCoverageSources } from "../../reports/coverage/sources.ts";
import { loadDenominatorKinds } from "../../store/coverage-register.ts";
import type { Database } from "../../store/database.ts";
import type { CodeNames } from "../../web/coverage-work/column-words.ts";
import type { Lang } from "../../web/lang.ts";
import { MAX_LIMIT } from "../lists/fields.ts";

/** Something to choose in a form. */
export interface FormOption {
  readonly value: string;
  readonly text: string;
}

/** Sources that files can be from: the usual one first, the others, then every present province. */
export async function sourceOptions(db: Database, day: Day, lang: Lang): Promise<FormOption[]> {
  const [sources, provinces] = await Promise.all([
    listCoverageSources(db),
    provinceOptions(db, day, "province-"),
  ]);
  const others = sources
    .filter(({ kind }) => kind !== "province" && kind !== "publication")
    .toSorted((one, other) => usualFirst(one.code) - usualFirst(other.code))
    .map(({ code, name_vi: vi, name_en: en }) => ({ value: code, text: lang === "vi" ? vi : en }));
  return [...others, ...provinces];
}

function usualFirst(code: string): number {
  return code === DEFAULT_SOURCE ? 0 : 1;
}

/** The present provinces, by code; `prefix` stands before each value. */
async function provinceOptions(
  db: Database,
  day: Day,
  prefix = "",
): Promise<readonly FormOption[]> {
  const { rows } = await listProvinces(db, day, { limit: MAX_LIMIT, after: null });
  return rows.map(({ code, full_name_vi: name }) => ({
    value: `${prefix}${code}`,
    text: `${name} (${code})`,
  }));
}

/** So many quarters can be chosen; older ones are in files that say so. */
const QUARTERS = 12;

/** The last days of the last quarters that are over, newest first. */
export function pastQuarters(today: Day): Day[] {
  const newest = quarterEnd(today) === today ? today : quarterBefore(today);
  const days = [newest];
  while (days.length < QUARTERS) days.push(quarterBefore(days.at(-1) ?? newest));
  return days;
}

/** Names of indicators and of what their numerators are parts of, in one language. */
export async function codeNames(db: Database, lang: Lang): Promise<CodeNames> {
  const [indicators, kinds] = await Promise.all([listIndicators(db), loadDenominatorKinds(db)]);
  // Newest versions come first: the name of the present one stays.
  return new Map([
    ...kinds.map((kind): [string, string] => [
      kind.code,
      lang === "vi" ? kind.nameVi : kind.nameEn,
    ]),
    ...indicators
      .toReversed()
      .map((each): [string, string] => [each.code, lang === "vi" ? each.name_vi : each.name_en]),
  ]);
}

/** The indicators that are in force, in the order of their list. */
export function indicatorOptions(db: Database, at: At): Promise<FormOption[]> {
  return optionsOf(db, at, () => true);
}

/** Of them those that communes are asked for. */
export function communeIndicatorOptions(db: Database, at: At): Promise<FormOption[]> {
  return optionsOf(db, at, ({ lowest_level: level }) => level === "commune");
}

interface At {
  readonly lang: Lang;
  readonly today: Day;
}

async function optionsOf(
  db: Database,
  { lang, today }: At,
  wanted: (row: IndicatorRow) => boolean,
): Promise<FormOption[]> {
  const inForce = (await listIndicators(db)).filter(
    ({ valid_from: from, valid_to: to }) => from <= today && (to === null || today < to),
  );
  return inForce.filter(wanted).map(({ code, name_vi: vi, name_en: en }) => ({
    value: code,
    text: lang === "vi" ? vi : en,
  }));
}
