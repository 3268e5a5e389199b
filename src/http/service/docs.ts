import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DOCS_SCRIPT, docsPage } from "../../web/docs-page.ts";
import { newApi } from "../env.ts";

/** What the page loads from swagger-ui-dist, by name. */
const ASSETS = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
} as const;

/** GET /docs and what it loads, all from this service: it works with no network. */
export function docs() {
  const app = newApi();
  app.get("/docs", (c) => c.html(docsPage()));
  app.get("/docs/init.js", (c) => c.body(DOCS_SCRIPT, 200, { "Content-Type": "text/javascript" }));
  for (const [name, type] of Object.entries(ASSETS)) {
    let content: Promise<Uint8Array<ArrayBuffer>> | undefined;
    app.get(`/docs/${name}`, async (c) => {
      content ??= readFile(fileURLToPath(import.meta.resolve(`swagger-ui-dist/${name}`)));
      return c.body(await content, 200, {
        "Content-Type": type,
        "Cache-Control": "public, max-age=3600",
      });
    });
  }
  return app;
}
