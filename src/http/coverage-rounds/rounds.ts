import { createRoute, z } from "@hono/zod-openapi";
import type { Result } from "../../domain/result.ts";
import type { RoundFault } from "../../domain/coverage/round.ts";
import { roundProgress } from "../../reports/coverage-rounds/progress.ts";
import { findRound, listRounds } from "../../reports/coverage-rounds/rounds.ts";
import { changeRound, createRound, type RoundProblem } from "../../store/coverage-rounds.ts";
import { requireUnlimited } from "../access/guards.ts";
import type { Viewer } from "../access/viewer.ts";
import { writeContext } from "../access/write-context.ts";
import { requireRegister } from "../coverage-imports/access.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  limitBody,
  listAnswer,
  onlyJson,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, noQuery, rowNumber } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound, Problem } from "../problem.ts";
import { roundChange, roundInput, roundProgressSchema, roundSchema } from "./schemas.ts";

const tags = ["Coverage rounds"];
const path = "/api/v1/coverage/rounds";
const params = z.object({ id: rowNumber });
const writes = {
  tags,
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator"), limitBody, onlyUtf8, onlyJson],
};

const list = createRoute({
  method: "get",
  path,
  summary: "Reporting rounds, the latest quarter first",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("reader")],
  request: { query: z.strictObject(listFields) },
  responses: { 200: listAnswer(roundSchema, "Rounds"), ...PROBLEMS },
});

const one = createRoute({
  method: "get",
  path: `${path}/{id}`,
  summary: "One round: what each province owes, has sent, is late with, and when it was reminded",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("reader"), onlyJson],
  request: { params, query: noQuery },
  responses: { 200: jsonAnswer(roundProgressSchema, "The round"), ...PROBLEMS },
});

const create = createRoute({
  ...writes,
  method: "post",
  path,
  summary: "Open a round for a quarter",
  request: { query: noQuery, body: jsonBody(roundInput) },
  responses: { 201: jsonAnswer(roundProgressSchema, "The new round"), ...PROBLEMS },
});

const change = createRoute({
  ...writes,
  method: "patch",
  path: `${path}/{id}`,
  summary: "Change a round: what is absent stays, null empties",
  request: { params, query: noQuery, body: jsonBody(roundChange) },
  responses: { 200: jsonAnswer(roundProgressSchema, "The changed round"), ...PROBLEMS },
});

/** GET and POST /api/v1/coverage/rounds, GET and PATCH one; a province's key sees how it stands itself. */
export function coverageRounds(deps: AppDeps) {
  const progress = async (viewer: Viewer, id: number) => {
    const round = await findRound(deps.db, id);
    if (round === null) throw notFound("such round");
    const at = { now: deps.clock(), timezone: deps.config.reportTimezone };
    return roundProgress(deps.db, round, at, viewer.province);
  };
  return newApi()
    .openapi(list, (c) =>
      respondWithList(c, c.req.valid("query"), {
        name: "coverage-rounds",
        columns: Object.keys(roundSchema.shape),
        position: z.tuple([day]).readonly(),
        read: (page) => listRounds(deps.db, page),
      }),
    )
    .openapi(one, async (c) =>
      c.json(await progress(c.get("viewer"), c.req.valid("param").id), 200),
    )
    .openapi(create, async (c) => {
      const { as_of, opens_on, due_on, indicators, note, provinces, excused } = c.req.valid("json");
      const round = {
        asOf: as_of,
        opensOn: opens_on,
        dueOn: due_on,
        indicators: indicators ?? [],
        note: note ?? null,
        provinces: provinces ?? null,
        excused: excused ?? [],
      };
      const made = await createRound(writeContext(c, deps), round, new Date(deps.clock()));
      return c.json(await progress(c.get("viewer"), settled(made)), 201);
    })
    .openapi(change, async (c) => {
      const { opens_on, due_on, ...rest } = c.req.valid("json");
      const { id } = c.req.valid("param");
      const wanted = {
        ...rest,
        ...(opens_on !== undefined && { opensOn: opens_on }),
        ...(due_on !== undefined && { dueOn: due_on }),
      };
      const changed = await changeRound(writeContext(c, deps), id, wanted);
      return c.json(await progress(c.get("viewer"), settled(changed)), 200);
    });
}

const FAULTS: Readonly<Record<RoundFault, { field: string; detail: string }>> = {
  as_of_not_quarter_end: { field: "body.as_of", detail: "must be the last day of a quarter" },
  due_before_opening: { field: "body.due_on", detail: "lies before opens_on" },
  due_before_the_day: {
    field: "body.due_on",
    detail: "must lie after as_of: nobody has figures of a day before it is over",
  },
};

function settled(result: Result<number, RoundProblem>): number {
  if (result.ok) return result.value;
  const { problem } = result;
  switch (problem.kind) {
    case "no_round":
      throw notFound("such round");
    case "duplicate":
      throw new Problem(409, "The round was not written.", {
        errors: [{ field: "body.as_of", detail: "this quarter has a round" }],
      });
    case "wrong_days":
      throw new Problem(400, "The round was not written.", {
        errors: problem.faults.map((fault) => FAULTS[fault]),
      });
    case "unknown_province":
      throw new Problem(400, "The round was not written.", {
        errors: [
          {
            field: "body.provinces",
            detail: `owe nothing in it, or were no province on that day: ${problem.codes.join(", ")}`,
          },
        ],
      });
    case "unknown_indicator":
      throw new Problem(400, "The round was not written.", {
        errors: [
          {
            field: "body.indicators",
            detail: `there is no such indicator: ${problem.codes.join(", ")}`,
          },
        ],
      });
  }
}
