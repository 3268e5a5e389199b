import { z } from "@hono/zod-openapi";
import { PLAN_STATES } from "../../reports/plans.ts";

const day = z.string().openapi({ format: "date" });

export const planStateSchema = z.enum(PLAN_STATES);

export const planSchema = z
  .object({
    id: z.number().int(),
    agency: z.object({ id: z.string(), name_vi: z.string() }),
    number: z.string(),
    title: z.string(),
    issued_on: day,
    lead_unit: z.string(),
    cooperating_units: z.array(z.string()).readonly(),
    due_on: day.nullable(),
    fulfilled_on: day.nullable(),
    outcome: z.string().nullable(),
    source: z.string().nullable(),
    note: z.string().nullable(),
    state: planStateSchema,
    phases: z
      .array(
        z.object({
          title: z.string(),
          due_on: day,
          done_on: day.nullable(),
          outcome: z.string().nullable(),
          overdue: z.boolean(),
        }),
      )
      .readonly(),
  })
  .openapi("ConversionPlan", {
    description:
      "`overdue`: the plan or a phase of it was due before the day asked for, and was not done by then.",
  });

const shareSchema = z
  .object({
    numerator: z.number().int(),
    denominator: z.number().int(),
    ratio: z.number().nullable(),
  })
  .openapi("AgencyShare");

export const planSharesSchema = z
  .object({
    as_of: day,
    issued: shareSchema,
    fulfilled: shareSchema,
    overdue: shareSchema,
    without_plan: z.array(z.object({ id: z.string(), name_vi: z.string() })).readonly(),
  })
  .openapi("PlanShares", {
    description:
      "Counted are agencies that answered for a portal on that day, by this system's register of plans.",
  });
