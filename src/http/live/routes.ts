import { createRoute, z } from "@hono/zod-openapi";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { noQuery } from "../lists/fields.ts";
import { Problem } from "../problem.ts";
import { createLiveHub } from "./hub.ts";

const route = createRoute({
  method: "get",
  path: "/api/v1/live",
  summary: "What changes, as server-sent events: numbers of incidents and portals, nothing more",
  description:
    "`incidents` {ids}, `run` {portals}, `vantage` {}: at most two messages a second; without the list where it would be long. Lists and pages say what has become of them.",
  tags: ["Service"],
  security: KEY_OPTIONAL,
  request: { query: noQuery },
  responses: {
    200: {
      description: "The stream; it ends after half an hour, and clients come back",
      content: { "text/event-stream": { schema: z.string() } },
    },
    ...PROBLEMS,
  },
});

/** GET /api/v1/live. */
export function live(deps: Pick<AppDeps, "live" | "stopping">) {
  const hub = createLiveHub(deps.live, deps.stopping);
  return newApi().openapi(route, (c) => {
    const headers = {
      "Content-Type": "text/event-stream; charset=utf-8",
      // nginx would keep back what comes in small pieces.
      "X-Accel-Buffering": "no",
    };
    if (c.req.method === "HEAD") return c.body("", 200, headers);
    const stream = hub.open();
    if (stream === null) {
      throw new Problem(503, "Too many listen at present; the same is in the lists.", {
        headers: { "Retry-After": "30" },
      });
    }
    return c.body(stream, 200, headers);
  });
}
