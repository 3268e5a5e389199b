import { createRoute, z } from "@hono/zod-openapi";
import { figureHistory, type FigureRevision } from "../../reports/coverage/figure-history.ts";
import { listFigures } from "../../reports/coverage/figures.ts";
import { hasRole } from "../access/viewer.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, listAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, noQuery, provinceCode, yes } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { notFound } from "../problem.ts";
import { knownThen } from "./asked.ts";
import { codeField, knownFields, statusField, unitCode } from "./fields.ts";
import { basisSchema, figureSchema, levelSchema } from "./schemas.ts";

const COLUMNS = [
  "id",
  "unit.level",
  "unit.code",
  "unit.name_vi",
  "unit.valid_from",
  "unit.valid_to",
  ...Object.keys(figureSchema.shape).filter((column) => column !== "id" && column !== "unit"),
];

/** Ids of figures are whole numbers that JavaScript has exactly. */
const figureId = z.coerce
  .number<string>()
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER)
  .openapi({ type: "integer" });

const list = createRoute({
  method: "get",
  path: "/api/v1/coverage/figures",
  summary: "Figures as they were reported, with their source",
  tags: ["Coverage"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      indicator: indicatorField.optional(),
      as_of: day.optional(),
      level: levelSchema.optional(),
      unit: unitCode.optional().openapi({
        description: "A code has belonged to several units over time: `units` tells them apart.",
      }),
      province: provinceCode.optional(),
      units: day.optional().openapi({ description: "Only figures of units of this day." }),
      source: codeField.optional(),
      basis: basisSchema.optional(),
      operator: codeField.optional(),
      status: statusField.optional(),
      submission: figureId.optional(),
      replaced: yes
        .optional()
        .openapi({ description: "`true`: revisions that were replaced are listed too." }),
      ...knownFields,
    }),
  },
  responses: { 200: listAnswer(figureSchema, "Figures in the order of recording"), ...PROBLEMS },
});

const revisionSchema = figureSchema
  .extend({
    from: z.object({
      via: z.enum(["command", "api", "page", "inbox", "seed"]),
      file_name: z.string().nullable(),
      sha256: z.string(),
      received_at: z.date().openapi({ type: "string", format: "date-time" }),
      by: z.string().nullable(),
    }),
  })
  .openapi("CoverageFigureRevision", {
    description: "Who sent it and in which file is for those who may see details; null for others.",
  });

const history = createRoute({
  method: "get",
  path: "/api/v1/coverage/figures/{id}",
  summary: "Every revision of one figure, with reason and origin, first to last",
  tags: ["Coverage"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: { params: z.object({ id: figureId }), query: noQuery },
  responses: {
    200: jsonAnswer(
      z.object({ items: z.array(revisionSchema), made_up: z.boolean() }),
      "Revisions",
    ),
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/figures and /api/v1/coverage/figures/{id}. */
export function coverageFigures(deps: AppDeps) {
  return newApi()
    .openapi(list, async (c) => {
      const {
        limit,
        cursor,
        format,
        as_of: asOf,
        release,
        known_on,
        ...filter
      } = c.req.valid("query");
      const { known, day: until } = await knownThen(deps, { release, known_on });
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "coverage-figures",
          columns: COLUMNS,
          position: z.tuple([z.int().min(0)]).readonly(),
          read: (page) =>
            listFigures(deps.db, { ...filter, asOf, until: until ?? undefined, known }, page),
        },
      );
    })
    .openapi(history, async (c) => {
      const revisions = await figureHistory(deps.db, c.req.valid("param").id);
      if (revisions.length === 0) throw notFound("such figure");
      const open = deps.config.publicRead === "all" || hasRole(c.get("viewer"), "reader");
      const items = revisions.map((each) => (open ? each : withoutSender(each)));
      return c.json({ items, made_up: items.some(({ made_up }) => made_up) }, 200);
    });
}

function withoutSender({ from, ...figure }: FigureRevision) {
  return { ...figure, from: { ...from, by: null, file_name: null } };
}
