import { createRoute, z } from "@hono/zod-openapi";
import { listProvinces } from "../../reports/admin-units.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, provinceCode } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { ON_DESCRIPTION, unitFields } from "./unit-schema.ts";

const provinceSchema = z
  .object({
    ...unitFields,
    region: z.string().nullable(),
    communes: z.number().int(),
    portals: z.number().int(),
  })
  .openapi("Province");

const route = createRoute({
  method: "get",
  path: "/api/v1/provinces",
  summary: "Provinces valid on a day",
  tags: ["Places"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      on: day.optional().openapi({ description: ON_DESCRIPTION }),
    }),
  },
  responses: { 200: listAnswer(provinceSchema, "Provinces"), ...PROBLEMS },
});

/** GET /api/v1/provinces. */
export function provinceList(deps: AppDeps) {
  return newApi().openapi(route, (c) => {
    const { on = today(deps), ...query } = c.req.valid("query");
    return respondWithList(c, query, {
      name: "provinces",
      columns: Object.keys(provinceSchema.shape),
      position: z.tuple([provinceCode]).readonly(),
      read: (page) => listProvinces(deps.db, on, page),
    });
  });
}
