export { comparePages } from "./compare-pages.ts";
export { PAGE_BODY_LIMIT } from "./limits.ts";
export type { FetchedPage, ParsedPage, ParsedPages } from "./parsed-page.ts";
export { readPage } from "./read-page.ts";
export type { ResourceTools } from "./resource-reach.ts";
export { seeResources } from "./see-resources.ts";
export { maskedUrl } from "./stable-url.ts";
