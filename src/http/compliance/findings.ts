import { createRoute, z } from "@hono/zod-openapi";
import { FAMILIES } from "../../domain/family.ts";
import { CHECK_IDS } from "../../domain/finding.ts";
import { findingTexts } from "../../reports/compliance-texts.ts";
import { CRITERIA } from "../../reports/compliance-words.ts";
import { listFindings } from "../../reports/portal-findings.ts";
import { demandDetails } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, slug, yes } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { belonging, findOrThrow } from "../portals/found.ts";
import { familySchema } from "../portals/schemas.ts";
import { about, asOfField, complianceView, langField, langOf } from "./about.ts";
import { findingSchema } from "./finding-schemas.ts";
import { checkSchema, complianceAnswers, verdictSchema } from "./schemas.ts";

const COLUMNS = [
  "id",
  "check",
  "title",
  "family",
  "verdict",
  "verdict_text",
  "reason",
  "says",
  "mend",
  "since",
  "first_seen",
  "last_seen",
  "last_changed",
  "ended_at",
  "audits",
  "first_audit",
  "last_audit",
  "ruleset",
  "causes",
  "evidence",
  "criteria",
  "made_up",
];

const route = createRoute({
  method: "get",
  path: "/api/v1/portals/{id}/findings",
  summary:
    "What the checks conclude of one portal, with evidence and what to do; by check and family",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: {
    params: z.object({ id: slug }),
    query: z.strictObject({
      ...listFields,
      check: checkSchema.optional(),
      family: familySchema.optional(),
      verdict: verdictSchema.optional(),
      history: yes
        .optional()
        .openapi({ description: "`true` shows ended findings too, the latest first within each." }),
      as_of: asOfField,
      lang: langField,
    }),
  },
  responses: complianceAnswers(findingSchema, "Findings", {}),
});

const position = z
  .tuple([
    z.int().min(1).max(CHECK_IDS.length),
    z.enum(["", ...FAMILIES]),
    z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  ])
  .readonly();

/** GET /api/v1/portals/{id}/findings. */
export function findingRoute(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { limit, cursor, format, lang: asked, as_of: asOf, ...filter } = c.req.valid("query");
    const { id } = c.req.valid("param");
    const { number, detail } = await findOrThrow(c, deps, id);
    demandDetails(c.get("viewer"), deps.config, belonging(detail));
    const lang = langOf(c, asked);
    const view = complianceView(deps, asOf);
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `${id}-findings`,
        columns: COLUMNS,
        position,
        read: async (page) => {
          const { rows, next } = await listFindings(deps.db, number, view, filter, page);
          const worded = rows.map((row) => {
            const { verdict, ...texts } = findingTexts(row, lang);
            return { ...row, ...texts, verdict_text: verdict };
          });
          return { rows: worded, next };
        },
        extra: () => about(deps, view, lang),
        csvRow: (row) => ({
          ...row,
          causes: row.causes.map(({ kind, name }) => `${kind} ${name}`),
          evidence: JSON.stringify(row.evidence),
          criteria: CRITERIA[lang],
          made_up: deps.config.madeUp || detail.made_up,
        }),
      },
    );
  });
}
