import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { toExpectationInput } from "../../store/portal-record.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, onlyJson, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery, slug } from "../lists/fields.ts";
import { findOrThrow } from "./found.ts";
import { portalDetailSchema } from "./schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/portals/{id}",
  summary: "One portal, with what it must answer and the certificates and addresses that were seen",
  tags: ["Portals"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { params: z.object({ id: slug }), query: noQuery },
  responses: { 200: jsonAnswer(portalDetailSchema, "The portal"), ...PROBLEMS },
});

/** GET /api/v1/portals/{id}. */
export function portalOne(deps: AppDeps) {
  return newApi().openapi(route, async (c) =>
    c.json(await portalBody(c, deps, c.req.valid("param").id), 200),
  );
}

/** What the API says of one portal to this viewer. Throws 404. */
export async function portalBody(
  c: Context<AppEnv>,
  deps: AppDeps,
  id: string,
): Promise<z.infer<typeof portalDetailSchema>> {
  const { detail, addresses, open } = await findOrThrow(c, deps, id);
  const body = { ...detail, expectation: toExpectationInput(detail.expectation) };
  return open ? { ...body, addresses } : body;
}
