import type { OpenAPIHono } from "@hono/zod-openapi";
import { compress } from "hono/compress";
import type { AppDeps } from "../deps.ts";
import { type AppEnv, newApi } from "../env.ts";
import { mapHandler, mapValuesHandler } from "./map.ts";
import { MAP_LEVELS } from "../../web/coverage-read/map-view.ts";
import { gapsHandler } from "./gaps.ts";
import { openDataHandler } from "./open-data.ts";
import { releaseHandler } from "./release.ts";
import { releasesHandler } from "./releases.ts";
import { unitHandler } from "./unit.ts";
import { refusal } from "./refusal.ts";

/** The pages on which coverage figures are read. */
export function coverageReadPages(deps: AppDeps): OpenAPIHono<AppEnv> {
  const app = newApi();
  app.onError(refusal);
  app.get("/coverage", compress(), mapHandler(deps));
  app.get("/coverage/map.json", compress(), mapValuesHandler(deps));
  for (const level of MAP_LEVELS)
    app.get(`/coverage/units/${level}/:code`, unitHandler(deps, level));
  app.get("/coverage/gaps", gapsHandler(deps));
  app.get("/coverage/releases", releasesHandler(deps));
  // Another page lies below /coverage/releases as well.
  app.get("/coverage/releases/:code{20[0-9][0-9]-Q.+}", releaseHandler(deps));
  app.get("/open-data", openDataHandler(deps));
  return app;
}
