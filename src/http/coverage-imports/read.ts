import { createRoute, z } from "@hono/zod-openapi";
import { FAULT_COLUMNS } from "../../catalogue/import-faults/fault-row.ts";
import { listFaults } from "../../reports/coverage-imports/faults.ts";
import { findSubmission, listSubmissions } from "../../reports/coverage-imports/submissions.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_NEEDED, listAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, noQuery, positionNumber, rowNumber } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound } from "../problem.ts";
import { requireRegister } from "./access.ts";
import {
  faultSchema,
  outcomeKind,
  ruleId,
  severity,
  sourceCode,
  submissionDetailSchema,
  submissionSchema,
} from "./schemas.ts";

const COLUMNS = [
  "id",
  "received_at",
  "file",
  "source",
  "via",
  "by",
  "outcome",
  "accepted",
  "held",
  "refused",
  "unchanged",
  "faults",
  "waiting",
  "format",
  "encoding",
  "bytes",
  "sha256",
  "kept",
];

const common = {
  tags: ["Coverage imports"],
  security: KEY_NEEDED,
  middleware: [requireRegister("reader")],
};
const params = z.object({ id: rowNumber });

const list = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/coverage/imports",
  summary: "Imported files, newest first; a province's key sees its own",
  request: {
    query: z.strictObject({
      ...listFields,
      source: sourceCode.optional(),
      outcome: outcomeKind.optional(),
    }),
  },
  responses: { 200: listAnswer(submissionSchema, "Imported files"), ...PROBLEMS },
});

const one = createRoute({
  ...common,
  middleware: [requireRegister("reader"), onlyJson],
  method: "get",
  path: "/api/v1/coverage/imports/{id}",
  summary: "One imported file: what was stated beside it and what its columns were taken for",
  request: { params, query: noQuery },
  responses: { 200: jsonAnswer(submissionDetailSchema, "The imported file"), ...PROBLEMS },
});

const faults = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/coverage/imports/{id}/faults",
  summary: "Every fault of an imported file, by row and column, with what to do",
  request: {
    params,
    query: z.strictObject({
      ...listFields,
      rule: ruleId.optional(),
      severity: severity.optional(),
    }),
  },
  responses: { 200: listAnswer(faultSchema, "Faults"), ...PROBLEMS },
});

/** GET /api/v1/coverage/imports, one of them, and its faults. */
export function coverageImportReads({ db }: AppDeps) {
  const position = z.tuple([positionNumber]).readonly();
  return newApi()
    .openapi(list, (c) => {
      const { source, outcome, ...query } = c.req.valid("query");
      const filter = { source, outcome, province: c.get("viewer").province };
      return respondWithList(c, query, {
        name: "coverage-imports",
        columns: COLUMNS,
        position,
        read: (page) => listSubmissions(db, filter, page),
      });
    })
    .openapi(one, async (c) => {
      const { id } = c.req.valid("param");
      const found = await findSubmission(db, id, c.get("viewer").province);
      if (found === null) throw notFound("such import");
      return c.json(found as z.infer<typeof submissionDetailSchema>, 200);
    })
    .openapi(faults, async (c) => {
      const { id } = c.req.valid("param");
      const { rule, severity, ...query } = c.req.valid("query");
      const found = await findSubmission(db, id, c.get("viewer").province);
      if (found === null) throw notFound("such import");
      return respondWithList(c, query, {
        name: `coverage-import-${id}-faults`,
        columns: FAULT_COLUMNS,
        position,
        read: (page) => listFaults(db, found, { rule, severity }, page),
      });
    });
}
