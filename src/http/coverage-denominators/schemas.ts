import { z } from "@hono/zod-openapi";
import { unitCode } from "../coverage/fields.ts";
import { levelSchema } from "../coverage/schemas.ts";
import { day, plainText } from "../lists/fields.ts";

const count = z.number().int();
const dayText = z.string().openapi({ format: "date" });

/** All communes of a country with two kinds; a body of 1 MiB holds no more anyway. */
const MAX_COUNTS = 10_000;
const MAX_URL = 2000;

export const countsInput = z
  .strictObject({
    source: plainText.openapi({ description: "Who counted, e.g. `Cục Thống kê`." }),
    source_url: z
      .url({ protocol: /^https?$/, error: "must be an http or https URL" })
      .max(MAX_URL)
      .optional(),
    as_of: day.openapi({ description: "The day that the counts are true of." }),
    reason: plainText.optional().openapi({ description: "Why counts that are there change." }),
    counts: z
      .array(
        z.strictObject({
          unit: unitCode,
          kind: z.string().regex(/^[a-z0-9_]{1,64}$/, "must be a kind such as households"),
          value: z.int().min(0),
        }),
      )
      .min(1)
      .max(MAX_COUNTS),
  })
  .openapi("CoverageCountsInput");

export const countsWrittenSchema = z
  .object({ added: count, unchanged: count })
  .openapi("CoverageCountsWritten", {
    description: "`added`: new ones and corrections; `unchanged` were recorded already.",
  });

export const denominatorSchema = z
  .object({
    id: count,
    unit: z.object({
      level: levelSchema.or(z.literal("district")),
      code: z.string(),
      name_vi: z.string(),
      valid_from: dayText,
      valid_to: dayText.nullable(),
    }),
    kind: z.string(),
    as_of: dayText,
    value: count,
    source: z.string(),
    source_url: z.string().nullable(),
    revision: count,
    reason: z.string().nullable(),
    recorded_by: z.string().nullable(),
    recorded_at: z.string().openapi({ format: "date-time" }),
  })
  .openapi("CoverageDenominator", {
    description:
      "Counts of different sources or days stand beside each other: no sum and no template mixes them.",
  });
