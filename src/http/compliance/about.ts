import type { Context } from "hono";
import { z } from "@hono/zod-openapi";
import { type ComplianceView, momentOf } from "../../reports/compliance-view.ts";
import { CRITERIA, type ReportLang } from "../../reports/compliance-words.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import type { AppDeps } from "../deps.ts";
import type { AppEnv } from "../env.ts";
import { day } from "../lists/fields.ts";
import { Problem } from "../problem.ts";
import { today, viewpoint } from "../viewpoint.ts";

/** The language of words in an answer. */
export const langField = z
  .enum(LANGS)
  .optional()
  .openapi({ description: "Language of words; else the Accept-Language header decides." });

/** A past day at whose end one looks. */
export const asOfField = day.optional().openapi({
  description: "As it was at the end of this day of the reporting time zone; else now.",
});

/** What stands in every answer about compliance. */
export const aboutSchema = {
  criteria: z.enum(Object.values(CRITERIA) as [string, ...string[]]).openapi({
    description: "Levels and grades are this system's own; no official ones were found.",
  }),
  made_up: z.boolean().openapi({ description: "True in a demonstration: nothing is measured." }),
  as_of: z.string().openapi({ format: "date" }),
};

/** The language that this request wants. */
export function langOf(c: Context<AppEnv>, asked: ReportLang | undefined): ReportLang {
  return pickLang(asked, c.req.header("accept-language"));
}

/** From where this request looks. Throws 400 for a day that has not come yet. */
export function complianceView(deps: AppDeps, asOf: string | undefined): ComplianceView {
  if (asOf !== undefined) demandPast(deps, "as_of", asOf);
  return { ...viewpoint(deps), timezone: deps.config.reportTimezone, asOf: asOf ?? null };
}

/** Throws 400 for a day that has not come yet: nothing is known of it. */
export function demandPast(deps: AppDeps, field: string, asked: string): void {
  if (asked <= today(deps)) return;
  throw new Problem(400, "The day has not come yet.", {
    errors: [{ field: `query.${field}`, detail: `must be ${today(deps)} or earlier` }],
  });
}

/** What stands in every answer about compliance, of this view. */
export function about(deps: AppDeps, view: ComplianceView, lang: ReportLang) {
  return {
    criteria: CRITERIA[lang],
    made_up: deps.config.madeUp,
    as_of: momentOf(view).day,
  };
}
