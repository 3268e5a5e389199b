import { createRoute, z } from "@hono/zod-openapi";
import type { FindingSpan } from "../../domain/finding-spans.ts";
import { VERDICTS } from "../../domain/finding.ts";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../domain/readiness.ts";
import type { PresentState, SavedAudit } from "../../store/audits.ts";
import { recheckInput } from "../../store/follow-up-input.ts";
import { beginRecheck, dropRecheck, finishRecheck } from "../../store/rechecks.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { noQuery, slug } from "../lists/fields.ts";
import { familySchema, isoInstant } from "../portals/schemas.ts";
import { Problem } from "../problem.ts";
import { followUpProblem } from "./problems.ts";
import { checkSchema, followUpSchema } from "./schemas.ts";
import { followUpBody } from "./write.ts";

const findingSchema = z.object({
  check: checkSchema,
  family: familySchema.nullable(),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  since: isoInstant,
  evidence: z.record(z.string(), z.unknown()),
});

const stateSchema = z.object({
  level: z.enum(READINESS_LEVELS).nullable(),
  grade: z.enum(HTTPS_GRADES).nullable(),
  audit: z.number().int().nullable(),
  findings: z.array(findingSchema).readonly(),
});

const answerSchema = z
  .object({ follow_up: followUpSchema, before: stateSchema, after: stateSchema })
  .openapi("Recheck", {
    description:
      "`findings` are those of the check that was asked for; all of the audit stand at `follow_up.audit_after`. Level " +
      "and grade are the confirmed ones: a change takes two audits.",
  });

const route = createRoute({
  method: "post",
  path: "/api/v1/portals/{id}/findings/{check}/recheck",
  summary:
    "Mended, check again: audits the portal now, which takes up to minutes, and shows before and after",
  tags: ["Follow-up"],
  ...OPERATOR_WRITES,
  request: {
    params: z.object({ id: slug, check: checkSchema }),
    query: noQuery,
    body: jsonBody(recheckInput.clone().openapi("RecheckInput")),
  },
  responses: { 200: jsonAnswer(answerSchema, "Before and after"), ...PROBLEMS },
});

/** POST /api/v1/portals/{id}/findings/{check}/recheck. */
export function recheck(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { id, check } = c.req.valid("param");
    const context = writeContext(c, deps);
    const now = deps.clock();
    const finding = { portal: id, check };
    const begun = await beginRecheck(context, finding, c.req.valid("json"), new Date(now));
    if (!begun.ok) {
      const { problem } = begun;
      throw problem.kind === "too_soon"
        ? tooSoon(problem.retryAt.getTime() - now)
        : followUpProblem(c.get("viewer"), problem);
    }
    let saved: SavedAudit;
    try {
      saved = await deps.auditNow(id, "recheck");
    } catch (error) {
      await dropRecheck(context, begun.value);
      throw error;
    }
    const { before, after } = saved;
    const audits = { before: before.standing?.lastAudit ?? null, after: saved.audit };
    await finishRecheck(context, begun.value, audits);
    const answer = {
      follow_up: await followUpBody(deps, begun.value),
      before: toState(before, check, audits.before),
      after: toState(after, check, audits.after),
    };
    return c.json(answer, 200);
  });
}

function tooSoon(waitMs: number): Problem {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const detail = "This portal is being checked again, or was a moment ago. Ask again later.";
  return new Problem(429, detail, { headers: { "Retry-After": String(seconds) } });
}

function toState(
  { findings, standing }: PresentState,
  check: string,
  audit: number | null,
): z.infer<typeof stateSchema> {
  return {
    level: standing?.tracks.level.value ?? null,
    grade: standing?.tracks.grade.value ?? null,
    audit,
    findings: findings.filter((finding) => finding.check === check).map(toFinding),
  };
}

function toFinding(finding: FindingSpan): z.infer<typeof findingSchema> {
  const { check, family, verdict, reason, since, evidence } = finding;
  return { check, family, verdict, reason, since: new Date(since).toISOString(), evidence };
}
