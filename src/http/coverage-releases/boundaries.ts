import { createRoute, z } from "@hono/zod-openapi";
import { BOUNDARY_LEVELS } from "../../reports/boundaries.ts";
import type { AppDeps } from "../deps.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import { newApi } from "../env.ts";
import { provinceCode } from "../lists/fields.ts";
import { negotiate } from "../negotiate.ts";
import { isKnown } from "./found.ts";
import { GEOJSON_TYPE } from "./map.ts";

const boundariesSchema = z
  .object({
    type: z.literal("FeatureCollection"),
    attribution: z.string(),
    features: z.array(
      z.object({
        type: z.literal("Feature"),
        id: z.string(),
        properties: z.object({
          level: z.enum(BOUNDARY_LEVELS),
          code: z.string(),
          name_vi: z.string(),
        }),
        geometry: z.object({ type: z.enum(["Polygon", "MultiPolygon"]) }),
      }),
    ),
  })
  .openapi("Boundaries", {
    description:
      "RFC 7946. Simplified: for display, not for measuring. Name `attribution` with them.",
  });

const route = createRoute({
  method: "get",
  path: "/api/v1/coverage/boundaries",
  summary: "Boundaries of provinces or communes as GeoJSON",
  tags: ["Coverage releases"],
  security: KEY_OPTIONAL,
  request: {
    query: z.strictObject({
      level: z.enum(BOUNDARY_LEVELS).default("province"),
      province: provinceCode.optional().openapi({ description: "Only it, or only its communes." }),
    }),
  },
  responses: {
    200: {
      description: "A FeatureCollection",
      content: {
        [GEOJSON_TYPE]: { schema: boundariesSchema },
        "application/json": { schema: boundariesSchema },
      },
    },
    304: { description: "The client has this already: If-None-Match." },
    ...PROBLEMS,
  },
});

/** GET /api/v1/coverage/boundaries, which clients keep until it changes. */
export function boundaryList({ boundaries }: AppDeps) {
  return newApi().openapi(route, async (c) => {
    const { level, province } = c.req.valid("query");
    const type = negotiate(c, [GEOJSON_TYPE, "application/json"]);
    const { text, sha256 } = await boundaries.collection(level, province);
    c.header("Vary", "Accept");
    if (isKnown(c, sha256)) return c.body(null, 304);
    return c.body(text, 200, { "Content-Type": type });
  });
}
