import { CERTAINTIES } from "../src/domain/certainty.ts";
import { SOURCE_KINDS } from "../src/domain/coverage/figure.ts";
import { SENSES } from "../src/domain/coverage/indicator.ts";
import type { IndicatorInput, TargetInput } from "../src/store/coverage-reference.ts";
import type { RegionInput } from "../src/store/coverage-regions.ts";
import type { CoverageSource } from "../src/store/coverage-sources.ts";
import { type CheckedRow, checkedRows } from "./checked-rows.ts";

// What the columns mean stands beside the types and in docs/coverage-indicators.md.

const LEVELS = ["country", "province", "commune"] as const;

/** What numerators may be parts of, in the order of the file. */
export async function readDenominatorKinds() {
  return (await checkedRows("denominator_kinds.csv")).map((row) => ({
    code: row.text("code"),
    nameVi: row.text("name_vi"),
    nameEn: row.text("name_en"),
    aliases: row.list("aliases"),
    position: row.position,
  }));
}

/** Every version of every indicator, in the order of the file; each version of a code is in force alone. */
export async function readIndicators(): Promise<IndicatorInput[]> {
  const kinds = new Set((await readDenominatorKinds()).map(({ code }) => code));
  const rows = await checkedRows("indicators.csv");
  const indicators = rows.map(indicator);
  for (const [index, row] of rows.entries()) {
    const given = indicators[index] as IndicatorInput;
    const { code, denominatorKind, partOf, shownBy, validFrom, validTo } = given;
    if (denominatorKind !== null && !kinds.has(denominatorKind)) {
      throw row.wrong(`there is no denominator kind ${denominatorKind}`);
    }
    for (const other of [partOf, shownBy]) {
      if (other !== null && !indicators.some((each) => each.code === other)) {
        throw row.wrong(`there is no indicator ${other}`);
      }
    }
    if (validTo !== null && validTo <= validFrom) throw row.wrong("it ends before it begins");
    const twice = indicators.some(
      (each) => each !== given && each.code === code && overlap(each, given),
    );
    if (twice) throw row.wrong(`another version of ${code} is in force on the same day`);
  }
  return indicators;
}

function overlap(one: IndicatorInput, other: IndicatorInput): boolean {
  return (
    (one.validTo === null || other.validFrom < one.validTo) &&
    (other.validTo === null || one.validFrom < other.validTo)
  );
}

function indicator(row: CheckedRow): IndicatorInput {
  return {
    code: row.text("code"),
    version: row.number("version"),
    nameVi: row.text("name_vi"),
    nameEn: row.text("name_en"),
    definitionVi: row.text("definition_vi"),
    definitionEn: row.text("definition_en"),
    numeratorVi: row.text("numerator_vi"),
    numeratorEn: row.text("numerator_en"),
    ...denominator(row),
    unitCounted: row.text("unit_counted"),
    sense: row.oneOf("sense", SENSES),
    technology: row.text("technology"),
    atLeast: row.flag("at_least"),
    place: row.oneOf("place", ["any", "indoor", "outdoor", "not_stated"]),
    multiOperator: row.oneOf("multi_operator", ["union", "max", "named"]),
    cumulative: row.flag("cumulative"),
    lowestLevel: row.oneOf("lowest_level", LEVELS),
    existsFrom: row.dayOrNull("exists_from"),
    partOf: row.textOrNull("part_of"),
    shownBy: row.textOrNull("shown_by"),
    partition: row.textOrNull("partition"),
    aliases: row.list("aliases"),
    sourceUrl: row.textOrNull("source_url"),
    validFrom: row.day("valid_from"),
    validTo: row.dayOrNull("valid_to"),
    position: row.position,
  };
}

/** A share says of what, in both languages; a count has no denominator at all. */
function denominator(row: CheckedRow) {
  const denominatorKind = row.textOrNull("denominator_kind");
  const [vi, en] = [row.textOrNull("denominator_vi"), row.textOrNull("denominator_en")];
  const given = [denominatorKind, vi, en].filter((each) => each !== null).length;
  if (given !== 0 && given !== 3)
    throw row.wrong("a denominator has a kind and both texts, or none");
  return { denominatorKind, denominatorVi: vi, denominatorEn: en };
}

/** The targets, in the order of the file; each speaks of an indicator that there is. */
export async function readTargets(): Promise<TargetInput[]> {
  const indicators = await readIndicators();
  return (await checkedRows("coverage_targets.csv")).map((row) => {
    const read = target(row);
    const spoken = indicators.find(({ code }) => code === read.indicator);
    if (!spoken) throw row.wrong(`there is no indicator ${read.indicator}`);
    const { thresholdKind: kind, threshold, certainty, sourceUrl } = read;
    if (kind === "ratio" && (threshold > 1 || spoken.denominatorKind === null)) {
      throw row.wrong("a ratio is at most 1, and of an indicator with a denominator");
    }
    if ((kind === "rank") !== (spoken.sense === "index")) {
      throw row.wrong("a rank is of an index, and an index has nothing but ranks");
    }
    if (sourceUrl === null && certainty !== "unverified") {
      throw row.wrong(`${certainty} needs the address of what was read`);
    }
    return read;
  });
}

function target(row: CheckedRow): TargetInput {
  return {
    code: row.text("code"),
    indicator: row.text("indicator_code"),
    level: row.oneOf("level", LEVELS),
    comparison: row.oneOf("comparison", ["at_least", "at_most"]),
    threshold: row.number("threshold"),
    thresholdKind: row.oneOf("threshold_kind", ["ratio", "count", "rank"]),
    dueOn: row.day("due_on"),
    legalDocument: row.text("legal_document"),
    article: row.textOrNull("article"),
    textVi: row.text("text_vi"),
    textEn: row.text("text_en"),
    certainty: row.oneOf("certainty", CERTAINTIES),
    sourceUrl: row.textOrNull("source_url"),
    validFrom: row.dayOrNull("valid_from"),
    validTo: row.dayOrNull("valid_to"),
    noteVi: row.textOrNull("note_vi"),
    noteEn: row.textOrNull("note_en"),
    position: row.position,
  };
}

/** Who may stand behind figures; a province's own reports need no row. */
export async function readSources(): Promise<CoverageSource[]> {
  return (await checkedRows("coverage_sources.csv")).map((row) => ({
    code: row.text("code"),
    kind: row.oneOf("kind", SOURCE_KINDS),
    nameVi: row.text("name_vi"),
    nameEn: row.text("name_en"),
    province: null,
    rank: row.number("rank"),
    madeUp: false,
  }));
}

/** Regions with their members, in the order of the file. */
export async function readRegions(): Promise<RegionInput[]> {
  const members = (await checkedRows("region_members.csv")).map((row) => ({
    region: row.text("region_code"),
    province: row.text("province_code"),
    unitsOn: row.day("units_on"),
  }));
  return (await checkedRows("regions.csv")).map((row) => ({
    code: row.text("code"),
    kind: row.text("kind"),
    nameVi: row.text("name_vi"),
    nameEn: row.text("name_en"),
    legalDocument: row.text("legal_document"),
    certainty: row.oneOf("certainty", CERTAINTIES),
    sourceUrl: row.textOrNull("source_url"),
    validFrom: row.day("valid_from"),
    validTo: row.dayOrNull("valid_to"),
    position: row.position,
    members: members
      .filter(({ region }) => region === row.text("code"))
      .map(({ province, unitsOn }) => ({ province, unitsOn })),
  }));
}
