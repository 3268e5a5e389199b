import { createRoute, z } from "@hono/zod-openapi";
import { type ComparedSums, compareSums } from "../../reports/coverage/series.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import { releaseCode } from "../coverage-releases/schemas.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { indicatorsOf, knownThen } from "./asked.ts";
import { codeField, levelField, provinceField, unitCode } from "./fields.ts";
import { basisSchema, coverageSumSchema, unitNameSchema } from "./schemas.ts";
import { SUM_COLUMNS } from "../../reports/coverage/sum-columns.ts";
import { pagesOf } from "./whole-list.ts";

/** A day, or a release: its day as it was known when it was published. */
const side = z.union([day, releaseCode]).openapi({ type: "string", example: "2026-Q3" });

const comparedSchema = z
  .object({
    unit: unitNameSchema,
    from: coverageSumSchema,
    to: coverageSumSchema,
    change: z.number().nullable(),
    break: z.enum(["definition", "denominator"]).nullable(),
  })
  .openapi("CoverageComparison", {
    description:
      "`change` is the difference of the ratios; null with a `break`: the two are of different definitions, or over denominators of different origin.",
  });

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/compare",
  summary: "One indicator on two days, or in two releases",
  tags: ["Coverage"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      indicator: indicatorField,
      from: side,
      to: side,
      basis: basisSchema.optional(),
      operator: codeField.optional(),
      units: day.optional(),
      level: levelField,
      province: provinceField,
    }),
  },
  responses: {
    200: {
      description: "Both sides for each unit, by its code",
      content: {
        "application/json": {
          schema: z.object({
            units: z.string(),
            items: z.array(comparedSchema).readonly(),
            next_cursor: z.string().nullable(),
          }),
        },
        "text/csv": { schema: z.string() },
      },
    },
    ...PROBLEMS,
  },
});

const ONE_SIDE = SUM_COLUMNS.filter((column) => !column.startsWith("unit."));

/** GET /api/v1/coverage/compare. */
export function coverageComparison(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { from, to, level = "province", limit, cursor, format, ...asked } = c.req.valid("query");
    const units = asked.units ?? today(deps);
    await indicatorsOf(deps, asked.indicator);
    const sides = [await sideOf(deps, from), await sideOf(deps, to)] as const;
    const work = () => compareSums(deps.db, { ...asked, units, level }, sides);
    return respondWithList<ComparedSums, readonly [string]>(
      c,
      { limit, cursor, format },
      {
        name: `coverage-${asked.indicator}-${from}-${to}`,
        columns: [
          "unit.code",
          "unit.name_vi",
          "change",
          "break",
          ...ONE_SIDE.map((column) => `from.${column}`),
          ...ONE_SIDE.map((column) => `to.${column}`),
        ],
        position: z.tuple([unitCode]).readonly(),
        read: pagesOf(work, (row) => row.unit.code),
        extra: () => ({ units }),
      },
    );
  });
}

async function sideOf(deps: AppDeps, text: string) {
  if (!text.includes("Q")) return { asOf: text, known: null };
  const { known, day: asOf } = await knownThen(deps, { release: text });
  return { asOf: asOf ?? text, known };
}
