import { createRoute, z } from "@hono/zod-openapi";
import { coverageSeries } from "../../reports/coverage/series.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { indicatorsOf, knownThen } from "./asked.ts";
import { questionFields, unitCode } from "./fields.ts";
import { coverageSumSchema } from "./schemas.ts";
import { SUM_COLUMNS } from "../../reports/coverage/sum-columns.ts";
import { pagesOf } from "./whole-list.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/series",
  summary: "One indicator of one unit over time",
  tags: ["Coverage"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      ...questionFields,
      unit: unitCode.optional().openapi({ description: "`VN`, the country, unless given." }),
      from: day.optional(),
      to: day.optional(),
    }),
  },
  responses: {
    200: listAnswer(coverageSumSchema, "Sums, one for each day that has figures, oldest first"),
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/series. */
export function coverageSeriesList(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { unit = "VN", from, to, limit, cursor, format, ...asked } = c.req.valid("query");
    const { indicator, version, basis, operator, units = today(deps) } = asked;
    await indicatorsOf(deps, indicator);
    const { known, day: lastDay } = await knownThen(deps, asked);
    // A release ends with its day, whatever was known of later ones.
    const until = lastDay !== null && (to === undefined || lastDay < to) ? lastDay : to;
    const question = { indicator, version, basis, operator, units, known, unit, from, to: until };
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `coverage-series-${indicator}-${unit}`,
        columns: [...SUM_COLUMNS, "units"],
        position: z.tuple([day]).readonly(),
        read: pagesOf(
          () => coverageSeries(deps.db, { ...question, level: levelOf(unit) }),
          ({ as_of }) => as_of,
        ),
        csvRow: (row) => ({ ...row, units }),
        extra: () => ({ units }),
      },
    );
  });
}

/** The country is VN, provinces have two digits, communes five. */
function levelOf(code: string): "country" | "province" | "commune" {
  if (code === "VN") return "country";
  return code.length === 2 ? "province" : "commune";
}
