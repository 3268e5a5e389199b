import { z } from "@hono/zod-openapi";
import { MAX_PAIRS } from "./limits.ts";

const day = z.string().openapi({ format: "date" });

const LEVELS = ["country", "province", "district", "commune"] as const;

export const levelSchema = z.enum(LEVELS);

export const codeSchema = z
  .string()
  .regex(/^(VN|[0-9]{2,5})$/, "must be VN, or a code of two, three or five digits")
  .openapi({ example: "00004" });

const ref = {
  level: levelSchema,
  code: z.string(),
  full_name_vi: z.string(),
  province: z.object({ code: z.string(), name_vi: z.string() }).nullable(),
  valid_from: day,
  valid_to: day.nullable(),
};

const refSchema = z.object(ref).openapi("UnitReference", {
  description: "`valid_to` is the first day on which the unit is not there any more.",
});

export const unitSchema = z
  .object({
    ...ref,
    on: day,
    name_vi: z.string(),
    name_vi_alt: z.string().nullable(),
    type: z.string(),
    begin_known: z.boolean(),
    district: z.object({ code: z.string(), full_name_vi: z.string() }).nullable(),
    names: z
      .array(
        z.object({
          valid_from: day,
          valid_to: day.nullable(),
          full_name_vi: z.string(),
          type: z.string(),
        }),
      )
      .readonly(),
    same_code: z.array(refSchema).readonly(),
  })
  .openapi("Unit", {
    description:
      "`begin_known` false: it was there on `valid_from`, since when is not known. `same_code`: other units that had or have this code.",
  });

export const successionSchema = z
  .object({
    effective: day,
    kind: z.enum(["merge", "split"]),
    part: z.enum(["whole", "split"]),
    share: z.number().nullable(),
    unit: refSchema,
  })
  .openapi("Succession", {
    description:
      "`part` whole: all of the old unit is in the new one. `share`: the part of the old unit that is in the new one, 0–1, where somebody stated it.",
  });

export const vintageRequestSchema = z.strictObject({
  level: levelSchema.exclude(["country"]).default("commune"),
  pairs: z
    .array(
      z.strictObject({
        code: z.string().max(20),
        name: z.string().max(200).nullable().optional(),
      }),
    )
    .min(1)
    .max(MAX_PAIRS),
});

const vintageRow = z
  .object({
    from: day,
    to: day.nullable(),
    fits: z.number().int(),
    fits_ratio: z.number(),
    known: z.number().int(),
    known_ratio: z.number(),
  })
  .openapi("VintageFit", {
    description:
      "Units from `from` up to the day before `to`. `fits`: pairs whose code was in use with this name; `known`: whose code was in use.",
  });

export const vintageSchema = z
  .object({
    level: levelSchema,
    pairs: z.number().int(),
    best: vintageRow,
    vintages: z.array(vintageRow).readonly(),
  })
  .openapi("Vintage", { description: "`best`: the newest of those that fit best." });
