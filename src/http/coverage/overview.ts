import { createRoute, z } from "@hono/zod-openapi";
import { daysWithFigures } from "../../reports/coverage/days.ts";
import { listIndicators, versionFor } from "../../reports/coverage/indicators.ts";
import { listCoverageSources } from "../../reports/coverage/sources.ts";
import { listTargets } from "../../reports/coverage/targets.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, listAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, noQuery } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { indicatorSchema, targetSchema } from "./schemas.ts";
import { pagesOf } from "./whole-list.ts";

const common = { tags: ["Coverage"], security: KEY_OPTIONAL };

const sourceSchema = z
  .object({
    code: z.string(),
    kind: z.string(),
    name_vi: z.string(),
    name_en: z.string(),
    province: z.string().nullable(),
    rank: z.number().int(),
    made_up: z.boolean(),
  })
  .openapi("CoverageSource", {
    description:
      "Where two sources have a figure for one unit, the one with the lower rank is taken.",
  });

const overview = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/coverage",
  summary:
    "What the coverage register has: indicators with the days of their figures, targets, sources",
  middleware: [onlyJson],
  request: { query: noQuery },
  responses: {
    200: jsonAnswer(
      z.object({
        indicators: z.array(indicatorSchema.extend({ days: z.array(z.string()).readonly() })),
        targets: z.array(targetSchema),
        sources: z.array(sourceSchema),
        made_up: z.boolean(),
      }),
      "`made_up`: some source is made up, as in a demonstration.",
    ),
    ...PROBLEMS,
  },
});

const indicators = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/coverage/indicators",
  summary: "Every version of every indicator: what is counted, over what, in which sense",
  request: { query: z.strictObject(listFields) },
  responses: { 200: listAnswer(indicatorSchema, "Indicators"), ...PROBLEMS },
});

const targets = createRoute({
  ...common,
  method: "get",
  path: "/api/v1/coverage/targets",
  summary: "Targets with their legal source, those that differ side by side",
  request: {
    query: z.strictObject({
      ...listFields,
      indicator: indicatorField.optional(),
      on: day.optional().openapi({
        description: "Those in force on this day, today unless given; `due` is told as of it.",
      }),
    }),
  },
  responses: { 200: listAnswer(targetSchema, "Targets"), ...PROBLEMS },
});

const position = z.tuple([z.string().max(200)]).readonly();

/** GET /api/v1/coverage, /api/v1/coverage/indicators and /api/v1/coverage/targets. */
export function coverageOverview(deps: AppDeps) {
  const { db } = deps;
  return newApi()
    .openapi(overview, async (c) => {
      const on = today(deps);
      const [versions, allTargets, sources, days] = await Promise.all([
        listIndicators(db),
        listTargets(db, { on }),
        listCoverageSources(db),
        daysWithFigures(db),
      ]);
      const daysOf = new Map(days.map((each) => [each.indicator, each.days]));
      const current = versions.filter(
        (each) => versionFor(versions, each.code, { version: undefined, day: on }) === each,
      );
      const body = {
        indicators: current.map((each) => ({ ...each, days: daysOf.get(each.code) ?? [] })),
        targets: allTargets,
        sources,
        made_up: sources.some(({ made_up }) => made_up),
      };
      return c.json(body, 200);
    })
    .openapi(indicators, (c) =>
      respondWithList(c, c.req.valid("query"), {
        name: "coverage-indicators",
        columns: Object.keys(indicatorSchema.shape),
        position,
        read: pagesOf(
          () => listIndicators(db),
          ({ code, version }) => `${code} ${version}`,
        ),
      }),
    )
    .openapi(targets, (c) => {
      const { indicator, on = today(deps), ...query } = c.req.valid("query");
      return respondWithList(c, query, {
        name: "coverage-targets",
        columns: Object.keys(targetSchema.shape),
        position,
        read: pagesOf(
          () => listTargets(db, { indicator, on }),
          ({ code }) => code,
        ),
      });
    });
}
