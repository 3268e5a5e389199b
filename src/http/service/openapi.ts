import type { OpenAPIHono } from "@hono/zod-openapi";
import { KEY_SCHEME } from "../define-route.ts";
import { type AppEnv, newApi } from "../env.ts";

const DESCRIPTION = `What hatangso knows of government portals and how they answer.

Instants are ISO 8601 in UTC, durations milliseconds, ratios 0 to 1. Lists come in pages: \`next_cursor\` of one is
\`cursor\` of the next. \`format=csv\`, or an Accept header of text/csv, gives a table. Unknown query parameters are
refused. Errors are RFC 9457 problem details. What a reader without a key sees depends on PUBLIC_READ; writing always
needs a key: \`Authorization: Bearer\` and the key.`;

/** GET /openapi.json: the document of every route that `whole` has by then, OpenAPI 3.1. */
export function openapi(whole: OpenAPIHono<AppEnv>, version: string) {
  whole.openAPIRegistry.registerComponent("securitySchemes", KEY_SCHEME, {
    type: "http",
    scheme: "bearer",
    description: "Made by `npx hatangso keys create`, or by POST /api/v1/keys.",
  });
  let document: object | undefined;
  const app = newApi();
  app.get("/openapi.json", (c) => {
    document ??= whole.getOpenAPI31Document({
      openapi: "3.1.0",
      info: {
        title: "hatangso",
        version,
        description: DESCRIPTION,
        license: { name: "MIT" },
      },
      servers: [{ url: "/" }],
    });
    return c.json(document);
  });
  return app;
}
