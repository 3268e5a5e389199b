import { createRoute, z } from "@hono/zod-openapi";
import { listFollowUps } from "../../reports/follow-ups.ts";
import { demandDetails, detailScope } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, positionNumber, slug, yes } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { belonging, findOrThrow } from "../portals/found.ts";
import { today } from "../viewpoint.ts";
import { checkSchema, followUpSchema, kindSchema, stateSchema } from "./schemas.ts";

const COLUMNS = [
  "id",
  "portal.id",
  "portal.name_vi",
  "agency.id",
  "agency.name_vi",
  "check",
  "family",
  "kind",
  "state",
  "text",
  "responsible_unit",
  "promised_on",
  "exempt_until",
  "evidence_url",
  "audit_before",
  "audit_after",
  "actor",
  "created_at",
  "withdrawn_at",
];

const filters = {
  ...listFields,
  check: checkSchema.optional(),
  kind: kindSchema.optional(),
  state: stateSchema.optional(),
  withdrawn: yes.optional().openapi({ description: "`true` shows withdrawn entries too." }),
};

const all = createRoute({
  method: "get",
  path: "/api/v1/follow-ups",
  summary: "What people said about findings, latest first; a limited key sees its own part",
  tags: ["Follow-up"],
  security: KEY_OPTIONAL,
  request: { query: z.strictObject({ ...filters, agency: slug.optional() }) },
  responses: { 200: listAnswer(followUpSchema, "Entries"), ...PROBLEMS },
});

const ofPortal = createRoute({
  method: "get",
  path: "/api/v1/portals/{id}/follow-ups",
  summary: "What people said about one portal's findings, latest first",
  tags: ["Follow-up"],
  security: KEY_OPTIONAL,
  request: { params: z.object({ id: slug }), query: z.strictObject(filters) },
  responses: { 200: listAnswer(followUpSchema, "Entries"), ...PROBLEMS },
});

const position = z.tuple([positionNumber]).readonly();

/** GET /api/v1/follow-ups and /api/v1/portals/{id}/follow-ups; as findings are, only for who may see details. */
export function followUpReads(deps: AppDeps) {
  const view = () => ({ vantage: deps.vantage().name, today: today(deps) });
  return newApi()
    .openapi(all, (c) => {
      const { limit, cursor, format, ...wanted } = c.req.valid("query");
      const filter = { ...wanted, scope: detailScope(c.get("viewer"), deps.config) };
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "follow-ups",
          columns: COLUMNS,
          position,
          read: (page) => listFollowUps(deps.db, view(), filter, page),
        },
      );
    })
    .openapi(ofPortal, async (c) => {
      const { limit, cursor, format, ...wanted } = c.req.valid("query");
      const { id } = c.req.valid("param");
      const { detail } = await findOrThrow(c, deps, id);
      demandDetails(c.get("viewer"), deps.config, belonging(detail));
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: `${id}-follow-ups`,
          columns: COLUMNS,
          position,
          read: (page) => listFollowUps(deps.db, view(), { ...wanted, portal: id }, page),
        },
      );
    });
}
