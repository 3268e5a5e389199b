import { createRoute, z } from "@hono/zod-openapi";
import type { AuditObservation } from "../../domain/audit/observation.ts";
import { CRITERIA } from "../../reports/compliance-words.ts";
import { findAudit, listAudits } from "../../reports/portal-audits.ts";
import { readJudged, readObservation } from "../../store/observation-parts.ts";
import { demandDetails } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, positionInstant, slug, yes } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound } from "../problem.ts";
import { belonging, findOrThrow } from "../portals/found.ts";
import { about, aboutSchema, complianceView, langField, langOf } from "./about.ts";
import { auditSchema } from "./finding-schemas.ts";
import { complianceAnswers } from "./schemas.ts";

/** Numbers of audits are bigint in the database; beyond this JavaScript cannot tell them apart. */
const auditNumber = z.coerce
  .number<string>()
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .openapi({ type: "integer", minimum: 1 });

const COLUMNS = [
  "id",
  "vantage",
  "trigger",
  "scheduled_at",
  "started_at",
  "ended_at",
  "url",
  "ruleset",
  "level",
  "level_possible",
  "grade",
  "grade_possible",
  "criteria",
  "made_up",
];

const list = createRoute({
  method: "get",
  path: "/api/v1/portals/{id}/audits",
  summary: "Audits of one portal, latest first, each with what it says by itself",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: {
    params: z.object({ id: slug }),
    query: z.strictObject({ ...listFields, lang: langField }),
  },
  responses: complianceAnswers(auditSchema, "Audits", {}),
});

const auditDetailSchema = auditSchema
  .extend({
    criteria: aboutSchema.criteria,
    made_up: aboutSchema.made_up,
    observation: z.object({
      facts: z.record(z.string(), z.unknown()),
      timings: z.record(z.string(), z.unknown()),
    }),
    judgement: z.record(z.string(), z.unknown()),
  })
  .openapi("AuditDetail");

const one = createRoute({
  method: "get",
  path: "/api/v1/portals/{id}/audits/{audit}",
  summary: "One audit: everything that it saw, and what the rules concluded from that",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: {
    params: z.object({ id: slug, audit: auditNumber }),
    query: z.strictObject({
      lang: langField,
      der: yes
        .optional()
        .openapi({ description: "`true` adds the DER form of every certificate, base64." }),
    }),
  },
  responses: {
    200: jsonAnswer(auditDetailSchema, "The audit"),
    ...PROBLEMS,
  },
});

const position = z.tuple([positionInstant, z.int().min(1).max(Number.MAX_SAFE_INTEGER)]).readonly();

/** GET /api/v1/portals/{id}/audits and /api/v1/portals/{id}/audits/{audit}. */
export function auditRoutes(deps: AppDeps) {
  return newApi()
    .openapi(list, async (c) => {
      const { limit, cursor, format, lang: asked } = c.req.valid("query");
      const { id } = c.req.valid("param");
      const { number, detail } = await findOrThrow(c, deps, id);
      const lang = langOf(c, asked);
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: `${id}-audits`,
          columns: COLUMNS,
          position,
          read: (page) => listAudits(deps.db, number, page),
          extra: () => about(deps, complianceView(deps, undefined), lang),
          csvRow: (row) => ({
            ...row,
            criteria: CRITERIA[lang],
            made_up: deps.config.madeUp || detail.made_up,
          }),
        },
      );
    })
    .openapi(one, async (c) => {
      const { id, audit } = c.req.valid("param");
      const { der, lang } = c.req.valid("query");
      const { number, detail } = await findOrThrow(c, deps, id);
      demandDetails(c.get("viewer"), deps.config, belonging(detail));
      const row = await findAudit(deps.db, number, audit);
      const seen = row && (await readObservation(deps.db, audit));
      const judged = seen && (await readJudged(deps.db, audit));
      // The second and third can be missing only if the audit went between two questions.
      if (!row || !seen || !judged) throw notFound(`audit ${audit} of the portal ${id}`);
      const body: z.infer<typeof auditDetailSchema> = {
        ...row,
        criteria: CRITERIA[langOf(c, lang)],
        made_up: deps.config.madeUp || detail.made_up,
        observation: { facts: factsOf(seen, der === true), timings: { ...seen.timings } },
        judgement: { ...judged },
      };
      return c.json(body, 200);
    });
}

/** The facts, without the bulk of certificates unless it is wanted. */
function factsOf({ facts }: AuditObservation, withDer: boolean): Record<string, unknown> {
  if (withDer) return { ...facts };
  const certificates = Object.entries(facts.certificates).map(
    ([fingerprint, { der: _der, ...certificate }]) => [fingerprint, certificate],
  );
  return { ...facts, certificates: Object.fromEntries(certificates) };
}
