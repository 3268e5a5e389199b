import { z } from "@hono/zod-openapi";
import { FAMILIES } from "../../domain/family.ts";
import { CAUSE_KINDS } from "../../domain/finding.ts";
import { isoInstant } from "../portals/schemas.ts";
import { checkSchema, gradeSchema, levelSchema, verdictSchema } from "./schemas.ts";

const count = z.number().int();

export const findingSchema = z
  .object({
    id: count,
    check: checkSchema,
    family: z.enum(FAMILIES).nullable(),
    verdict: verdictSchema,
    verdict_text: z.string(),
    reason: z.string(),
    title: z.string(),
    says: z.string(),
    mend: z.string().nullable(),
    evidence: z.record(z.string(), z.unknown()),
    timings: z.record(z.string(), z.number()).nullable(),
    causes: z.array(z.object({ kind: z.enum(CAUSE_KINDS), name: z.string() })).readonly(),
    ruleset: z.string(),
    since: isoInstant,
    first_seen: isoInstant,
    last_seen: isoInstant,
    last_changed: isoInstant,
    ended_at: isoInstant.nullable(),
    audits: count,
    first_audit: count,
    last_audit: count,
    known: z.object({ verdict: verdictSchema, since: isoInstant }).nullable(),
  })
  .openapi("Finding");

export const auditSchema = z
  .object({
    id: count,
    vantage: z.string(),
    trigger: z.enum(["schedule", "asked", "recheck"]),
    scheduled_at: isoInstant,
    started_at: isoInstant,
    ended_at: isoInstant,
    url: z.string(),
    ruleset: z.string(),
    level: levelSchema,
    level_possible: levelSchema,
    grade: gradeSchema,
    grade_possible: gradeSchema,
  })
  .openapi("Audit");
