import { createRoute, z } from "@hono/zod-openapi";
import { PROBLEMS } from "../define-route.ts";
import type { AppDeps } from "../deps.ts";
import { newApi } from "../env.ts";
import { noQuery } from "../lists/fields.ts";
import { Problem } from "../problem.ts";

/** Jobs of Prometheus and what each of them scrapes. */
const JOBS = [
  ["hatangso", "/metrics"],
  ["hatangso-portals", "/metrics/portals"],
  ["hatangso-coverage", "/metrics/coverage"],
] as const;

const targetsSchema = z
  .array(z.object({ targets: z.array(z.string()), labels: z.record(z.string(), z.string()) }))
  .openapi("PrometheusTargets", { description: "One group per job, as http_sd_config wants it." });

const route = createRoute({
  method: "get",
  path: "/prometheus/targets",
  summary: "What Prometheus is to scrape here, for http_sd_config",
  description:
    "The address is the one that was asked. Keep one job per scrape_config by relabelling on `job`, with honor_labels.",
  tags: ["Metrics"],
  request: { query: noQuery },
  responses: {
    200: { description: "Groups", content: { "application/json": { schema: targetsSchema } } },
    ...PROBLEMS,
  },
});

/** GET /prometheus/targets, open to everyone: whoever asks knows the address already. */
export function targets({ config }: Pick<AppDeps, "config">) {
  return newApi().openapi(route, (c) => {
    const { address, scheme, prefix } = whereAsked(c.req.header("host"), config.publicUrl);
    return c.json(
      JOBS.map(([job, path]) => ({
        targets: [address],
        labels: {
          job,
          __metrics_path__: `${prefix}${path}`,
          ...(scheme === "https" ? { __scheme__: scheme } : {}),
        },
      })),
      200,
    );
  });
}

/** A name, an IPv4 address or an IPv6 address in brackets, with or without a port. */
const ADDRESS = /^(?:[\w.-]+|\[[\d:.a-f]+\])(?::\d{1,5})?$/i;

/**
 * The address in the Host header. Where that is the one of PUBLIC_URL, so are scheme and path: a proxy stands before
 * us, and what arrives here no longer shows them.
 */
function whereAsked(host = "", publicUrl: string | null) {
  if (!ADDRESS.test(host) || !URL.canParse(`http://${host}`)) {
    throw new Problem(400, "The Host header names no address.");
  }
  const known = publicUrl === null ? null : new URL(publicUrl);
  // Parsed with the same scheme, so that a usual port counts as left out.
  if (known === null || new URL(`${known.protocol}//${host}`).host !== known.host) {
    return { address: withPort(new URL(`http://${host}`)), scheme: "http", prefix: "" };
  }
  const scheme = known.protocol.slice(0, -1);
  return { address: withPort(known), scheme, prefix: known.pathname.replace(/\/+$/, "") };
}

/** Host and port, which a URL leaves out where it is the usual one. */
function withPort({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;
}
