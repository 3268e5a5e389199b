import { createRoute, z } from "@hono/zod-openapi";
import { toCsv } from "../../reports/csv.ts";
import { listCauses } from "../../reports/finding-causes.ts";
import { type MendFirstStep, planMending } from "../../reports/mend-first.ts";
import { detailScope } from "../access/guards.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields, positionNumber, positionText, provinceCode, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { negotiate } from "../negotiate.ts";
import { viewpoint } from "../viewpoint.ts";
import { causeKindSchema, causeSchema, mendFirstSchema, targetSchema } from "./schemas.ts";

/** A plan of more steps is none; more than ten thousand portals are lifted by far fewer. */
const MAX_STEPS = 100;
const DEFAULT_STEPS = 20;

const STEP_COLUMNS = [
  "step",
  "causes",
  "portals_lifted",
  "portals",
  "lifted_so_far",
  "mended_so_far",
  "says_vi",
  "says_en",
];

const filters = { agency: slug.optional(), province: provinceCode.optional() };

const plan = createRoute({
  method: "get",
  path: "/api/v1/compliance/mend-first",
  summary:
    "What to mend first: the fewest causes that lift the most portals by a level, step by step",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...filters,
      to_level: targetSchema.optional().openapi({ description: "Only lifts to this level count." }),
      limit: z.coerce.number<string>().int().min(1).max(MAX_STEPS).default(DEFAULT_STEPS).openapi({
        type: "integer",
        minimum: 1,
        maximum: MAX_STEPS,
        description: "Steps at most.",
      }),
      format: listFields.format,
    }),
  },
  responses: {
    200: {
      description: "The steps",
      content: {
        "application/json": { schema: mendFirstSchema },
        "text/csv": { schema: z.string() },
      },
    },
    ...PROBLEMS,
  },
});

const causes = createRoute({
  method: "get",
  path: "/api/v1/compliance/causes",
  summary: "Findings by the host, name server, zone, certificate or address that causes them",
  tags: ["Compliance"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({ ...listFields, ...filters, kind: causeKindSchema.optional() }),
  },
  responses: {
    200: listAnswer(causeSchema, "Causes, that of the most portals first"),
    ...PROBLEMS,
  },
});

/** GET /api/v1/compliance/mend-first and /api/v1/compliance/causes; as findings are, only for who may see details. */
export function mendFirst(deps: AppDeps) {
  return newApi()
    .openapi(plan, async (c) => {
      const { limit, format, to_level: toLevel, ...wanted } = c.req.valid("query");
      const type = negotiate(c, ["application/json", "text/csv"]);
      const filter = { ...wanted, toLevel, scope: detailScope(c.get("viewer"), deps.config) };
      const found = await planMending(deps.db, viewpoint(deps), filter, limit);
      c.header("Vary", "Accept");
      if ((format ?? (type === "text/csv" ? "csv" : "json")) === "json") return c.json(found, 200);
      return c.body(toCsv(STEP_COLUMNS, eachStep(found.steps)), 200, {
        "Content-Type": "text/csv; charset=utf-8; header=present",
        "Content-Disposition": 'attachment; filename="mend-first.csv"',
      });
    })
    .openapi(causes, (c) => {
      const { limit, cursor, format, ...wanted } = c.req.valid("query");
      const filter = { ...wanted, scope: detailScope(c.get("viewer"), deps.config) };
      return respondWithList(
        c,
        { limit, cursor, format },
        {
          name: "causes",
          columns: ["kind", "name", "portals", "findings", "checks"],
          position: z.tuple([positionNumber, positionText, positionText]).readonly(),
          read: (page) => listCauses(deps.db, viewpoint(deps), filter, page),
        },
      );
    });
}

async function* eachStep(steps: readonly MendFirstStep[]) {
  for (const { step, causes, lifts, lifted_so_far, mended_so_far, says } of steps) {
    yield {
      step,
      causes: causes.map(({ kind, name }) => `${kind} ${name}`),
      portals_lifted: lifts.length,
      portals: lifts.map(({ portal, from, to }) => `${portal.id} (${from} → ${to})`),
      lifted_so_far,
      mended_so_far,
      says_vi: says.vi,
      says_en: says.en,
    };
  }
}
