import { createHash } from "node:crypto";
import { createRoute, z } from "@hono/zod-openapi";
import { releaseMembers, sumsCsv } from "../../reports/coverage-releases/files.ts";
import { releaseSums } from "../../reports/coverage-releases/sums.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { negotiate } from "../negotiate.ts";
import { indicatorField } from "./fields.ts";
import { isKnown, releaseOrThrow } from "./found.ts";
import { releaseCode, releaseMembersSchema } from "./schemas.ts";
import { basisSchema, coverageSumSchema } from "../coverage/schemas.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/releases/{code}/sums",
  summary: "The sums of the country and of every province that were frozen with a release",
  tags: ["Coverage releases"],
  security: KEY_OPTIONAL,
  request: {
    params: z.object({ code: releaseCode }),
    query: z.strictObject({
      format: z
        .enum(["json", "csv"])
        .optional()
        .openapi({ description: "Wins over the Accept header." }),
      level: z.enum(["country", "province"]).optional(),
      indicator: indicatorField.optional(),
      basis: basisSchema.optional(),
    }),
  },
  responses: {
    200: {
      description: "Sums",
      content: {
        "application/json": {
          schema: z.object({
            ...releaseMembersSchema,
            items: z.array(coverageSumSchema).readonly(),
          }),
        },
        "text/csv": { schema: z.string() },
      },
    },
    304: { description: "The client has this already: If-None-Match." },
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/releases/{code}/sums. */
export function releaseSumList({ db }: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { code } = c.req.valid("param");
    const { format, ...filter } = c.req.valid("query");
    const { id, row } = await releaseOrThrow(db, code);
    const sums = await releaseSums(db, id, filter);
    const csv = (format ?? negotiate<string>(c, ["application/json", "text/csv"])).endsWith("csv");
    const text = csv
      ? await sumsCsv(sums)
      : JSON.stringify({ ...releaseMembers(row), items: sums });
    c.header("Vary", "Accept");
    if (isKnown(c, createHash("sha256").update(text).digest("hex"))) return c.body(null, 304);
    return c.body(text, 200, {
      "Content-Type": csv ? "text/csv; charset=utf-8; header=present" : "application/json",
      ...(csv ? { "Content-Disposition": `attachment; filename="coverage-sums-${code}.csv"` } : {}),
    });
  });
}
