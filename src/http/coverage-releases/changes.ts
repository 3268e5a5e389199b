import { createRoute, z } from "@hono/zod-openapi";
import { CHANGE_KINDS } from "../../reports/coverage-releases/change-row.ts";
import { releaseChanges, summariseChanges } from "../../reports/coverage-releases/changes.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { comparedWith } from "./found.ts";
import { indicatorField, chunkPosition } from "./fields.ts";
import { changeSchema, changeSummarySchema, releaseCode } from "./schemas.ts";

const VALUE = ["status", "numerator", "denominator", "denominator_source", "ratio", "revision"];

const COLUMNS = [
  "kind",
  "indicator",
  "indicator_version",
  "as_of",
  "unit.level",
  "unit.code",
  "unit.name_vi",
  "operator",
  "basis",
  "source",
  ...VALUE.map((name) => `old.${name}`),
  ...VALUE.map((name) => `new.${name}`),
  "reason",
  "submission",
  "method_break",
  "event.kind",
  "event.part",
  "event.to.code",
  "event.to.name_vi",
  "event.old_type",
  "event.new_type",
  "event.legal_document",
];

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/releases/{code}/changes",
  summary:
    "What changed in a release since another one: new, revised, withdrawn figures and changed units",
  tags: ["Coverage releases"],
  security: KEY_OPTIONAL,
  request: {
    params: z.object({ code: releaseCode }),
    query: z.strictObject({
      ...listFields,
      since: releaseCode.optional().openapi({
        description: "An earlier release; else the one before this.",
      }),
      kind: z.enum(CHANGE_KINDS).optional(),
      indicator: indicatorField.optional(),
    }),
  },
  responses: {
    200: {
      description: "The changes with their summary",
      content: {
        "application/json": {
          schema: z.object({
            release: releaseCode,
            since: releaseCode.nullable(),
            summary: changeSummarySchema,
            items: z.array(changeSchema).readonly(),
            next_cursor: z.string().nullable(),
          }),
        },
        "text/csv": { schema: z.string() },
      },
    },
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/releases/{code}/changes. */
export function releaseChangeList({ db }: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { code } = c.req.valid("param");
    const { since: asked, kind, indicator, ...query } = c.req.valid("query");
    const { since, between } = await comparedWith(db, code, asked);
    const read = await releaseChanges(db, between, { kind, indicator });
    return respondWithList(c, query, {
      name: `coverage-changes-${code}`,
      columns: COLUMNS,
      position: chunkPosition,
      read,
      extra: async () => ({ release: code, since, summary: await summariseChanges(db, between) }),
    });
  });
}
