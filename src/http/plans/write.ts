import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import { findPlan } from "../../reports/plans.ts";
import {
  changePlan,
  createPlan,
  deletePlan,
  type PlanProblem,
} from "../../store/conversion-plans.ts";
import { planChange, planInput } from "../../store/plan-input.ts";
import type { ConversionPlan } from "../../store/plan-record.ts";
import { notCovered } from "../access/guards.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery, rowNumber, slug } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";
import { today } from "../viewpoint.ts";
import { planSchema } from "./schemas.ts";

const common = {
  tags: ["Plans"],
  ...OPERATOR_WRITES,
};

const create = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/agencies/{id}/plans",
  summary: "Register a conversion plan of an agency",
  request: {
    params: z.object({ id: slug }),
    query: noQuery,
    body: jsonBody(planInput.clone().openapi("PlanInput")),
  },
  responses: { 201: jsonAnswer(planSchema, "The new plan"), ...PROBLEMS },
});

const params = z.object({ id: rowNumber });

const change = createRoute({
  ...common,
  method: "patch",
  path: "/api/v1/plans/{id}",
  summary: "Change a plan: what is absent stays, null empties, phases are replaced as a whole",
  request: {
    params,
    query: noQuery,
    body: jsonBody(planChange.clone().openapi("PlanChange")),
  },
  responses: { 200: jsonAnswer(planSchema, "The changed plan"), ...PROBLEMS },
});

const remove = createRoute({
  ...common,
  method: "delete",
  path: "/api/v1/plans/{id}",
  summary: "Take a plan out of the register; the audit log keeps it",
  request: { params, query: noQuery },
  responses: { 204: { description: "It is gone." }, ...PROBLEMS },
});

/** POST /api/v1/agencies/{id}/plans, PATCH and DELETE /api/v1/plans/{id}; a limited key writes only inside its limit. */
export function planWrites(deps: AppDeps) {
  const body = async (c: Context<AppEnv>, result: Result<ConversionPlan, PlanProblem>) => {
    const { id } = settled(c, result);
    const row = await findPlan(deps.db, id, today(deps));
    if (row === null) throw notFound("such plan");
    return row;
  };
  return newApi()
    .openapi(create, async (c) => {
      const { id } = c.req.valid("param");
      const made = await createPlan(writeContext(c, deps), id, c.req.valid("json"), today(deps));
      return c.json(await body(c, made), 201);
    })
    .openapi(change, async (c) => {
      const at = { today: today(deps), now: new Date(deps.clock()) };
      const { id } = c.req.valid("param");
      const changed = await changePlan(writeContext(c, deps), id, c.req.valid("json"), at);
      return c.json(await body(c, changed), 200);
    })
    .openapi(remove, async (c) => {
      settled(c, await deletePlan(writeContext(c, deps), c.req.valid("param").id));
      return c.body(null, 204);
    });
}

function settled<Value>(c: Context<AppEnv>, result: Result<Value, PlanProblem>): Value {
  if (result.ok) return result.value;
  const { problem } = result;
  switch (problem.kind) {
    case "no_agency":
      throw notFound("such agency");
    case "no_plan":
      throw notFound("such plan");
    case "not_covered":
      throw notCovered(c.get("viewer"));
    case "duplicate_number":
      throw new Problem(409, "The plan was not written.", {
        errors: [{ field: "body.number", detail: "the agency has a plan of this number" }],
      });
    case "wrong_days":
      throw new Problem(400, "The plan was not written.", {
        errors: problem.faults.map(({ field, detail }) => ({ field: `body.${field}`, detail })),
      });
  }
}
