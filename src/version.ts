import manifest from "../package.json" with { type: "json" };

/** This version of the product. */
export const VERSION: string = manifest.version;
