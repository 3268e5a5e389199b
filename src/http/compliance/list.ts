import { createRoute, z } from "@hono/zod-openapi";
import { complianceList } from "../../reports/compliance.ts";
import { complianceColumns, complianceCsvRow } from "../../reports/compliance-csv.ts";
import { listRequirements } from "../../reports/compliance-requirements.ts";
import { isPublicEvidence } from "../../domain/requirement.ts";
import { momentOf } from "../../reports/compliance-view.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL } from "../define-route.ts";
import { newApi } from "../env.ts";
import { positionText } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { about, complianceView, langOf } from "./about.ts";
import { complianceFields } from "./fields.ts";
import { complianceAnswers, complianceRowSchema } from "./schemas.ts";
import { demandFilter, visibleTo } from "./visible.ts";
import { workbookOf } from "./workbook.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/compliance",
  summary: "The compliance list: portals with IPv6 level, HTTPS grade, findings and requirements",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: { query: z.strictObject(complianceFields) },
  responses: complianceAnswers(complianceRowSchema, "Portals", {}, true),
});

/** GET /api/v1/compliance. */
export function complianceRoute(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const {
      limit,
      cursor,
      format,
      lang: asked,
      as_of: asOf,
      sort,
      order,
      ...filter
    } = c.req.valid("query");
    const lang = langOf(c, asked);
    const view = complianceView(deps, asOf);
    const { publicRead } = deps.config;
    const viewer = c.get("viewer");
    const requirements = await listRequirements(deps.db, momentOf(view).day);
    demandFilter(viewer, publicRead, filter, requirements);
    const visible = visibleTo(viewer, publicRead, requirements);
    const shown = visible.any
      ? requirements
      : requirements.filter(({ evidence }) => isPublicEvidence(evidence));
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: "compliance",
        columns: complianceColumns(shown, visible.any),
        position: z.tuple([positionText, positionText]).readonly(),
        read: async (page) => {
          const { rows, next } = await complianceList(deps.db, view, filter, {
            ...page,
            sort,
            order,
          });
          return { rows: rows.map(visible.row), next };
        },
        extra: () => about(deps, view, lang),
        csvRow: (row) => complianceCsvRow(row, lang, deps.config.madeUp),
        workbook: () => workbookOf(deps, view, { filter, sort, order }, visible, lang),
      },
    );
  });
}
