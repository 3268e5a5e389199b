import { createRoute, z } from "@hono/zod-openapi";
import { FAMILIES } from "../../domain/family.ts";
import { jsonAnswer, PROBLEMS } from "../define-route.ts";
import type { AppDeps } from "../deps.ts";
import { newApi } from "../env.ts";
import { noQuery } from "../lists/fields.ts";

const tags = ["Service"];

const healthz = createRoute({
  method: "get",
  path: "/healthz",
  summary: "Whether the process answers at all",
  tags,
  security: [],
  request: { query: noQuery },
  responses: {
    200: jsonAnswer(z.object({ status: z.literal("ok"), version: z.string() }), "It does"),
    ...PROBLEMS,
  },
});

const familySchema = z.object({ healthy: z.boolean(), why: z.string() });

const readySchema = z
  .object({
    ready: z.boolean(),
    database: z.object({ reachable: z.boolean(), waiting_on_disk: z.number().int() }),
    prober: z.object({ beating: z.boolean() }),
    vantage: z.object({
      name: z.string(),
      country: z.string().nullable(),
      tested: z.boolean(),
      resolver: z.object({ usable: z.boolean(), why: z.string() }),
      families: z.object({ ip4: familySchema, ip6: familySchema }),
      missing_families: z.array(z.enum(FAMILIES)),
    }),
  })
  .openapi("Readiness");

const readyz = createRoute({
  method: "get",
  path: "/readyz",
  summary:
    "Whether the service does its work; a family that this place lacks is told and is no fault",
  tags,
  security: [],
  request: { query: noQuery },
  responses: {
    200: jsonAnswer(readySchema, "It does"),
    503: jsonAnswer(readySchema, "The database is lost, or no prober thread beats"),
    ...PROBLEMS,
  },
});

/** GET /healthz and /readyz, open to everyone. */
export function health(deps: Pick<AppDeps, "health" | "vantage" | "version">) {
  return newApi()
    .openapi(healthz, (c) => c.json({ status: "ok" as const, version: deps.version }, 200))
    .openapi(readyz, (c) => {
      const body = readiness(deps);
      return body.ready ? c.json(body, 200) : c.json(body, 503);
    });
}

function readiness(deps: Pick<AppDeps, "health" | "vantage">): z.infer<typeof readySchema> {
  const { databaseReachable, proberBeating, spoolDepth } = deps.health();
  const { name, country, checkedAt, resolver, families } = deps.vantage();
  const { ip4, ip6 } = families;
  return {
    ready: databaseReachable && proberBeating,
    database: { reachable: databaseReachable, waiting_on_disk: spoolDepth },
    prober: { beating: proberBeating },
    vantage: {
      name,
      country,
      tested: checkedAt > 0,
      resolver: { usable: resolver.usable, why: resolver.why },
      families: {
        ip4: { healthy: ip4.healthy, why: ip4.why },
        ip6: { healthy: ip6.healthy, why: ip6.why },
      },
      missing_families: FAMILIES.filter((family) => !families[family].healthy),
    },
  };
}
