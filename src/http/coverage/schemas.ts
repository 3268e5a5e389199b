import { z } from "@hono/zod-openapi";
import { CERTAINTIES } from "../../domain/certainty.ts";
import { BASES, FIGURE_STATUSES } from "../../domain/coverage/figure.ts";
import { SENSES } from "../../domain/coverage/indicator.ts";
import { MISSING_REASONS } from "../../domain/coverage/sum.ts";

const count = z.number().int();
const day = z.string().openapi({ format: "date" });
const ratio = z.number().nullable();

export const levelSchema = z.enum(["country", "province", "commune"]);
export const basisSchema = z.enum(BASES);
const certaintySchema = z.enum(CERTAINTIES);

export const unitNameSchema = z
  .object({ level: levelSchema, code: z.string(), name_vi: z.string() })
  .openapi("UnitName");

const statedSchema = z
  .object({
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    ratio,
    source: z.string(),
    basis: basisSchema,
    note: z.string().nullable(),
  })
  .nullable();

export const coverageSumSchema = z
  .object({
    unit: unitNameSchema,
    indicator: z.string(),
    indicator_version: count,
    as_of: day,
    basis: basisSchema,
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    ratio,
    lower: ratio,
    upper: ratio,
    bounds: z.enum(["closed", "open", "none"]),
    reported_communes: count,
    expected_communes: count,
    missing_denominator: z.number().nullable(),
    missing: z.partialRecord(z.enum(MISSING_REASONS), count),
    denominator_source: z.string().nullable(),
    operators: z.enum(["all", "max"]).nullable(),
    recast: z.object({ exact: count, estimated: count, left_open: count }),
    stated: statedSchema,
    made_up: z.boolean(),
  })
  .openapi("CoverageSum", {
    description:
      "Sum of numerators over sum of denominators of the communes that reported (of an indicator that provinces report: of provinces). Ratios are 0–1; `lower` and `upper` are what the ratio comes to with everything missing at 0 % and at 100 %; open bounds are 0 and 1. `stated` was said of this very unit and enters no sum.",
  });

export const comparisonSchema = z
  .object({
    target: z.string(),
    comparison: z.enum(["at_least", "at_most"]),
    threshold: z.number(),
    threshold_kind: z.enum(["ratio", "count", "rank"]),
    due_on: day,
    legal_document: z.string(),
    article: z.string().nullable(),
    certainty: certaintySchema,
    verdict: z.enum(["met", "not_met", "unknown"]),
  })
  .openapi("TargetComparison");

export const indicatorSchema = z
  .object({
    code: z.string(),
    version: count,
    name_vi: z.string(),
    name_en: z.string(),
    definition_vi: z.string(),
    definition_en: z.string(),
    numerator_vi: z.string(),
    numerator_en: z.string(),
    denominator_vi: z.string().nullable(),
    denominator_en: z.string().nullable(),
    unit_counted: z.string(),
    sense: z.enum(SENSES),
    denominator_kind: z.string().nullable(),
    technology: z.string(),
    at_least: z.boolean(),
    place: z.enum(["any", "indoor", "outdoor", "not_stated"]),
    multi_operator: z.enum(["union", "max", "named"]),
    cumulative: z.boolean(),
    lowest_level: levelSchema,
    exists_from: day.nullable(),
    part_of: z.string().nullable(),
    shown_by: z.string().nullable(),
    source_url: z.string().nullable(),
    valid_from: day,
    valid_to: day.nullable(),
  })
  .openapi("CoverageIndicator");

export const targetSchema = z
  .object({
    code: z.string(),
    indicator_code: z.string(),
    level: levelSchema,
    comparison: z.enum(["at_least", "at_most"]),
    threshold: z.number(),
    threshold_kind: z.enum(["ratio", "count", "rank"]),
    due_on: day,
    due: z.boolean(),
    legal_document: z.string(),
    article: z.string().nullable(),
    text_vi: z.string(),
    text_en: z.string(),
    certainty: certaintySchema,
    source_url: z.string().nullable(),
    valid_from: day.nullable(),
    valid_to: day.nullable(),
    note_vi: z.string().nullable(),
    note_en: z.string().nullable(),
  })
  .openapi("CoverageTarget", { description: "`due`: the due day has come." });

export const figureSchema = z
  .object({
    id: count,
    unit: unitNameSchema.extend({ valid_from: day, valid_to: day.nullable() }),
    province: z.string().nullable(),
    indicator: z.string(),
    indicator_version: count,
    operator: z.string(),
    as_of: day,
    basis: basisSchema,
    source: z.string(),
    status: z.enum(FIGURE_STATUSES),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    denominator_source: z.string().nullable(),
    ratio,
    stated_ratio: ratio,
    revision: count,
    reason: z.string().nullable(),
    note: z.string().nullable(),
    submission: count,
    sheet: z.string().nullable(),
    row: count.nullable(),
    recorded_at: z.date().openapi({ type: "string", format: "date-time" }),
    made_up: z.boolean(),
  })
  .openapi("CoverageFigure");
