import { createRoute } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { outcomeJson } from "../../importing/outcome-json.ts";
import { jsonAnswer, KEY_NEEDED, onlyJson, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery } from "../lists/fields.ts";
import { requireRegister } from "./access.ts";
import { type ImportingDeps, limitUpload, runImport } from "./run-import.ts";
import { importForm, outcomeSchema } from "./schemas.ts";

/** Enough to see what is wrong; the list of faults has all. */
const MAX_FAULTS_SHOWN = 500;

const route = (middleware: MiddlewareHandler<AppEnv>) =>
  createRoute({
    method: "post",
    path: "/api/v1/coverage/imports",
    summary: "Import a spreadsheet with coverage figures, or only judge it (dry_run)",
    tags: ["Coverage imports"],
    security: KEY_NEEDED,
    middleware: [requireRegister("operator"), onlyJson, middleware, limitUpload],
    request: {
      query: noQuery,
      body: { required: true, content: { "multipart/form-data": { schema: importForm } } },
    },
    responses: {
      200: jsonAnswer(outcomeSchema, "What became of the rows; nothing new was stored"),
      201: jsonAnswer(outcomeSchema, "What became of the rows; the file is a submission now"),
      ...PROBLEMS,
    },
  });

/** POST /api/v1/coverage/imports. */
export function coverageImportCreate(deps: ImportingDeps) {
  return newApi().openapi(route(deps.importGate), async (c) => {
    const by = { viewer: c.get("viewer"), via: "api" } as const;
    const outcome = await runImport(deps, c.req.valid("form"), by);
    const made = outcome.submission !== null && !outcome.repeated;
    return c.json(outcomeJson(outcome, MAX_FAULTS_SHOWN), made ? 201 : 200);
  });
}
