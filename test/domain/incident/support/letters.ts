import fc from "fast-check";
import { LETTERS } from "../../../support/sightings.ts";

/** Runs of one portal, family and vantage point: stretches of the same, as outages are, and some noise. */
export const letters = fc
  .array(
    fc.oneof(
      fc.constantFrom(".", "...", "xXX", "xXXxx", "xO", "sssss", "tTT", "nNNnnnn", "aaa", "uuu"),
      fc.constantFrom(...LETTERS),
    ),
    { maxLength: 14 },
  )
  .map((parts) => parts.join(""));
