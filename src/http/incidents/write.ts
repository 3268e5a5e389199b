import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Result } from "../../domain/result.ts";
import { findIncident } from "../../reports/incidents/one.ts";
import {
  acknowledge,
  comment,
  type IncidentProblem,
  resolveByHand,
  unacknowledge,
  writePostMortem,
} from "../../store/incidents/people.ts";
import type { WriteContext } from "../../store/write-context.ts";
import { notCovered } from "../access/guards.ts";
import { OPERATOR_WRITES } from "../access/operator-writes.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, jsonBody, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { instant, noQuery, rowNumber } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";
import { incidentDetailSchema } from "./schemas.ts";
import { visibleDetail } from "./visible.ts";

/** As long as the store keeps them. */
const comments = z.string().trim().min(1).max(2000);
const postMortems = z.string().trim().min(1).max(50_000);

const ackBody = z
  .strictObject({
    until: instant
      .optional()
      .openapi({ description: "Until the incident ends, unless given; then it escalates again." }),
    note: comments.optional(),
  })
  .openapi("IncidentAcknowledgement");
const resolveBody = z.strictObject({ reason: comments }).openapi("IncidentResolution");
const commentBody = z.strictObject({ text: comments }).openapi("IncidentComment");
const postMortemBody = z
  .strictObject({ text: postMortems.nullable().openapi({ description: "null takes it away." }) })
  .openapi("IncidentPostMortem");

function define<Path extends string>(path: Path, summary: string) {
  return {
    tags: ["Incidents"],
    ...OPERATOR_WRITES,
    path,
    summary,
    responses: { 200: jsonAnswer(incidentDetailSchema, "The incident as it is now"), ...PROBLEMS },
  };
}

const params = z.object({ id: rowNumber });
const request = { params, query: noQuery };

const acknowledgement = createRoute({
  method: "post",
  ...define("/api/v1/incidents/{id}/acknowledge", "Say that somebody looks after it"),
  request: { ...request, body: jsonBody(ackBody) },
});
const unacknowledgement = createRoute({
  method: "post",
  ...define("/api/v1/incidents/{id}/unacknowledge", "Say that nobody looks after it any more"),
  request,
});
const commenting = createRoute({
  method: "post",
  ...define("/api/v1/incidents/{id}/comments", "Write a comment into its timeline"),
  request: { ...request, body: jsonBody(commentBody) },
});
const resolving = createRoute({
  method: "post",
  ...define(
    "/api/v1/incidents/{id}/resolve",
    "End it by hand; it goes on with the next confirmed failure",
  ),
  request: { ...request, body: jsonBody(resolveBody) },
});
const postMortem = createRoute({
  method: "put",
  ...define("/api/v1/incidents/{id}/post-mortem", "Write what was learnt from it"),
  request: { ...request, body: jsonBody(postMortemBody) },
});

/** Everything that people do to incidents: operators only, with a limited key only to those of their portals. */
export function incidentWrites(deps: AppDeps) {
  const answer = async (c: Context<AppEnv>, id: number, work: Deed) => {
    const now = deps.clock();
    settled(c, id, await work(writeContext(c, deps), now));
    deps.live.publish({ type: "incidents", ids: [id] });
    const found = await findIncident(deps.db, id, now);
    if (found === null) throw notFound(`incident ${id}`);
    return c.json(visibleDetail(c.get("viewer"), deps.config.publicRead, found), 200);
  };
  return newApi()
    .openapi(acknowledgement, (c) => {
      const { id } = c.req.valid("param");
      return answer(c, id, acknowledging(id, c.req.valid("json")));
    })
    .openapi(unacknowledgement, (c) => {
      const { id } = c.req.valid("param");
      return answer(c, id, (context, now) => unacknowledge(context, id, now));
    })
    .openapi(commenting, (c) => {
      const { id } = c.req.valid("param");
      const { text } = c.req.valid("json");
      return answer(c, id, (context, now) => comment(context, id, text, now));
    })
    .openapi(resolving, (c) => {
      const { id } = c.req.valid("param");
      const { reason: note } = c.req.valid("json");
      return answer(c, id, (context, now) => resolveByHand(context, id, { note }, now));
    })
    .openapi(postMortem, (c) => {
      const { id } = c.req.valid("param");
      const { text } = c.req.valid("json");
      return answer(c, id, (context, now) => writePostMortem(context, id, text, now));
    });
}

type Deed = (context: WriteContext, now: number) => Promise<Result<null, IncidentProblem>>;

/** A note of an acknowledgement is a comment after it. */
function acknowledging(id: number, { until, note }: z.infer<typeof ackBody>): Deed {
  return async (context, now) => {
    const untilMs = until === undefined ? null : Date.parse(until);
    const done = await acknowledge(context, id, { until: untilMs }, now);
    return done.ok && note !== undefined ? comment(context, id, note, now) : done;
  };
}

function settled(c: Context<AppEnv>, id: number, result: Result<null, IncidentProblem>): void {
  if (result.ok) return;
  const { problem } = result;
  switch (problem.kind) {
    case "no_incident":
      throw notFound(`incident ${id}`);
    case "not_covered":
      throw notCovered(c.get("viewer"));
    case "is_resolved":
      throw new Problem(409, "The incident has ended already.");
    case "past":
      throw new Problem(400, "Nothing was written.", {
        errors: [{ field: `body.${problem.field}`, detail: "must lie in the future" }],
      });
  }
}
