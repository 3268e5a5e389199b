import { z } from "@hono/zod-openapi";
import { FIGURE_STATUSES } from "../../domain/coverage/figure.ts";
import { indicatorField } from "../coverage-releases/fields.ts";
import { releaseCode } from "../coverage-releases/schemas.ts";
import { day, provinceCode } from "../lists/fields.ts";
import { basisSchema, levelSchema } from "./schemas.ts";

export const unitCode = z
  .string()
  .regex(/^(VN|[0-9]{2}|[0-9]{5})$/, "must be VN, or a code of two or five digits")
  .openapi({ example: "00004" });

/** The code of a source, an operator or a target. */
export const codeField = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,99}$/, "must be lower-case letters, digits and dashes");

export const statusField = z.enum(FIGURE_STATUSES);

/** As it was known then. */
export const knownFields = {
  release: releaseCode
    .optional()
    .openapi({ description: "As it was known when this release was published." }),
  known_on: day.optional().openapi({
    description: "As it was known at the end of this day; not together with `release`.",
  }),
};

const VERSION_LIMIT = 9999;

/** What sums, series and gaps have in common. */
export const questionFields = {
  indicator: indicatorField,
  version: z.coerce.number<string>().int().min(1).max(VERSION_LIMIT).optional().openapi({
    type: "integer",
    description: "Of the indicator's definition; unless given the one in force on the day.",
  }),
  basis: basisSchema.optional().openapi({
    description:
      "`reported` unless given; what is `projected` enters no sum and stands in `stated`.",
  }),
  operator: codeField
    .optional()
    .openapi({ description: "One operator's figures; all of them as one value unless given." }),
  units: day.optional().openapi({
    description:
      "The answer is for the units of this day, today's unless given. Figures of earlier units count for those that they became.",
  }),
  ...knownFields,
};

export const asOfField = day.optional().openapi({
  description: "The day that figures are true of; that of the release, else the last one reported.",
});

export const levelField = levelSchema
  .optional()
  .openapi({ description: "`province` unless given." });

export const provinceField = provinceCode
  .optional()
  .openapi({ description: "Only this province, or its communes." });
