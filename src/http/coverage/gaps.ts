import { createRoute, z } from "@hono/zod-openapi";
import { MISSING_REASONS } from "../../domain/coverage/sum.ts";
import {
  coverageGaps,
  forCommunes,
  type GapRow,
  type Threshold,
} from "../../reports/coverage/gaps.ts";
import { listTargets } from "../../reports/coverage/targets.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { listFields } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { indicatorsOf, refusedField, settle } from "./asked.ts";
import { asOfField, codeField, provinceField, questionFields, unitCode } from "./fields.ts";
import { unitNameSchema } from "./schemas.ts";
import { pagesOf } from "./whole-list.ts";

const gapSchema = z
  .object({
    unit: unitNameSchema,
    reason: z.enum(["below", ...MISSING_REASONS]),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    ratio: z.number().nullable(),
    missing: z.number().nullable(),
    made_up: z.boolean(),
  })
  .openapi("CoverageGap", {
    description:
      "`missing`: how many households (or what else is counted) are not covered, all of them where the commune has no figure; null where that is not known.",
  });

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/gaps",
  summary: "The communes that keep a target from being met, those where most is missing first",
  tags: ["Coverage"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      ...questionFields,
      indicator: indicatorField
        .optional()
        .openapi({ description: "With `threshold`, instead of `target`." }),
      threshold: z.coerce
        .number<string>()
        .min(0)
        .max(1)
        .optional()
        .openapi({ type: "number", description: "At least this ratio, 0–1." }),
      target: codeField.optional(),
      as_of: asOfField,
      province: provinceField,
    }),
  },
  responses: {
    200: {
      description: "Communes that are below, or have no figure; those of unknown size last.",
      content: {
        "application/json": {
          schema: z.object({
            indicator: z.string(),
            as_of: z.string(),
            units: z.string(),
            comparison: z.enum(["at_least", "at_most"]),
            threshold: z.number(),
            threshold_kind: z.enum(["ratio", "count", "rank"]),
            communes: z.number().int(),
            made_up: z.boolean(),
            items: z.array(gapSchema).readonly(),
            next_cursor: z.string().nullable(),
          }),
        },
        "text/csv": { schema: z.string() },
      },
    },
    ...PROBLEMS,
  },
});

const COLUMNS = [
  "unit.code",
  "unit.name_vi",
  "reason",
  "numerator",
  "denominator",
  "ratio",
  "missing",
  "made_up",
];

/** GET /api/v1/coverage/gaps. */
export function coverageGapList(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const {
      target,
      threshold: ratio,
      province,
      limit,
      cursor,
      format,
      ...asked
    } = c.req.valid("query");
    const { indicator, ...threshold } = await heldAgainst(deps, { ...asked, target, ratio });
    await demandCommunes(deps, indicator, target === undefined ? "indicator" : "target");
    const question = { ...(await settle(deps, { ...asked, indicator })), province };
    let gaps: Promise<GapRow[]> | null = null;
    const work = () => (gaps ??= coverageGaps(deps.db, question, threshold));
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `coverage-gaps-${indicator}-${question.asOf}`,
        columns: COLUMNS,
        position: z.tuple([unitCode]).readonly(),
        read: pagesOf(work, (row) => row.unit.code),
        extra: async () => ({
          indicator,
          as_of: question.asOf,
          units: question.units,
          ...threshold,
          communes: (await work()).length,
          made_up: (await work()).some(({ made_up }) => made_up),
        }),
      },
    );
  });
}

interface AskedGaps {
  readonly indicator?: string | undefined;
  readonly target?: string | undefined;
  readonly ratio?: number | undefined;
  readonly operator?: string | undefined;
}

/** The indicator and what communes are held against, by a target or stated. Throws 400 for anything else. */
async function heldAgainst(
  deps: AppDeps,
  { indicator, target, ratio, operator }: AskedGaps,
): Promise<Threshold & { readonly indicator: string }> {
  if (target === undefined) {
    if (indicator === undefined) throw refusedField("target", "this, or indicator and threshold");
    if (ratio === undefined) throw refusedField("threshold", "must stand beside indicator");
    return { indicator, comparison: "at_least", threshold: ratio, threshold_kind: "ratio" };
  }
  if (indicator !== undefined || ratio !== undefined) {
    throw refusedField("target", "not together with indicator or threshold");
  }
  // It speaks of all operators together.
  if (operator !== undefined) throw refusedField("operator", "not together with target");
  const targets = await listTargets(deps.db, { on: today(deps) });
  const found = targets.find(({ code }) => code === target);
  if (found === undefined) throw refusedField("target", "there is no such target in force");
  const threshold = forCommunes(found);
  if (threshold === null)
    throw refusedField("target", "is not one that a commune can be held against");
  return { indicator: found.indicator_code, ...threshold };
}

/** An empty list would say that no commune is behind. Throws 400 where only provinces or the country report it. */
async function demandCommunes(deps: AppDeps, code: string, field: string): Promise<void> {
  const [newest] = await indicatorsOf(deps, code);
  if (newest?.lowest_level === "commune") return;
  throw refusedField(field, `${code} is not reported for communes`);
}
