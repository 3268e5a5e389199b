import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { createShapes, type Shape } from "../../reports/geo/shapes.ts";
import { isKnown } from "../coverage-releases/found.ts";
import { GEOJSON_TYPE } from "../coverage-releases/map.ts";
import { KEY_OPTIONAL, PROBLEMS } from "../define-route.ts";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { notFound } from "../problem.ts";

/** How much of the SHA-256 names a version: enough that two never share it by chance. */
const VERSION_DIGITS = 12;

const query = z.strictObject({
  v: z
    .string()
    .max(64)
    .optional()
    .openapi({
      description: `The first ${VERSION_DIGITS} digits of the ETag: an answer of just this version may be kept for a year.`,
    }),
});

const collectionSchema = z
  .object({
    type: z.literal("FeatureCollection"),
    attribution: z.string(),
    features: z.array(z.object({ type: z.literal("Feature"), id: z.string() })),
  })
  .openapi("MapShapes", {
    description:
      "RFC 7946; the id of a feature is the code of its unit. Simplified: for display, not for measuring. Name `attribution` with them.",
  });

const gazetteerSchema = z
  .array(
    z.object({
      key: z.string(),
      name: z.string(),
      latitude: z.number(),
      longitude: z.number(),
      origin: z.string(),
    }),
  )
  .openapi("Gazetteer", { description: "A place within each commune, by its code (`key`)." });

const common = { method: "get" as const, tags: ["Maps"], security: KEY_OPTIONAL };

function geoJson(description: string) {
  return {
    200: { description, content: { [GEOJSON_TYPE]: { schema: collectionSchema } } },
    304: { description: "The client has this already: If-None-Match." },
    ...PROBLEMS,
  };
}

const provinces = createRoute({
  ...common,
  path: "/geo/provinces.geojson",
  summary: "Boundaries of all provinces, for maps of others",
  request: { query },
  responses: geoJson("34 features"),
});

const outline = createRoute({
  ...common,
  path: "/geo/outline.geojson",
  summary: "The outline of the country with its archipelagos, to lie below other layers",
  request: { query },
  responses: geoJson("One feature"),
});

const gazetteer = createRoute({
  ...common,
  path: "/geo/communes/gazetteer.json",
  summary: "Where each commune is, in the form of Grafana's gazetteers",
  request: { query },
  responses: {
    200: {
      description: "One place per commune",
      content: { "application/json": { schema: gazetteerSchema } },
    },
    304: { description: "The client has this already: If-None-Match." },
    ...PROBLEMS,
  },
});

const communes = createRoute({
  ...common,
  path: "/geo/communes/{file}",
  summary: "Boundaries of the communes of one province",
  request: {
    params: z.object({
      file: z.string().openapi({
        description: "The code of the province and `.geojson`.",
        example: "01.geojson",
      }),
    }),
    query,
  },
  responses: geoJson("A feature per commune"),
});

/** GET /geo/…: boundaries as files that maps of other sites load; open where reading is open. */
export function geo({ boundaries, config }: AppDeps) {
  const shapes = createShapes(boundaries);
  const answer = (c: Context<AppEnv>, { text, sha256 }: Shape, type: string) => {
    const isHad = isKnown(c, sha256);
    if (c.req.query("v") === sha256.slice(0, VERSION_DIGITS)) {
      const who = config.publicRead === "none" ? "private" : "public";
      c.header("Cache-Control", `${who}, max-age=31536000, immutable`);
    }
    return isHad ? c.body(null, 304) : c.body(text, 200, { "Content-Type": type });
  };
  return newApi()
    .openapi(provinces, async (c) => answer(c, await shapes.provinces(), GEOJSON_TYPE))
    .openapi(outline, async (c) => answer(c, await shapes.outline(), GEOJSON_TYPE))
    .openapi(gazetteer, async (c) => answer(c, await shapes.gazetteer(), "application/json"))
    .openapi(communes, async (c) => {
      const { file } = c.req.valid("param");
      const code = /^(\d{2})\.geojson$/.exec(file)?.[1];
      const shape = code === undefined ? null : await shapes.communes(code);
      if (shape === null) throw notFound(`map ${file}`);
      return answer(c, shape, GEOJSON_TYPE);
    });
}
