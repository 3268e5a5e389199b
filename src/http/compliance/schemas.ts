import { z } from "@hono/zod-openapi";
import { FAMILIES } from "../../domain/family.ts";
import { CHECK_IDS, VERDICTS } from "../../domain/finding.ts";
import { LIFECYCLES, PORTAL_KINDS } from "../../domain/portal.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../domain/readiness.ts";
import { REQUIREMENT_VERDICTS } from "../../domain/requirement.ts";
import { PORTAL_CHANGES, VALUE_CHANGES } from "../../reports/compliance-change.ts";
import { PROBLEMS } from "../define-route.ts";
import { XLSX_TYPE } from "../lists/respond.ts";
import { isoInstant } from "../portals/schemas.ts";
import { aboutSchema } from "./about.ts";

export const levelSchema = z.enum(READINESS_LEVELS);
export const gradeSchema = z.enum(HTTPS_GRADES);
export const checkSchema = z.enum(CHECK_IDS);
export const verdictSchema = z.enum(VERDICTS);
export const requirementVerdictSchema = z.enum(REQUIREMENT_VERDICTS);

const count = z.number().int();
const family = z.enum(FAMILIES).nullable();
const agency = z.object({ id: z.string(), name_vi: z.string(), name_en: z.string().nullable() });

const problemSchema = z.object({
  check: checkSchema,
  family,
  verdict: z.enum(["fail", "warn"]),
  reason: z.string(),
  since: isoInstant,
});

export const complianceRowSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    host: z.string(),
    name_vi: z.string(),
    name_en: z.string().nullable(),
    kind: z.enum(PORTAL_KINDS),
    agency,
    province: z.object({ code: z.string(), name_vi: z.string() }).nullable(),
    lifecycle: z.enum(LIFECYCLES),
    made_up: z.boolean(),
    scope: z.enum(["counted", "redirected"]),
    level: levelSchema,
    level_since: isoInstant.nullable(),
    provisional_days: count.nullable(),
    grade: gradeSchema,
    grade_since: isoInstant.nullable(),
    since: isoInstant.nullable(),
    flapping: z.boolean(),
    stale: z.boolean(),
    last_audit: z.object({ id: count, at: isoInstant }).nullable(),
    findings: z.object({ fail: count, warn: count, unknown: count }).optional(),
    problems: z.array(problemSchema).readonly().optional(),
    requirements: z
      .array(
        z.object({
          id: z.string(),
          verdict: requirementVerdictSchema,
          because: z.array(problemSchema).readonly(),
        }),
      )
      .readonly(),
  })
  .openapi("CompliancePortal", {
    description:
      "Findings and the requirements that go by them are absent for those who may not see them.",
  });

const verdictCounts = z.object({
  met: count,
  not_met: count,
  unknown: count,
  not_applicable: count,
});
const counts = <Name extends string>(names: readonly Name[]) =>
  z.object(Object.fromEntries(names.map((name) => [name, count])) as Record<Name, typeof count>);

export const complianceAgencySchema = z
  .object({
    id: z.string(),
    name_vi: z.string(),
    name_en: z.string().nullable(),
    owner_type: z.string(),
    made_up: z.boolean(),
    portals: z.object({ counted: count, redirected: count }),
    levels: counts(READINESS_LEVELS),
    grades: counts(HTTPS_GRADES),
    requirements: z
      .array(
        z.object({ id: z.string(), verdict: requirementVerdictSchema, portals: verdictCounts }),
      )
      .readonly(),
  })
  .openapi("ComplianceAgency", {
    description: "An agency meets a requirement when all its counted portals do.",
  });

const share = z.object({ numerator: count, denominator: count, unknown: count });
const pair = { portals: share, agencies: share };

export const sharesSchema = z
  .object({
    portals: z.object({ counted: count, redirected: count }),
    agencies: count,
    levels: counts(READINESS_LEVELS),
    grades: counts(HTTPS_GRADES),
    ladder: z.array(z.object({ at_least: levelSchema, ...pair })).readonly(),
    https: z.array(z.object({ at_least: gradeSchema, ...pair })).readonly(),
    requirements: z.array(z.object({ id: z.string(), ...pair })).readonly(),
  })
  .openapi("ComplianceShares", {
    description: "What is unknown stands beside each share and in no denominator.",
  });

const side = z.object({ verdict: verdictSchema, reason: z.string() }).nullable();
const valueDiff = <Value extends z.ZodType>(value: Value) =>
  z.object({
    from: value.nullable(),
    to: value.nullable(),
    change: z.enum(VALUE_CHANGES).nullable(),
  });

export const complianceDiffSchema = z
  .object({
    id: z.string(),
    url: z.string(),
    name_vi: z.string(),
    name_en: z.string().nullable(),
    kind: z.enum(PORTAL_KINDS),
    agency,
    province: z.object({ code: z.string(), name_vi: z.string() }).nullable(),
    made_up: z.boolean(),
    change: z.enum(PORTAL_CHANGES),
    level: valueDiff(levelSchema),
    grade: valueDiff(gradeSchema),
    because: z
      .array(
        z.object({
          check: checkSchema,
          family,
          from: side,
          to: side,
          since: isoInstant.nullable(),
        }),
      )
      .readonly()
      .optional(),
  })
  .openapi("ComplianceDifference", {
    description: "`because` is absent for those who may not see findings.",
  });

const isoDay = z.string().openapi({ format: "date" }).nullable();

export const requirementSchema = z
  .object({
    id: z.string(),
    programme: z.string(),
    document_number: z.string(),
    title_vi: z.string(),
    title_en: z.string(),
    article: z.string().nullable(),
    text_vi: z.string(),
    text_en: z.string(),
    issued_on: isoDay,
    valid_from: isoDay,
    valid_to: isoDay,
    force: z.enum(["in_force", "ended", "not_yet"]),
    certainty: z.enum(["text", "press", "secondary", "unverified"]),
    certainty_text: z.string(),
    source_url: z.string().nullable(),
    duty: z.enum(["mandatory", "advisory"]),
    subject: z.enum(["portal", "agency"]),
    kinds: z.array(z.string()).readonly(),
    evidence: z.discriminatedUnion("by", [
      z.object({ by: z.literal("checks"), checks: z.array(checkSchema).readonly() }),
      z.object({ by: z.literal("level"), atLeast: levelSchema }),
      z.object({ by: z.literal("grade"), atLeast: gradeSchema }),
      z.object({ by: z.literal("plan"), state: z.enum(["issued", "fulfilled"]) }),
      z.object({ by: z.literal("nothing") }),
    ]),
  })
  .openapi("Requirement");

/** A list of these about compliance, as a route describes it. */
export function complianceAnswers<Item extends z.ZodType, Extra extends z.ZodRawShape>(
  item: Item,
  description: string,
  extra: Extra,
  workbook = false,
) {
  const page = z.object({
    ...aboutSchema,
    ...extra,
    items: z.array(item).readonly(),
    next_cursor: z.string().nullable(),
  });
  const content = {
    "application/json": { schema: page },
    "text/csv": { schema: z.string() },
    ...(workbook ? { [XLSX_TYPE]: { schema: z.string().openapi({ format: "binary" }) } } : {}),
  };
  return { 200: { description, content }, ...PROBLEMS };
}
