import { createRoute, z } from "@hono/zod-openapi";
import { listAgencies } from "../../reports/agencies.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { viewpoint } from "../viewpoint.ts";

const STATES = ["up", "degraded", "down", "unknown"] as const;

const COLUMNS = [
  "id",
  "owner_type",
  "owner_code",
  "name_vi",
  "name_en",
  "made_up",
  ...["all", "probed", ...STATES].map((count) => `portals.${count}`),
];

const count = z.number().int();
const agencySchema = z
  .object({
    id: z.string(),
    owner_type: z.string(),
    owner_code: z.string(),
    name_vi: z.string(),
    name_en: z.string().nullable(),
    made_up: z.boolean(),
    portals: z.object({
      all: count,
      probed: count,
      up: count,
      degraded: count,
      down: count,
      unknown: count,
    }),
  })
  .openapi("Agency", { description: "Probed portals are counted by state." });

const route = createRoute({
  method: "get",
  path: "/api/v1/agencies",
  summary: "Agencies with their portals counted",
  tags: ["Places"],
  security: KEY_OPTIONAL,
  request: { query: z.strictObject(listFields) },
  responses: { 200: listAnswer(agencySchema, "Agencies"), ...PROBLEMS },
});

/** GET /api/v1/agencies. */
export function agencyList(deps: AppDeps) {
  return newApi().openapi(route, (c) =>
    respondWithList(c, c.req.valid("query"), {
      name: "agencies",
      columns: COLUMNS,
      position: z.tuple([slug]).readonly(),
      read: (page) => listAgencies(deps.db, viewpoint(deps), page),
    }),
  );
}
