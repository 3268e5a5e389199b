import { z } from "@hono/zod-openapi";
import { DUTY_STATES } from "../../domain/coverage/round.ts";
import { isMailAddress } from "../../domain/mail-address.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import { day, provinceCode } from "../lists/fields.ts";

const count = z.number().int();
const dayText = z.string().openapi({ format: "date" });
const instant = z.string().openapi({ format: "date-time" });

const MAX_TEXT = 2000;
const MAX_INDICATORS = 100;
const MAX_PROVINCES = 100;

const text = z.string().trim().min(1).max(MAX_TEXT);
const indicators = z
  .array(indicatorField)
  .max(MAX_INDICATORS)
  .openapi({ description: "What is owed; empty or left out: any indicator of communes will do." });
const excused = z
  .array(z.strictObject({ province: provinceCode, reason: text }))
  .max(MAX_PROVINCES)
  .refine(
    (all) => new Set(all.map(({ province }) => province)).size === all.length,
    "must name each province once",
  );

export const roundInput = z
  .strictObject({
    as_of: day.openapi({ description: "The last day of the quarter." }),
    opens_on: day,
    due_on: day.openapi({ description: "The last day on which figures are not late." }),
    indicators: indicators.optional(),
    note: text.nullish(),
    provinces: z
      .array(provinceCode)
      .min(1)
      .max(MAX_PROVINCES)
      .optional()
      .openapi({ description: "Who owes; every province of `as_of` unless given." }),
    excused: excused.optional(),
  })
  .openapi("CoverageRoundInput");

export const roundChange = z
  .strictObject({
    opens_on: day.optional(),
    due_on: day.optional(),
    indicators: indicators.optional(),
    note: text.nullish(),
    excused: excused.optional().openapi({ description: "Replaces all of them." }),
  })
  .openapi("CoverageRoundChange");

export const roundSchema = z
  .object({
    id: count,
    quarter: z.string(),
    as_of: dayText,
    opens_on: dayText,
    due_on: dayText,
    indicators: z.array(z.string()).readonly(),
    note: z.string().nullable(),
    provinces: count,
    excused: count,
  })
  .openapi("CoverageRound", {
    description: "`provinces` owe in it, of them `excused` owe nothing.",
  });

const dutySchema = z
  .object({
    province: z.object({ code: z.string(), name_vi: z.string() }),
    state: z.enum(DUTY_STATES),
    days_late: count.nullable(),
    expected: count,
    received: count,
    held: count,
    received_on: dayText.nullable(),
    submissions: z.array(z.object({ id: count, received_at: instant, communes: count })).readonly(),
    excused_reason: z.string().nullable(),
    reminded: z.array(z.object({ day: dayText, sent: count, failed: count })).readonly(),
  })
  .openapi("CoverageDuty", {
    description:
      "`received` of `expected` communes are there, of `held` the rows wait for review. `partial`: some are there; `in_review`: all came, some wait. `days_late` until what completed it came, or until today.",
  });

export const roundProgressSchema = roundSchema
  .extend({
    today: dayText,
    late: count,
    states: z.record(z.enum(DUTY_STATES), count),
    duties: z.array(dutySchema).readonly(),
  })
  .openapi("CoverageRoundProgress");

export const contactSchema = z
  .object({
    id: count,
    province: z.string(),
    address: z.string(),
    lang: z.enum(["vi", "en"]),
  })
  .openapi("CoverageContact");

export const contactInput = z
  .strictObject({
    province: provinceCode,
    address: z.string().refine(isMailAddress, "must be one plain mail address in ASCII"),
    lang: z.enum(["vi", "en"]).default("vi"),
  })
  .openapi("CoverageContactInput");
