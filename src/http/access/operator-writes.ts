import { KEY_NEEDED, limitBody, onlyUtf8 } from "../define-route.ts";
import { requireRole } from "./guards.ts";

/** For routes that write, with a key of the role operator or higher and a bounded body of UTF-8. */
export const OPERATOR_WRITES = {
  security: KEY_NEEDED,
  // The key comes first: nobody without one makes us read a body.
  middleware: [requireRole("operator"), limitBody, onlyUtf8],
};
