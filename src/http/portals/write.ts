import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { isProbed } from "../../domain/portal.ts";
import type { Result } from "../../domain/result.ts";
import { listPortalLabels } from "../../reports/portal-labels.ts";
import { portalChange, portalInput } from "../../store/portal-input.ts";
import {
  changePortal,
  createPortal,
  type Portal,
  type PortalProblem,
  retirePortal,
} from "../../store/portals.ts";
import { notCovered } from "../access/guards.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery, slug } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";
import { portalBody } from "./one.ts";
import { portalDetailSchema } from "./schemas.ts";

const common = {
  tags: ["Portals"],
  ...OPERATOR_WRITES,
};

const create = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/portals",
  summary: "Register a portal; it is probed within one interval",
  request: { query: noQuery, body: jsonBody(portalInput.clone().openapi("PortalInput")) },
  responses: { 201: jsonAnswer(portalDetailSchema, "The new portal"), ...PROBLEMS },
});

const change = createRoute({
  ...common,
  method: "patch",
  path: "/api/v1/portals/{id}",
  summary: "Change a portal: what is absent stays, null empties",
  request: {
    params: z.object({ id: slug }),
    query: noQuery,
    body: jsonBody(portalChange.clone().openapi("PortalChange")),
  },
  responses: { 200: jsonAnswer(portalDetailSchema, "The changed portal"), ...PROBLEMS },
});

const retire = createRoute({
  ...common,
  method: "delete",
  path: "/api/v1/portals/{id}",
  summary: "Retire a portal: it stays readable and is no longer probed",
  request: { params: z.object({ id: slug }), query: noQuery },
  responses: { 200: jsonAnswer(portalDetailSchema, "The retired portal"), ...PROBLEMS },
});

/** POST /api/v1/portals, PATCH and DELETE /api/v1/portals/{id}; a limited key writes only inside its limit. */
export function portalWrites(deps: AppDeps) {
  return newApi()
    .openapi(create, async (c) => {
      const { id } = await settle(
        c,
        deps,
        await createPortal(writeContext(c, deps), c.req.valid("json")),
      );
      c.header("Location", `/api/v1/portals/${id}`);
      return c.json(await portalBody(c, deps, id), 201);
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid("param");
      await settle(c, deps, await changePortal(writeContext(c, deps), id, c.req.valid("json")));
      return c.json(await portalBody(c, deps, id), 200);
    })
    .openapi(retire, async (c) => {
      const { id } = c.req.valid("param");
      await settle(c, deps, await retirePortal(writeContext(c, deps), id));
      return c.json(await portalBody(c, deps, id), 200);
    });
}

/**
 * Tells the service of a portal that was written; its series are there, or gone when it is not probed any more, before
 * the answer is. Throws the problem of one that was not written.
 */
async function settle(
  c: Context<AppEnv>,
  deps: AppDeps,
  result: Result<Portal, PortalProblem>,
): Promise<Portal> {
  if (!result.ok) throw toProblem(c, result.problem);
  const { id, number, lifecycle } = result.value;
  deps.onPortalChanged(id);
  if (!isProbed(lifecycle)) deps.portalMetrics.removePortal(number);
  // Whoever compares the register with what it was sees no change in a portal that left and came back in between.
  else for (const info of await listPortalLabels(deps.db, id)) deps.portalMetrics.setPortal(info);
  return result.value;
}

function toProblem(c: Context<AppEnv>, problem: PortalProblem): Problem {
  if (problem.kind === "not_found") return notFound("such portal");
  if (problem.kind === "not_covered") return notCovered(c.get("viewer"));
  const detail =
    problem.kind === "duplicate_url" ? `the portal ${problem.portal} has it` : WHY[problem.kind];
  const status = problem.kind.startsWith("duplicate") ? 409 : 400;
  return new Problem(status, "The portal was not written.", {
    errors: [{ field: `body.${problem.field}`, detail }],
  });
}

const WHY = {
  duplicate_id: "another portal has it",
  unknown_agency: "there is no agency with this id",
  unknown_province: "there is no province with this code",
  unknown_merged_into: "there is no portal with this id",
  merged_into_mismatch:
    "goes with the lifecycle merged_into, only with it, and names another portal",
} as const;
