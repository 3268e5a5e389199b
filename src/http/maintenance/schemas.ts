import { z } from "@hono/zod-openapi";
import { WINDOW_STATES } from "../../reports/maintenance.ts";
import { isoInstant } from "../portals/schemas.ts";

export const windowStateSchema = z.enum(WINDOW_STATES);

export const windowSchema = z
  .object({
    id: z.number().int(),
    title: z.string(),
    note: z.string().nullable().optional(),
    target: z.object({
      type: z.enum(["portal", "agency", "province"]),
      id: z.string(),
      name_vi: z.string(),
    }),
    starts_at: isoInstant,
    duration_minutes: z.number().int(),
    rrule: z.string().nullable(),
    timezone: z.string(),
    state: windowStateSchema,
    next: z.array(z.object({ starts_at: isoInstant, ends_at: isoInstant })).readonly(),
    created_by: z.string().optional(),
    created_at: isoInstant,
    cancelled_by: z.string().nullable().optional(),
    cancelled_at: isoInstant.nullable(),
  })
  .openapi("MaintenanceWindow", {
    description:
      "`next`: the present occurrence and those to come, at most 5; lists have those of the next weeks. Probing goes on meanwhile, and nobody is told. Note and names are absent for those who may not see details.",
  });
