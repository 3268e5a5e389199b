import { z } from "@hono/zod-openapi";
import { positionNumber } from "../lists/fields.ts";

/** The code of an indicator. */
export const indicatorField = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_]{0,63}$/, "must be the code of an indicator such as pop_4g")
  .openapi({ example: "pop_4g" });

/** A place in the frozen lists of a release: indicator and day (both empty after all of them), rows shown of those. */
export const chunkPosition = z
  .tuple([
    z.string().regex(/^[a-z0-9_]{0,64}$/),
    z.union([z.iso.date(), z.literal("")]),
    positionNumber,
  ])
  .readonly();
