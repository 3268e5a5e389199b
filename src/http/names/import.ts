import { createRoute, z } from "@hono/zod-openapi";
import { importNames } from "../../store/seen-names-import.ts";
import { requireUnlimited } from "../access/guards.ts";
import { writeContext } from "../access/write-context.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_NEEDED, limitBody, onlyUtf8, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { noQuery } from "../lists/fields.ts";
import { Problem } from "../problem.ts";

/** Enough to mend a list by; the counts say how many there are. */
const MAX_FAULTS_SHOWN = 500;

const importSchema = z
  .object({
    accepted: z.number().int(),
    known: z.number().int(),
    refused: z.number().int(),
    faults: z
      .array(
        z.object({
          line: z.number().int(),
          column: z.string(),
          value: z.string(),
          reason: z.string(),
        }),
      )
      .readonly(),
  })
  .openapi("NamesImport", { description: `At most ${MAX_FAULTS_SHOWN} faults are shown.` });

const route = createRoute({
  method: "post",
  path: "/api/v1/names/import",
  summary:
    "Add a list of host names (CSV with the column `host`, and `detail` if there is one) to the names seen",
  tags: ["Denominator"],
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator"), limitBody, onlyUtf8],
  request: {
    query: noQuery,
    body: { required: true, content: { "text/csv": { schema: z.string() } } },
  },
  responses: {
    200: jsonAnswer(importSchema, "What became of the rows; good ones are stored"),
    ...PROBLEMS,
  },
});

/** POST /api/v1/names/import. */
export function nameImport(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    if (!/^text\/csv\b/i.test(c.req.header("content-type") ?? "")) {
      throw new Problem(415, "The body must be CSV, with Content-Type: text/csv.");
    }
    const text = await c.req.text();
    const done = await importNames(writeContext(c, deps), text, new Date(deps.clock()));
    return c.json({ ...done, faults: done.faults.slice(0, MAX_FAULTS_SHOWN) }, 200);
  });
}
