import { toDcat } from "../../reports/coverage-releases/dcat.ts";
import { createOpenData } from "../../reports/coverage-releases/open-data.ts";
import type { AppDeps } from "../deps.ts";
import { newApi } from "../env.ts";

/** GET /open-data.jsonld: every release as DCAT 3, with addresses as the client wrote them. */
export function openDataRoute({ db, boundaries }: AppDeps) {
  const openData = createOpenData(boundaries);
  return newApi().get("/open-data.jsonld", async (c) => {
    const catalogue = await openData.catalogue(db, new URL(c.req.url).origin);
    return c.body(JSON.stringify(toDcat(catalogue)), 200, {
      "Content-Type": "application/ld+json",
    });
  });
}
