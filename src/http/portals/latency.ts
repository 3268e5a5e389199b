import { createRoute, z } from "@hono/zod-openapi";
import { FAMILIES } from "../../domain/family.ts";
import { OUTCOMES, PHASES } from "../../domain/observation.ts";
import { listLatency } from "../../reports/portal-latency.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, listAnswer, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { day, listFields, positionInstant, positionSmallint, slug } from "../lists/fields.ts";
import { respondWithList } from "../lists/respond.ts";
import { findOrThrow } from "./found.ts";
import { familySchema } from "./schemas.ts";

const COLUMNS = [
  "start",
  "family",
  "vantage",
  "slots",
  ...OUTCOMES,
  ...[...PHASES, "total"].flatMap((phase) =>
    ["p50", "p95", "p99"].map((share) => `latency_ms.${phase}.${share}`),
  ),
];

const count = z.number().int().nonnegative();
const percentilesSchema = z
  .object({ p50: z.number().nullable(), p95: z.number().nullable(), p99: z.number().nullable() })
  .openapi("Percentiles");

const latencySchema = z
  .object({
    start: z.string().openapi({ description: "A day, or the instant at which an hour begins." }),
    family: familySchema,
    vantage: z.string(),
    slots: count,
    ok: count,
    degraded: count,
    fail: count,
    unknown: count,
    no_address: count,
    skipped: count,
    latency_ms: z.object({
      resolve: percentilesSchema,
      connect: percentilesSchema,
      tls: percentilesSchema,
      processing: percentilesSchema,
      transfer: percentilesSchema,
      total: percentilesSchema,
    }),
  })
  .openapi("Latency");

const route = createRoute({
  method: "get",
  path: "/api/v1/portals/{id}/latency",
  summary: "Runs by outcome and percentiles of each phase, per hour or day, latest first",
  tags: ["Portals"],
  security: KEY_OPTIONAL,
  request: {
    params: z.object({ id: slug }),
    query: z.strictObject({
      ...listFields,
      span: z.enum(["hour", "day"]).default("hour"),
      family: familySchema.optional(),
      from: day.optional().openapi({ description: "From this day of the reporting time zone on." }),
      to: day.optional().openapi({ description: "Up to this day, without it." }),
    }),
  },
  responses: { 200: listAnswer(latencySchema, "Spans"), ...PROBLEMS },
});

/** GET /api/v1/portals/{id}/latency. */
export function portalLatency(deps: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { limit, cursor, format, ...wanted } = c.req.valid("query");
    const filter = { ...wanted, timezone: deps.config.reportTimezone };
    const { number } = await findOrThrow(c, deps, c.req.valid("param").id);
    const start = filter.span === "hour" ? positionInstant : day;
    return respondWithList(
      c,
      { limit, cursor, format },
      {
        name: `${c.req.valid("param").id}-latency`,
        columns: COLUMNS,
        position: z.tuple([start, z.enum(FAMILIES), positionSmallint]).readonly(),
        read: (page) => listLatency(deps.db, number, filter, page),
      },
    );
  });
}
