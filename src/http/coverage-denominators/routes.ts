import { createRoute, z } from "@hono/zod-openapi";
import { denominatorHistory, listDenominators } from "../../reports/coverage-denominators/list.ts";
import {
  type CountFault,
  type CountsProblem,
  recordCounts,
} from "../../store/denominator-register.ts";
import { notCovered } from "../access/guards.ts";
import type { Viewer } from "../access/viewer.ts";
import { writeContext } from "../access/write-context.ts";
import { unitCode } from "../coverage/fields.ts";
import { levelSchema } from "../coverage/schemas.ts";
import { requireRegister } from "../coverage-imports/access.ts";
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
import {
  day,
  listFields,
  noQuery,
  plainText,
  positionNumber,
  provinceCode,
  rowNumber,
} from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound, Problem } from "../problem.ts";
import { today } from "../viewpoint.ts";
import { countsInput, countsWrittenSchema, denominatorSchema } from "./schemas.ts";

const tags = ["Coverage denominators"];
const path = "/api/v1/coverage/denominators";

const COLUMNS = Object.keys(denominatorSchema.shape).flatMap((column) =>
  column === "unit"
    ? ["level", "code", "name_vi", "valid_from", "valid_to"].map((each) => `unit.${each}`)
    : [column],
);

const list = createRoute({
  method: "get",
  path,
  summary: "How many households, people, hamlets units have, by source and day, never mixed",
  tags,
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      unit: unitCode.optional(),
      province: provinceCode.optional(),
      kind: z
        .string()
        .regex(/^[a-z0-9_]{1,64}$/)
        .optional(),
      as_of: day.optional(),
      source: plainText.optional(),
    }),
  },
  responses: {
    200: listAnswer(denominatorSchema, "Counts in the order of recording"),
    ...PROBLEMS,
  },
});

const history = createRoute({
  method: "get",
  path: `${path}/{id}`,
  summary: "Every revision of one count, with reason, first to last",
  tags,
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { params: z.object({ id: rowNumber }), query: noQuery },
  responses: {
    200: jsonAnswer(z.object({ items: z.array(denominatorSchema).readonly() }), "Revisions"),
    ...PROBLEMS,
  },
});

const record = createRoute({
  method: "post",
  path,
  summary: "Record counts of one source, all or none; what is there is corrected with a reason",
  tags,
  security: KEY_NEEDED,
  middleware: [requireRegister("operator"), limitBody, onlyUtf8, onlyJson],
  request: { query: noQuery, body: jsonBody(countsInput) },
  responses: { 200: jsonAnswer(countsWrittenSchema, "What became of them"), ...PROBLEMS },
});

/** GET and POST /api/v1/coverage/denominators, GET every revision of one. */
export function coverageDenominators(deps: AppDeps) {
  const seenBy =
    ({ role }: Viewer) =>
    <Row extends { readonly recorded_by: string | null }>(row: Row): Row =>
      role === null ? { ...row, recorded_by: null } : row;
  return newApi()
    .openapi(list, (c) => {
      const { limit, cursor, format, as_of: asOf, ...filter } = c.req.valid("query");
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "coverage-denominators",
          columns: COLUMNS,
          position: z.tuple([positionNumber]).readonly(),
          async read(page) {
            const { rows, ...rest } = await listDenominators(deps.db, { ...filter, asOf }, page);
            return { rows: rows.map(seenBy(c.get("viewer"))), ...rest };
          },
        },
      );
    })
    .openapi(history, async (c) => {
      const items = await denominatorHistory(deps.db, c.req.valid("param").id);
      if (items.length === 0) throw notFound("such count");
      return c.json({ items: items.map(seenBy(c.get("viewer"))) }, 200);
    })
    .openapi(record, async (c) => {
      const {
        source,
        source_url: sourceUrl = null,
        as_of: asOf,
        reason = null,
        counts,
      } = c.req.valid("json");
      const stated = counts.map(({ unit: code, ...count }) => ({
        ...count,
        code,
        level: levelOf(code),
        asOf,
        source,
        sourceUrl,
      }));
      const at = { reason, today: today(deps), now: new Date(deps.clock()) };
      const written = await recordCounts(writeContext(c, deps), stated, at);
      if (!written.ok) throw toProblem(written.problem, c.get("viewer"));
      return c.json(written.value, 200);
    });
}

/** Codes of each level have a length of their own. */
function levelOf(code: string): z.infer<typeof levelSchema> {
  return code === "VN" ? "country" : code.length === 2 ? "province" : "commune";
}

/** Enough to mend a request by. */
const MAX_FAULTS = 20;

const FAULTS: Readonly<Record<CountFault["kind"], { field: string; detail: string }>> = {
  unknown_unit: { field: "unit", detail: "no unit had this code on that day" },
  unknown_kind: { field: "kind", detail: "there is no such kind" },
  twice: { field: "unit", detail: "has two counts of this kind here" },
  in_future: { field: "unit", detail: "as_of lies in the future" },
  needs_reason: { field: "value", detail: "corrects what is recorded: give a reason" },
};

function toProblem(problem: CountsProblem, viewer: Viewer): Problem {
  if (problem.kind === "not_covered") return notCovered(viewer);
  return new Problem(400, "None of the counts was written.", {
    errors: problem.faults.slice(0, MAX_FAULTS).map(({ index, kind }) => ({
      field: `body.counts.${index}.${FAULTS[kind].field}`,
      detail: FAULTS[kind].detail,
    })),
  });
}
