import { createRoute, z } from "@hono/zod-openapi";
import { planShares } from "../../reports/plan-shares.ts";
import { listPlans } from "../../reports/plans.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, KEY_OPTIONAL, listAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, positionNumber, positionText, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { today } from "../viewpoint.ts";
import { visiblePlan } from "./visible.ts";
import { planSchema, planSharesSchema, planStateSchema } from "./schemas.ts";

const COLUMNS = [
  "id",
  "agency.id",
  "agency.name_vi",
  "number",
  "title",
  "issued_on",
  "lead_unit",
  "cooperating_units",
  "due_on",
  "fulfilled_on",
  "state",
  "outcome",
  "source",
  "note",
];

const asOf = day
  .optional()
  .openapi({ description: "As of this day; today in the reporting time zone." });

const list = createRoute({
  method: "get",
  path: "/api/v1/plans",
  summary: "Conversion plans with their phases, and what of them is overdue",
  tags: ["Plans"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      ...listFields,
      agency: slug.optional(),
      state: planStateSchema.optional(),
      as_of: asOf,
    }),
  },
  responses: { 200: listAnswer(planSchema, "Plans"), ...PROBLEMS },
});

const shares = createRoute({
  method: "get",
  path: "/api/v1/plans/shares",
  summary: "Share of agencies with a plan, and with it carried out, as of a day",
  tags: ["Plans"],
  security: KEY_OPTIONAL,
  middleware: [onlyJson],
  request: {
    query: z.strictObject({
      as_of: asOf,
      issued_from: day
        .optional()
        .openapi({ description: "Only plans issued on this day or later count." }),
      issued_to: day
        .optional()
        .openapi({ description: "Only plans issued on this day or earlier count." }),
    }),
  },
  responses: { 200: jsonAnswer(planSharesSchema, "The shares"), ...PROBLEMS },
});

/** GET /api/v1/plans and /api/v1/plans/shares. */
export function planReads(deps: AppDeps) {
  return newApi()
    .openapi(list, (c) => {
      const { agency, state, as_of: asOf = today(deps), ...query } = c.req.valid("query");
      return respondWithList(c, query, {
        name: "plans",
        columns: COLUMNS,
        position: z.tuple([positionText, positionNumber]).readonly(),
        async read(page) {
          const { rows, ...rest } = await listPlans(deps.db, { agency, state, asOf }, page);
          const visible = visiblePlan(c.get("viewer"), deps.config.publicRead);
          return { rows: rows.map(visible), ...rest };
        },
      });
    })
    .openapi(shares, async (c) => {
      const { as_of: asOf = today(deps), issued_from, issued_to } = c.req.valid("query");
      const timezone = deps.config.reportTimezone;
      const filter = { asOf, issuedFrom: issued_from, issuedTo: issued_to, timezone };
      return c.json(await planShares(deps.db, filter), 200);
    });
}
