import { z } from "@hono/zod-openapi";
import { LANGS } from "../../web/lang.ts";
import { day, listFields, provinceCode, yes } from "../lists/fields.ts";
import { indicatorField } from "./fields.ts";
import { basisSchema } from "../coverage/schemas.ts";

/** What the figures of a release can be asked. */
export const releaseFiguresQuery = z.strictObject({
  ...listFields,
  format: z.enum(["json", "csv", "xlsx", "geojson"]).optional().openapi({
    description:
      "Wins over the Accept header. CSV without anything else is the release's file, whose SHA-256 is the release's; XLSX holds the figures of the release's own day; GeoJSON the sums of units on the map.",
  }),
  indicator: indicatorField.optional(),
  as_of: day.optional().openapi({ description: "Only figures of this day." }),
  level: z.enum(["country", "province", "commune"]).optional(),
  unit: z
    .string()
    .regex(/^(VN|\d{2}|\d{3}|\d{5})$/)
    .optional()
    .openapi({ description: "Code of a unit." }),
  province: provinceCode.optional().openapi({ description: "It and what belongs to it." }),
  names: yes.optional().openapi({ description: "`true`: CSV with the names of units." }),
  basis: basisSchema.optional().openapi({ description: "Of GeoJSON; `reported` unless given." }),
  lang: z.enum(LANGS).optional().openapi({ description: "Language of XLSX." }),
});

export type ReleaseFiguresQuery = z.infer<typeof releaseFiguresQuery>;
