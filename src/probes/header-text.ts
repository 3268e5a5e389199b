import { isUtf8 } from "node:buffer";

/** Header bytes are read as Latin-1; servers write Vietnamese paths in UTF-8, which is how browsers read them. */
export function asUtf8(latin1: string): string {
  if (!/[\x80-\xff]/.test(latin1)) return latin1;
  const bytes = Buffer.from(latin1, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : latin1;
}
