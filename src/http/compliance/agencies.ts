import { createRoute, z } from "@hono/zod-openapi";
import { HTTPS_GRADES, READINESS_LEVELS } from "../../domain/readiness.ts";
import { isPublicEvidence } from "../../domain/requirement.ts";
import { complianceAgencies } from "../../reports/compliance-agencies.ts";
import { complianceShares } from "../../reports/compliance-groups.ts";
import { listRequirements } from "../../reports/compliance-requirements.ts";
import { momentOf } from "../../reports/compliance-view.ts";
import { CRITERIA, REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { about, asOfField, complianceView, langOf } from "./about.ts";
import { placeFields, workbookFormat } from "./fields.ts";
import { complianceAgencySchema, complianceAnswers, sharesSchema } from "./schemas.ts";
import { visibleTo } from "./visible.ts";
import { workbookOf } from "./workbook.ts";

const COLUMNS = [
  "id",
  "name_vi",
  "name_en",
  "owner_type",
  "portals.counted",
  "portals.redirected",
  ...READINESS_LEVELS.map((level) => `levels.${level}`),
  ...HTTPS_GRADES.map((grade) => `grades.${grade}`),
];

const route = createRoute({
  method: "get",
  path: "/api/v1/compliance/agencies",
  summary: "Agencies with their portals judged together, and the shares of portals and agencies",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      format: workbookFormat,
      ...placeFields,
      as_of: asOfField,
    }),
  },
  responses: complianceAnswers(complianceAgencySchema, "Agencies", { shares: sharesSchema }, true),
});

/** GET /api/v1/compliance/agencies. */
export function complianceAgencyRoute(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { limit, cursor, format, lang: asked, as_of: asOf, ...filter } = c.req.valid("query");
    const lang = langOf(c, asked);
    const view = complianceView(deps, asOf);
    const requirements = await listRequirements(deps.db, momentOf(view).day);
    const visible = visibleTo(c.get("viewer"), deps.config.publicRead, requirements);
    const shown = requirements.filter(({ evidence }) => visible.any || isPublicEvidence(evidence));
    const request = { filter, sort: "agency", order: "asc" } as const;
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: "compliance-agencies",
        columns: [...COLUMNS, ...shown.map(({ id }) => `requirement.${id}`), "criteria", "made_up"],
        position: z.tuple([slug]).readonly(),
        read: async (page) => {
          const { rows, next } = await complianceAgencies(deps.db, view, filter, page);
          return { rows: rows.map(visible.agency), next };
        },
        extra: async () => ({
          ...about(deps, view, lang),
          shares: visible.shares(await complianceShares(deps.db, view, filter)),
        }),
        csvRow: (row) => ({
          ...row,
          requirement: Object.fromEntries(
            row.requirements.map(({ id, verdict }) => [id, REPORT_WORDS[lang].verdicts[verdict]]),
          ),
          criteria: CRITERIA[lang],
          made_up: deps.config.madeUp || row.made_up,
        }),
        workbook: () => workbookOf(deps, view, request, visible, lang),
      },
    );
  });
}
