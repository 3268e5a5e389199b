import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** The page that Swagger UI fills; everything that it loads comes from this service. */
export function docsPage(): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>API documentation · hatangso</title>
        <link rel="stylesheet" href="/docs/swagger-ui.css" />
        <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      </head>
      <body>
        <div id="swagger-ui"></div>
        <noscript>
          This page needs JavaScript. The same facts stand in
          <a href="/openapi.json">/openapi.json</a>.
        </noscript>
        <script src="/docs/swagger-ui-bundle.js"></script>
        <script src="/docs/init.js"></script>
      </body>
    </html>`;
}

/** Starts Swagger UI on our own document; the validator badge would ask a foreign server. */
export const DOCS_SCRIPT = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  tryItOutEnabled: true,
});
`;
