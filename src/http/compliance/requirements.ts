import { createRoute, z } from "@hono/zod-openapi";
import { listRequirements } from "../../reports/compliance-requirements.ts";
import { momentOf } from "../../reports/compliance-view.ts";
import { REPORT_WORDS } from "../../reports/compliance-words.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, positionNumber } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { about, asOfField, complianceView, langField, langOf } from "./about.ts";
import { complianceAnswers, requirementSchema } from "./schemas.ts";

const COLUMNS = [
  "id",
  "programme",
  "document_number",
  "title_vi",
  "title_en",
  "article",
  "text_vi",
  "text_en",
  "issued_on",
  "valid_from",
  "valid_to",
  "force",
  "certainty",
  "certainty_text",
  "duty",
  "subject",
  "kinds",
  "evidence.by",
  "evidence.checks",
  "evidence.atLeast",
  "evidence.state",
  "source_url",
];

const route = createRoute({
  method: "get",
  path: "/api/v1/requirements",
  summary: "What portals and agencies are held against, with its dates and how sure it is",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({ ...listFields, lang: langField, as_of: asOfField }),
  },
  responses: complianceAnswers(requirementSchema, "Requirements in their order", {}),
});

/** GET /api/v1/requirements. */
export function requirementRoute(deps: AppDeps) {
  return newApi().openapi(route, (c) => {
    const { limit, cursor, format, lang: asked, as_of: asOf } = c.req.valid("query");
    const lang = langOf(c, asked);
    const view = complianceView(deps, asOf);
    const { certainties } = REPORT_WORDS[lang];
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: "requirements",
        columns: COLUMNS,
        position: z.tuple([positionNumber]).readonly(),
        read: async ({ limit: wanted, after }) => {
          const all = await listRequirements(deps.db, momentOf(view).day);
          const from = after?.[0] ?? 0;
          const rows = all
            .slice(from, from + wanted)
            .map((row) => ({ ...row, certainty_text: certainties[row.certainty] }));
          const end = from + rows.length;
          return { rows, next: end < all.length ? ([end] as const) : null };
        },
        extra: () => about(deps, view, lang),
      },
    );
  });
}
