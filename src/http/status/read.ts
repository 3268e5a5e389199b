import { createRoute, z } from "@hono/zod-openapi";
import { PORTAL_STATES } from "../../domain/portal-state.ts";
import { statusPage } from "../../reports/status-page.ts";
import type { AppDeps } from "../deps.ts";
import { jsonAnswer, onlyJson, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { incidentKindSchema, severitySchema } from "../incidents/schemas.ts";
import { noQuery } from "../lists/fields.ts";
import { familySchema, isoInstant } from "../portals/schemas.ts";
import { viewpoint } from "../viewpoint.ts";

const statusSchema = z
  .object({
    at: isoInstant,
    made_up: z.boolean(),
    portals: z
      .array(
        z.object({
          id: z.string(),
          name_vi: z.string(),
          name_en: z.string().nullable(),
          url: z.string(),
          state: z.enum(PORTAL_STATES),
          incidents: z
            .array(
              z.object({
                kind: incidentKindSchema,
                severity: severitySchema,
                family: familySchema.nullable(),
                opened_at: isoInstant,
                says: z.object({ vi: z.string(), en: z.string() }),
              }),
            )
            .readonly(),
        }),
      )
      .readonly(),
    notes: z
      .array(
        z.object({
          id: z.number().int(),
          text_vi: z.string(),
          text_en: z.string().nullable(),
          at: isoInstant,
        }),
      )
      .readonly(),
  })
  .openapi("Status", {
    description: "What the operator chose to publish; `says` is what an incident means for users.",
  });

const route = createRoute({
  method: "get",
  path: "/api/v1/status",
  summary: "The public status: chosen portals, their open incidents in plain words, and notes",
  description: "Open to everyone, whatever PUBLIC_READ says: there is only in it what was chosen.",
  tags: ["Status"],
  security: [],
  middleware: [onlyJson],
  request: { query: noQuery },
  responses: { 200: jsonAnswer(statusSchema, "The status"), ...PROBLEMS },
});

/** GET /api/v1/status, open to everyone. */
export function publicStatus(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { portals, notes, made_up } = await statusPage(deps.db, viewpoint(deps));
    const at = new Date(deps.clock()).toISOString();
    return c.json({ at, made_up: made_up || deps.config.madeUp, portals, notes }, 200);
  });
}
