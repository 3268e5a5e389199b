import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Family } from "../../domain/family.ts";
import { parsePortalUrl } from "../../domain/portal-url.ts";
import { EXPOSITION_TYPE } from "../../metrics/exposition.ts";
import { renderProbe } from "../../metrics/probe-output.ts";
import { portalByUrl } from "../../store/portal-record.ts";
import { demandRole, demandUnlimited, requireScraper } from "../access/guards.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import type { AppDeps, ProbeNowTarget } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { Problem } from "../problem.ts";
import { exposition } from "./metrics.ts";
import { createProbeDesk } from "./probe-desk.ts";

const MODULES = { http_ipv4: "ip4", http_ipv6: "ip6" } as const satisfies Record<string, Family>;

/** GET /probe, as blackbox_exporter has it: one run now, its result as metrics. */
export function probe(deps: AppDeps) {
  const route = createRoute({
    method: "get",
    path: "/probe",
    summary: "Probe one registered portal now; other URLs with an unlimited operator's key",
    tags: ["Metrics"],
    security: KEY_OPTIONAL,
    middleware: [requireScraper(deps.config)],
    request: {
      query: z.strictObject({
        target: z.string().min(1).openapi({ example: "https://dichvucong.gov.vn/" }),
        module: z.enum(Object.keys(MODULES) as ["http_ipv4", "http_ipv6"]),
      }),
    },
    responses: {
      200: {
        description: "Prometheus text format; without `probe_success` when the run could not tell",
        content: { [EXPOSITION_TYPE]: { schema: z.string() } },
      },
      ...PROBLEMS,
    },
  });
  const desk = createProbeDesk(deps);
  return newApi().openapi(route, async (c) => {
    const { target, module } = c.req.valid("query");
    const wanted = await toTarget(c, deps, target);
    return exposition(renderProbe(wanted.url, await desk.probe(wanted, MODULES[module])));
  });
}

/** The registered portal of this URL, or for those who may, the URL itself. A target without a scheme means http. */
async function toTarget(c: Context<AppEnv>, deps: AppDeps, text: string): Promise<ProbeNowTarget> {
  const parsed = parsePortalUrl(text.includes("://") ? text : `http://${text}`);
  if (!parsed.ok) {
    throw new Problem(400, "The target is not the URL of a portal.", {
      errors: [{ field: "query.target", detail: parsed.problem }],
    });
  }
  const { url } = parsed.value;
  const registered = await portalByUrl(deps.db, url);
  if (registered !== null) {
    const { number, id, expectation } = registered;
    return { portal: number, slug: id, url, expectation };
  }
  demandRole(c.get("viewer"), "operator");
  demandUnlimited(c.get("viewer"));
  return { url };
}
