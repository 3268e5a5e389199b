import { createRoute, z } from "@hono/zod-openapi";
import type { TypedResponse } from "hono";
import { EXPOSITION_TYPE } from "../../metrics/exposition.ts";
import { requireScraper } from "../access/guards.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import type { AppDeps } from "../deps.ts";
import { newApi } from "../env.ts";
import { noQuery } from "../lists/fields.ts";

const responses = {
  200: {
    description: "Prometheus text format 0.0.4",
    content: { [EXPOSITION_TYPE]: { schema: z.string() } },
  },
  ...PROBLEMS,
};

/** GET /metrics, /metrics/portals and /metrics/coverage. */
export function metrics(deps: AppDeps) {
  const common = {
    tags: ["Metrics"],
    security: KEY_OPTIONAL,
    middleware: [requireScraper(deps.config)],
    request: { query: noQuery },
    responses,
  };
  const service = createRoute({
    ...common,
    method: "get",
    path: "/metrics",
    summary: "The service itself",
  });
  const portals = createRoute({
    ...common,
    method: "get",
    path: "/metrics/portals",
    summary: "Every probed portal; names and meanings as in blackbox_exporter where it has them",
  });
  const coverage = createRoute({
    ...common,
    method: "get",
    path: "/metrics/coverage",
    summary:
      "Coverage of the country, provinces and communes on the last reported day, with targets",
  });
  return newApi()
    .openapi(service, async () => exposition(await deps.serviceMetrics.text()))
    .openapi(portals, (c) => exposition(c.req.method === "HEAD" ? "" : deps.portalMetrics.scrape()))
    .openapi(coverage, (c) =>
      exposition(c.req.method === "HEAD" ? "" : deps.coverageMetrics.scrape()),
    );
}

/** An answer in the text format; to hono's types a stream of text is text. */
export function exposition(body: string | ReadableStream<Uint8Array>) {
  const response = new Response(body, { headers: { "Content-Type": EXPOSITION_TYPE } });
  return response as Response & TypedResponse<string, 200, "text">;
}
