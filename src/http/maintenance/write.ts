import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import {
  cancelWindow,
  changeWindow,
  createWindow,
  type WindowProblem,
} from "../../store/maintenance.ts";
import { windowInput } from "../../store/maintenance-input.ts";
import { notCovered } from "../access/guards.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery, rowNumber } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";
import { windowOrThrow } from "./read.ts";
import { windowSchema } from "./schemas.ts";

const common = { tags: ["Maintenance"], ...OPERATOR_WRITES };
const params = z.object({ id: rowNumber });
const body = jsonBody(
  windowInput.clone().openapi("MaintenanceWindowInput", {
    description:
      "For one portal, one agency or one province (`target`). `rrule` as in RFC 5545 without DTSTART, kept by the clocks of `timezone` (Asia/Ho_Chi_Minh unless given); without it once.",
  }),
);

const create = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/maintenance-windows",
  summary: "Plan maintenance, once or repeated: probing goes on, nobody is told meanwhile",
  request: { query: noQuery, body },
  responses: { 201: jsonAnswer(windowSchema, "The new window"), ...PROBLEMS },
});

const change = createRoute({
  ...common,
  method: "put",
  path: "/api/v1/maintenance-windows/{id}",
  summary: "Change a window as a whole, but what it is for; occurrences that are over stay",
  request: { params, query: noQuery, body },
  responses: { 200: jsonAnswer(windowSchema, "The changed window"), ...PROBLEMS },
});

const cancel = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/maintenance-windows/{id}/cancel",
  summary: "End a window now: what of it was stays, what was to come is gone",
  request: { params, query: noQuery },
  responses: { 200: jsonAnswer(windowSchema, "The cancelled window"), ...PROBLEMS },
});

/** Planning, changing and cancelling maintenance: operators only, with a limited key only inside its limit. */
export function maintenanceWrites(deps: AppDeps) {
  const now = () => new Date(deps.clock());
  // Who is in maintenance is a state of portals: pages and series follow at once.
  const told = () => deps.live.publish({ type: "incidents", ids: [] });
  return newApi()
    .openapi(create, async (c) => {
      const made = await createWindow(writeContext(c, deps), c.req.valid("json"), now());
      const id = settled(c, made);
      told();
      return c.json(await windowOrThrow(c, deps, id), 201);
    })
    .openapi(change, async (c) => {
      const { id } = c.req.valid("param");
      settled(c, await changeWindow(writeContext(c, deps), id, c.req.valid("json"), now()));
      told();
      return c.json(await windowOrThrow(c, deps, id), 200);
    })
    .openapi(cancel, async (c) => {
      const { id } = c.req.valid("param");
      settled(c, await cancelWindow(writeContext(c, deps), id, now()));
      told();
      return c.json(await windowOrThrow(c, deps, id), 200);
    });
}

function settled<Value>(c: Context<AppEnv>, result: Result<Value, WindowProblem>): Value {
  if (result.ok) return result.value;
  const { problem } = result;
  const refuse = (field: string, detail: string) =>
    new Problem(400, "The window was not written.", {
      errors: [{ field: `body.${field}`, detail }],
    });
  switch (problem.kind) {
    case "no_window":
      throw notFound("such maintenance window");
    case "not_covered":
      throw notCovered(c.get("viewer"));
    case "cancelled":
      throw new Problem(409, "The window was cancelled; plan another one.");
    case "other_target":
      throw refuse("target", "can't be changed; cancel this window and plan another one");
    case "no_target":
      throw refuse(`target.${problem.field}`, "does not exist");
    case "bad_rule":
      throw refuse(problem.field, problem.why);
  }
}
