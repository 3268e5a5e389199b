import { createRoute, z } from "@hono/zod-openapi";
import { LIFECYCLES, PORTAL_KINDS } from "../../domain/portal.ts";
import { PORTAL_STATES } from "../../domain/portal-state.ts";
import { listPortals } from "../../reports/portals.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, plainText, positionText, provinceCode, slug } from "../lists/fields.ts";
import { createReadyPages } from "../lists/ready-pages.ts";
import { respondWithList } from "../lists/respond.ts";
import { viewpoint } from "../viewpoint.ts";
import { portalSchema } from "./schemas.ts";

const COLUMNS = [
  "id",
  "url",
  "host",
  "name_vi",
  "name_en",
  "kind",
  "agency.id",
  "agency.name_vi",
  "province.code",
  "province.name_vi",
  "lifecycle",
  "merged_into",
  "made_up",
  "state",
  ...["ip4", "ip6"].flatMap((family) =>
    [
      "outcome",
      "failure.kind",
      "failure.source",
      "http_status",
      "total_ms",
      "checked_at",
      "since",
    ].map((field) => `families.${family}.${field}`),
  ),
];

const route = createRoute({
  method: "get",
  path: "/api/v1/portals",
  summary: "Portals with their state and last run per address family",
  tags: ["Portals"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      agency: slug.optional(),
      province: provinceCode.optional(),
      kind: z.enum(PORTAL_KINDS).optional(),
      state: z.enum(PORTAL_STATES).optional(),
      lifecycle: z.enum(LIFECYCLES).optional(),
      q: plainText
        .optional()
        .openapi({ description: "In a name, the URL or the id; case and diacritics aside." }),
      sort: z.enum(["id", "name"]).default("id"),
    }),
  },
  responses: { 200: listAnswer(portalSchema, "Portals"), ...PROBLEMS },
});

/** GET /api/v1/portals. */
export function portalList(deps: AppDeps) {
  const ready = createReadyPages(deps.db, deps.clock);
  return newApi().openapi(route, (c) => {
    const { sort, limit, cursor, format, ...filter } = c.req.valid("query");
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: "portals",
        columns: COLUMNS,
        ready,
        position: z
          .array(positionText)
          .length(sort === "name" ? 2 : 1)
          .readonly(),
        read: (page) => listPortals(deps.db, viewpoint(deps), filter, { ...page, sort }),
      },
    );
  });
}
