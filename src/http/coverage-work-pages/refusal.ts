import { formRefusal } from "../form-refusal.ts";

/** The refusals of pages on which coverage is worked on: a form is sent to a path below its page. */
export const refusal = formRefusal((path) =>
  path.replace(/\/(?:again|decide|bulk|answer|excuse)$/, ""),
);
