import { z } from "@hono/zod-openapi";
import { FIGURE_STATUSES } from "../../domain/coverage/figure.ts";
import { basisSchema } from "../coverage/schemas.ts";
import { CHANGE_KINDS } from "../../reports/coverage-releases/change-row.ts";

const count = z.number().int();
const day = z.string().openapi({ format: "date" });
const unit = z.object({
  level: z.string(),
  code: z.string(),
  valid_from: day,
  name_vi: z.string(),
});

/** The code of a release. */
export const releaseCode = z
  .string()
  .max(12)
  .regex(/^20\d{2}-Q[1-4](\.\d{1,4})?$/, "must be a release such as 2026-Q3 or 2026-Q3.2")
  .openapi({ example: "2026-Q3" });

const breakSchema = z.object({ indicator: z.string(), note_vi: z.string(), note_en: z.string() });

export const releaseSchema = z
  .object({
    code: releaseCode,
    as_of: day,
    published_at: z.string().openapi({ format: "date-time" }),
    note_vi: z.string().nullable(),
    note_en: z.string().nullable(),
    licence: z.string(),
    sha256: z.string(),
    figures: count,
    made_up: z.boolean(),
    breaks: z.array(breakSchema).readonly(),
  })
  .openapi("CoverageRelease", {
    description:
      "`sha256` is that of the file that `figures?format=csv` gives without any filter: docs/coverage-releases.md.",
  });

const countsSchema = z
  .array(
    z.object({
      indicator: z.string(),
      indicator_version: count,
      basis: basisSchema,
      figures: count,
      of_the_day: count,
      present: count,
    }),
  )
  .readonly();

export const releaseDetailSchema = releaseSchema
  .extend({ previous: z.string().nullable(), counts: countsSchema })
  .openapi("CoverageReleaseDetail");

export const releaseFigureSchema = z
  .object({
    indicator: z.string(),
    indicator_version: count,
    as_of: day,
    unit,
    province: z.object({ code: z.string(), name_vi: z.string() }).nullable(),
    operator: z.string(),
    basis: basisSchema,
    source: z.string(),
    status: z.enum(FIGURE_STATUSES),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    denominator_source: z.string().nullable(),
    ratio: z.number().nullable(),
    revision: count,
    note: z.string().nullable(),
    made_up: z.boolean(),
  })
  .openapi("CoverageReleaseFigure");

/** What stands beside the sums of a release. */
export const releaseMembersSchema = {
  release: releaseCode,
  as_of: day,
  licence: z.string(),
  made_up: z.boolean(),
};

const changedValue = z
  .object({
    status: z.enum(FIGURE_STATUSES),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    denominator_source: z.string().nullable(),
    ratio: z.number().nullable(),
    revision: count,
  })
  .nullable();

export const changeSchema = z
  .object({
    kind: z.enum(CHANGE_KINDS),
    as_of: day,
    unit,
    indicator: z.string().nullable(),
    indicator_version: count.nullable(),
    operator: z.string().nullable(),
    basis: basisSchema.nullable(),
    source: z.string().nullable(),
    old: changedValue,
    new: changedValue,
    reason: z.string().nullable(),
    submission: count.nullable(),
    method_break: z.boolean(),
    event: z
      .object({
        kind: z.enum(["merge", "split", "rename", "retype", "recode"]),
        part: z.enum(["whole", "split"]).nullable(),
        to: unit,
        old_type: z.string().nullable(),
        new_type: z.string().nullable(),
        legal_document: z.string().nullable(),
      })
      .nullable(),
  })
  .openapi("CoverageChange");

export const changeSummarySchema = z
  .object({
    new: count,
    revised: count,
    withdrawn: count,
    unit_changed: count,
    indicators: z
      .array(z.object({ indicator: z.string(), new: count, revised: count, withdrawn: count }))
      .readonly(),
    method_breaks: z
      .array(
        z.object({
          indicator: z.string(),
          from_versions: z.array(count).readonly(),
          to_versions: z.array(count).readonly(),
          notes: z
            .array(z.object({ release: z.string(), note_vi: z.string(), note_en: z.string() }))
            .readonly(),
        }),
      )
      .readonly(),
  })
  .openapi("CoverageChangeSummary");

export const releasePlanSchema = z
  .object({
    dry_run: z.literal(true),
    code: releaseCode,
    as_of: day,
    sha256: z.string(),
    figures: count,
    made_up: z.boolean(),
    held: count,
    since: z.string().nullable(),
    problems: z.array(z.object({ kind: z.string(), detail: z.string() })).readonly(),
    counts: countsSchema,
    changes: changeSummarySchema,
    first_changes: z.array(changeSchema).readonly(),
  })
  .openapi("CoverageReleasePlan", {
    description: "What a release would be, were it published now; nothing was written.",
  });
