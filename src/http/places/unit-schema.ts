import { z } from "@hono/zod-openapi";

/** What provinces and communes have in common. */
export const unitFields = {
  code: z.string(),
  name_vi: z.string(),
  name_vi_alt: z.string().nullable(),
  name_en: z.string().nullable(),
  type: z.string(),
  full_name_vi: z.string(),
  area_km2: z.number().nullable(),
  population: z.number().int().nullable(),
  population_note: z.string().nullable(),
  lat: z.number().nullable(),
  lon: z.number().nullable(),
  resolution: z.string().nullable(),
  valid_from: z.string().openapi({ format: "date" }),
  valid_to: z.string().nullable(),
};

/** How a unit is asked for on another day than today. */
export const ON_DESCRIPTION = "Units as they were on this day; today in the reporting time zone.";
