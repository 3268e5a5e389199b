import { createRoute, z } from "@hono/zod-openapi";
import type { CoverageSum } from "../../domain/coverage/sum.ts";
import { sumsWorkbook } from "../../reports/coverage/sums-workbook.ts";
import { coverageSums } from "../../reports/coverage/sums.ts";
import { compareWithTargets, listTargets } from "../../reports/coverage/targets.ts";
import { LANGS, pickLang } from "../../web/lang.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { respondWithSumsMap } from "../coverage-releases/sums-map.ts";
import { GEOJSON_TYPE } from "../coverage-releases/map.ts";
import { newApi } from "../env.ts";
import { listFields } from "../lists/fields.ts";
import { respondWithList, XLSX_TYPE } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { settle } from "./asked.ts";
import { asOfField, levelField, provinceField, questionFields, unitCode } from "./fields.ts";
import { comparisonSchema, coverageSumSchema } from "./schemas.ts";
import { SUM_COLUMNS } from "../../reports/coverage/sum-columns.ts";
import { pagesOf } from "./whole-list.ts";

const rowSchema = coverageSumSchema
  .extend({ targets: z.array(comparisonSchema) })
  .openapi("ComparedCoverageSum", {
    description:
      "`targets`: those of the same indicator and level; met or not only where what is missing can't change it; none beside one operator alone.",
  });

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/sums",
  summary: "One indicator on one day: country, provinces or communes, with bounds and targets",
  tags: ["Coverage"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      format: z.enum(["json", "csv", "xlsx", "geojson"]).optional().openapi({
        description: "Wins over the Accept header.",
      }),
      ...questionFields,
      as_of: asOfField,
      level: levelField,
      province: provinceField,
      unit: unitCode.optional(),
      lang: z.enum(LANGS).optional().openapi({ description: "Language of XLSX." }),
    }),
  },
  responses: {
    200: {
      description: "Sums by the code of the unit; `units` is the day whose units they are for.",
      content: {
        "application/json": {
          schema: z.object({
            as_of: z.string(),
            units: z.string(),
            made_up: z.boolean(),
            items: z.array(rowSchema).readonly(),
            next_cursor: z.string().nullable(),
          }),
        },
        "text/csv": { schema: z.string() },
        [XLSX_TYPE]: { schema: z.string().openapi({ format: "binary" }) },
        [GEOJSON_TYPE]: { schema: z.object({ type: z.literal("FeatureCollection") }) },
      },
    },
    304: { description: "The client has this map already: If-None-Match." },
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/sums. */
export function coverageSumList(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const {
      level = "province",
      province,
      unit,
      lang,
      limit,
      cursor,
      format,
      ...asked
    } = c.req.valid("query");
    const question = { ...(await settle(deps, asked)), level, province, unit };
    let sums: Promise<CoverageSum[]> | null = null;
    const work = () => (sums ??= coverageSums(deps.db, question));
    if (format === "geojson") {
      return respondWithSumsMap(c, deps, { ...question, sums: await work() });
    }
    const compared = async () => {
      // Targets speak of all operators together: what one of them covers neither meets nor misses them.
      const targets =
        asked.operator === undefined
          ? await listTargets(deps.db, { indicator: asked.indicator, on: today(deps) })
          : [];
      return (await work()).map((sum) => ({ ...sum, targets: compareWithTargets(sum, targets) }));
    };
    const { asOf, units } = question;
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `coverage-${asked.indicator}-${asOf}`,
        columns: [...SUM_COLUMNS, "units"],
        position: z.tuple([unitCode]).readonly(),
        read: pagesOf(compared, (row) => row.unit.code),
        csvRow: (row) => ({ ...row, units }),
        extra: async () => ({
          as_of: asOf,
          units,
          made_up: (await work()).some(({ made_up }) => made_up),
        }),
        workbook: async () =>
          sumsWorkbook(await work(), {
            lang: pickLang(lang, c.req.header("accept-language")),
            units,
            created: new Date(deps.clock()),
          }),
      },
    );
  });
}
