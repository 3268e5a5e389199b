import { createRoute, z } from "@hono/zod-openapi";
import { listJobRuns } from "../../reports/job-runs.ts";
import { requireUnlimited } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_NEEDED, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, plainText } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";

const COLUMNS = ["id", "job", "started_at", "finished_at", "outcome"];

const jobRunSchema = z
  .object({
    id: z.number().int(),
    job: z.string(),
    started_at: z.string().openapi({ format: "date-time" }),
    finished_at: z.string().nullable().openapi({ format: "date-time" }),
    outcome: z.enum(["running", "ok", "failed", "interrupted"]),
    detail: z.record(z.string(), z.unknown()).nullable(),
  })
  .openapi("JobRun");

const route = createRoute({
  method: "get",
  path: "/api/v1/job-runs",
  summary: "Runs of the service's own jobs, latest first",
  tags: ["Administration"],
  security: KEY_NEEDED,
  middleware: [requireUnlimited("operator")],
  request: { query: z.strictObject({ ...listFields, job: plainText.optional() }) },
  responses: { 200: listAnswer(jobRunSchema, "Job runs"), ...PROBLEMS },
});

/** GET /api/v1/job-runs. */
export function jobRuns(deps: AppDeps) {
  return newApi().openapi(route, (c) => {
    const { job, ...query } = c.req.valid("query");
    return respondWithList(c, query, {
      name: "job-runs",
      columns: COLUMNS,
      position: z.tuple([z.int()]).readonly(),
      read: (page) => listJobRuns(deps.db, { job }, page),
    });
  });
}
