import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { annotate } from "../../importing/annotated.ts";
import { findSubmission } from "../../reports/coverage-imports/submissions.ts";
import { submittedFile } from "../../store/submission-files.ts";
import { submittedFaults } from "../../store/submissions.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_NEEDED, PROBLEMS } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";
import { noQuery, rowNumber } from "../lists/fields.ts";
import { XLSX_TYPE } from "../lists/respond.ts";
import { notFound, Problem } from "../problem.ts";
import { requireRegister } from "./access.ts";

const common = {
  tags: ["Coverage imports"],
  security: KEY_NEEDED,
  middleware: [requireRegister("reader")],
};
const params = z.object({ id: rowNumber });
const binary = z.string().openapi({ format: "binary" });

const annotated = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/coverage/imports/{id}/annotated.xlsx",
  summary: "A copy of the file with the faulty cells marked and explained, to be sent back",
  request: { params, query: noQuery },
  responses: {
    200: { description: "The copy", content: { [XLSX_TYPE]: { schema: binary } } },
    ...PROBLEMS,
  },
});

const original = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/coverage/imports/{id}/file",
  summary: "The file as it came",
  request: { params, query: noQuery },
  responses: {
    200: { description: "The file", content: { "application/octet-stream": { schema: binary } } },
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/imports/{id}/annotated.xlsx and …/file. */
export function coverageImportFiles({ db }: AppDeps) {
  const seenBy = async (c: Context<AppEnv>, id: number) => {
    const seen = await findSubmission(db, id, c.get("viewer").province);
    if (seen === null) throw notFound("such import");
    return { seen, file: await submittedFile(db, id) };
  };
  return newApi()
    .openapi(annotated, async (c) => {
      const { id } = c.req.valid("param");
      const { seen, file } = await seenBy(c, id);
      const copy = await annotate({
        file: file ?? { name: seen.file, bytes: null },
        faults: await submittedFaults(db, id),
        counts: seen,
      });
      return c.body(new Uint8Array(copy), 200, {
        "Content-Type": XLSX_TYPE,
        "Content-Disposition": attachment(`${seen.file.replace(/\.[^.]*$/, "")}-annotated.xlsx`),
      });
    })
    .openapi(original, async (c) => {
      const { file } = await seenBy(c, c.req.valid("param").id);
      if (file === null) throw new Problem(404, "This file was not kept: it was dangerous.");
      return c.body(new Uint8Array(file.bytes), 200, {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": attachment(file.name),
      });
    });
}

/** A file name in a header, whatever letters it has (RFC 6266, RFC 8187). */
function attachment(name: string): string {
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename*=UTF-8''${encoded}`;
}
