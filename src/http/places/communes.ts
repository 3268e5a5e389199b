import { createRoute, z } from "@hono/zod-openapi";
import { listCommunes } from "../../reports/admin-units.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, plainText, provinceCode } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { ON_DESCRIPTION, unitFields } from "./unit-schema.ts";

const communeSchema = z
  .object({ ...unitFields, province: z.object({ code: z.string(), name_vi: z.string() }) })
  .openapi("Commune");

const COLUMNS = [...Object.keys(unitFields), "province.code", "province.name_vi"];

const communeCode = z.string().regex(/^[0-9]{5}$/);

const route = createRoute({
  method: "get",
  path: "/api/v1/communes",
  summary: "Communes valid on a day",
  tags: ["Places"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      on: day.optional().openapi({ description: ON_DESCRIPTION }),
      province: provinceCode.optional(),
      q: plainText
        .optional()
        .openapi({ description: "In a name or the code; case and diacritics aside." }),
    }),
  },
  responses: { 200: listAnswer(communeSchema, "Communes"), ...PROBLEMS },
});

/** GET /api/v1/communes. */
export function communeList(deps: AppDeps) {
  return newApi().openapi(route, (c) => {
    const { on = today(deps), province, q, ...query } = c.req.valid("query");
    return respondWithList(c, query, {
      name: "communes",
      columns: COLUMNS,
      position: z.tuple([communeCode]).readonly(),
      read: (page) => listCommunes(deps.db, on, { province, q }, page),
    });
  });
}
