import { createRoute, z } from "@hono/zod-openapi";
import type { Day } from "../../domain/calendar.ts";
import type { AdminLevel, UnitBook } from "../../domain/units/unit.ts";
import {
  type SuccessionRow,
  successionsOf,
  unitOn,
  unitsWithCode,
  vintageOf,
} from "../../reports/units.ts";
import { requireRole } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import {
  jsonAnswer,
  jsonBody,
  KEY_NEEDED,
  KEY_OPTIONAL,
  limitBody,
  listAnswer,
  onlyJson,
  onlyUtf8,
  PROBLEMS,
} from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, noQuery, positionNumber } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { ON_DESCRIPTION } from "../places/unit-schema.ts";
import { Problem } from "../problem.ts";
import { today } from "../viewpoint.ts";
import {
  codeSchema,
  levelSchema,
  successionSchema,
  unitSchema,
  vintageRequestSchema,
  vintageSchema,
} from "./schemas.ts";

const params = z.object({ level: levelSchema, code: codeSchema });
const on = day.optional().openapi({ description: ON_DESCRIPTION });
const TAGS = ["Places"];

const one = createRoute({
  method: "get",
  path: "/api/v1/units/{level}/{code}",
  summary: "The unit that has a code on a day, and every other one that had it",
  tags: TAGS,
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { params, query: z.strictObject({ on }) },
  responses: { 200: jsonAnswer(unitSchema, "The unit as it was on that day"), ...PROBLEMS },
});

const steps = (which: "successors" | "predecessors", summary: string) =>
  createRoute({
    method: "get",
    path: `/api/v1/units/{level}/{code}/${which}`,
    summary,
    tags: TAGS,
    security: KEY_OPTIONAL,
    request: { params, query: z.strictObject({ ...listFields, on }) },
    responses: { 200: listAnswer(successionSchema, summary), ...PROBLEMS },
  });

const successors = steps("successors", "What a unit became, wholly or in part");
const predecessors = steps("predecessors", "What a unit came from, wholly or in part");

const vintage = createRoute({
  method: "post",
  path: "/api/v1/units/vintage",
  summary:
    "Which units a list of codes and names is of, with the share that fits the units of each time",
  tags: TAGS,
  security: KEY_NEEDED,
  middleware: [requireRole("reader"), limitBody, onlyUtf8],
  request: { query: noQuery, body: jsonBody(vintageRequestSchema) },
  responses: { 200: jsonAnswer(vintageSchema, "How well the list fits"), ...PROBLEMS },
});

const COLUMNS = [
  "effective",
  "kind",
  "part",
  "share",
  "unit.level",
  "unit.code",
  "unit.full_name_vi",
  "unit.province.code",
  "unit.province.name_vi",
  "unit.valid_from",
  "unit.valid_to",
];

/** GET /api/v1/units/{level}/{code}, its /successors and /predecessors, and POST /api/v1/units/vintage. */
export function units(deps: AppDeps) {
  return newApi()
    .openapi(one, async (c) => {
      const { level, code } = c.req.valid("param");
      const asked = c.req.valid("query").on ?? today(deps);
      const book = await deps.units.book();
      const unit = unitOn(book, level, code, asked);
      if (!unit) throw noUnit(book, level, code, asked);
      return c.json(unit, 200);
    })
    .openapi(successors, async (c) => {
      const { on: asked = today(deps), ...query } = c.req.valid("query");
      const question = { ...c.req.valid("param"), on: asked };
      const rows = await stepsOf(deps, "successors", question);
      return respondWithList(c, query, listOf("successors", rows));
    })
    .openapi(predecessors, async (c) => {
      const { on: asked = today(deps), ...query } = c.req.valid("query");
      const question = { ...c.req.valid("param"), on: asked };
      const rows = await stepsOf(deps, "predecessors", question);
      return respondWithList(c, query, listOf("predecessors", rows));
    })
    .openapi(vintage, async (c) => {
      const { level, pairs } = c.req.valid("json");
      const list = pairs.map(({ code, name = null }) => ({ code, name }));
      const answer = vintageOf(await deps.units.book(), level, list);
      if (!answer) throw new Problem(409, `No ${level} is in the register.`);
      return c.json(answer, 200);
    });
}

async function stepsOf(
  deps: AppDeps,
  which: "successors" | "predecessors",
  question: { readonly level: AdminLevel; readonly code: string; readonly on: Day },
): Promise<SuccessionRow[]> {
  const book = await deps.units.book();
  const rows = successionsOf(book, which, question);
  if (!rows) throw noUnit(book, question.level, question.code, question.on);
  return rows;
}

function listOf(name: string, rows: readonly SuccessionRow[]) {
  return {
    name,
    columns: COLUMNS,
    position: z.tuple([positionNumber]).readonly(),
    read: async ({ limit, after }: { limit: number; after: readonly [number] | null }) => {
      const begin = after?.[0] ?? 0;
      const end = begin + limit;
      return {
        rows: rows.slice(begin, end),
        next: end < rows.length ? ([end] as const) : null,
      };
    },
  };
}

/** Says when there was one: most codes that are asked for without a day are of another time. */
function noUnit(book: UnitBook, level: AdminLevel, code: string, asked: Day): Problem {
  const known = unitsWithCode(book, level, code).map(
    ({ full_name_vi: name, valid_from: from, valid_to: to }) =>
      `${name} from ${from}${to === null ? "" : ` up to the day before ${to}`}`,
  );
  const hint =
    known.length > 0
      ? ` It is the code of ${known.join(", and of ")}: ask for a day with on=.`
      : "";
  return new Problem(404, `No ${level} has the code ${code} on ${asked}.${hint}`);
}
