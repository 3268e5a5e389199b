import { createRoute, z } from "@hono/zod-openapi";
import type { Result } from "../../domain/result.ts";
import { addNote, choosePortals, endNote, type StatusProblem } from "../../store/status-page.ts";
import { requireUnlimited } from "../access/guards.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  limitBody,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { newApi } from "../env.ts";
import { noQuery, rowNumber, slug } from "../lists/fields.ts";
import { notFound, Problem } from "../problem.ts";

/** More than one page shows well. */
const MAX_PORTALS = 200;
const noteText = z.string().trim().min(1).max(2000);

// The page is one for all: whoever writes it answers for all.
const common = {
  tags: ["Status"],
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator"), limitBody, onlyUtf8],
};

const choose = createRoute({
  ...common,
  method: "put",
  path: "/api/v1/status/portals",
  summary: "Choose which portals the public status shows, in this order",
  request: {
    query: noQuery,
    body: jsonBody(
      z.strictObject({ portals: z.array(slug).max(MAX_PORTALS) }).openapi("StatusPortals"),
    ),
  },
  responses: { 204: { description: "They are shown." }, ...PROBLEMS },
});

const add = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/status/notes",
  summary: "Write a note on the public status",
  request: {
    query: noQuery,
    body: jsonBody(
      z
        .strictObject({
          text_vi: noteText,
          text_en: noteText.nullish(),
          incident: z.int().min(1).nullish(),
        })
        .openapi("StatusNote"),
    ),
  },
  responses: {
    201: jsonAnswer(z.object({ id: z.number().int() }), "The number of the note"),
    ...PROBLEMS,
  },
});

const end = createRoute({
  ...common,
  method: "post",
  path: "/api/v1/status/notes/{id}/end",
  summary: "Take a note off the public status",
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: { 204: { description: "It is off." }, ...PROBLEMS },
});

/** What the operator publishes: operators without limits only. */
export function statusWrites(deps: AppDeps) {
  const now = () => new Date(deps.clock());
  const told = () => deps.live.publish({ type: "incidents", ids: [] });
  return newApi()
    .openapi(choose, async (c) => {
      settled(await choosePortals(writeContext(c, deps), c.req.valid("json").portals, now()));
      told();
      return c.body(null, 204);
    })
    .openapi(add, async (c) => {
      const id = settled(await addNote(writeContext(c, deps), c.req.valid("json"), now()));
      told();
      return c.json({ id }, 201);
    })
    .openapi(end, async (c) => {
      settled(await endNote(writeContext(c, deps), c.req.valid("param").id, now()));
      told();
      return c.body(null, 204);
    });
}

function settled<Value>(result: Result<Value, StatusProblem>): Value {
  if (result.ok) return result.value;
  const { problem } = result;
  switch (problem.kind) {
    case "no_note":
      throw notFound("such note");
    case "not_covered":
      throw new Problem(403, "Your key is limited.");
    case "no_portal":
      throw wrong(`portals.${problem.index}`);
    case "no_incident":
      throw wrong("incident");
  }
}

function wrong(field: string): Problem {
  return new Problem(400, "Nothing was written.", {
    errors: [{ field: `body.${field}`, detail: "does not exist" }],
  });
}
