import { createRoute, z } from "@hono/zod-openapi";
import { findFollowUp } from "../../reports/follow-ups.ts";
import { followUpInput } from "../../store/follow-up-input.ts";
import { addFollowUp, withdrawFollowUp } from "../../store/follow-ups.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { noQuery, rowNumber, slug } from "../lists/fields.ts";
import { notFound } from "../problem.ts";
import { today } from "../viewpoint.ts";
import { followUpProblem } from "./problems.ts";
import { checkSchema, followUpSchema } from "./schemas.ts";

const common = {
  tags: ["Follow-up"],
  ...OPERATOR_WRITES,
};

const add = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/portals/{id}/findings/{check}/follow-ups",
  summary:
    "Say something about a finding: note, responsible unit, promise, exemption, or the agency's reply",
  request: {
    params: z.object({ id: slug, check: checkSchema }),
    query: noQuery,
    body: jsonBody(followUpInput.clone().openapi("FollowUpInput")),
  },
  responses: { 201: jsonAnswer(followUpSchema, "The new entry"), ...PROBLEMS },
});

const withdraw = createRoute({
  ...common,
  method: "delete",
  path: "/api/v1/follow-ups/{id}",
  summary: "Withdraw what you wrote yourself; it stays readable with `withdrawn=true`",
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: { 200: jsonAnswer(followUpSchema, "The withdrawn entry"), ...PROBLEMS },
});

/** POST /api/v1/portals/{id}/findings/{check}/follow-ups, DELETE /api/v1/follow-ups/{id}. */
export function followUpWrites(deps: AppDeps) {
  return newApi()
    .openapi(add, async (c) => {
      const { id, check } = c.req.valid("param");
      const viewer = c.get("viewer");
      const added = await addFollowUp(
        writeContext(c, deps),
        { portal: id, check },
        c.req.valid("json"),
        { now: new Date(deps.clock()), today: today(deps), writerAgency: viewer.agency },
      );
      if (!added.ok) throw followUpProblem(viewer, added.problem);
      return c.json(await followUpBody(deps, added.value), 201);
    })
    .openapi(withdraw, async (c) => {
      const { id } = c.req.valid("param");
      const viewer = c.get("viewer");
      const withdrawn = await withdrawFollowUp(writeContext(c, deps), id, new Date(deps.clock()));
      if (!withdrawn.ok) throw followUpProblem(viewer, withdrawn.problem);
      return c.json(await followUpBody(deps, id), 200);
    });
}

/** What the API says of one entry. Throws 404. */
export async function followUpBody(
  deps: AppDeps,
  id: number,
): Promise<z.infer<typeof followUpSchema>> {
  const view = { vantage: deps.vantage().name, today: today(deps) };
  const entry = await findFollowUp(deps.db, view, id);
  if (entry === null) throw notFound("such entry");
  return entry;
}
