import { createRoute, z } from "@hono/zod-openapi";
import { findIncident } from "../../reports/incidents/one.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { noQuery, rowNumber } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { incidentDetailSchema } from "./schemas.ts";
import { visibleDetail } from "./visible.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/incidents/{id}",
  summary: "One incident with its timeline, its parts, and the runs that opened it",
  tags: ["Incidents"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: { 200: jsonAnswer(incidentDetailSchema, "The incident"), ...PROBLEMS },
});

/** GET /api/v1/incidents/{id}. */
export function incidentOne(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { id } = c.req.valid("param");
    const found = await findIncident(deps.db, id, deps.clock());
    if (found === null) throw notFound(`incident ${id}`);
    return c.json(visibleDetail(c.get("viewer"), deps.config.publicRead, found), 200);
  });
}
