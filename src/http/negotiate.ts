import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { Problem } from "./problem.ts";

/**
 * The media type of `offered` that the Accept header prefers, the first one without a preference.
 * Throws 406 when it accepts none of them (RFC 9110 section 12.5.1).
 */
export function negotiate<Type extends string>(
  c: Context,
  offered: readonly [Type, ...Type[]],
): Type {
  const chosen = accepts(c, {
    header: "Accept",
    supports: [...offered],
    default: offered[0],
    match: (ranges, { supports }) => {
      const refused = new Set(
        ranges.filter(({ q }) => q === 0).map(({ type }) => type.toLowerCase()),
      );
      const allowed = supports.filter((candidate) => !refused.has(candidate));
      const found = ranges
        .filter(({ q }) => q > 0)
        .map(({ type }) => allowed.find((candidate) => isIn(candidate, type.toLowerCase())))
        .find((candidate) => candidate !== undefined);
      return found ?? "";
    },
  });
  if (chosen === "") {
    throw new Problem(
      406,
      `This can be had as ${offered.join(" or ")}; the Accept header allows neither.`,
    );
  }
  return chosen as Type;
}

function isIn(type: string, range: string): boolean {
  if (range === "*/*" || range === "*") return true;
  return range.endsWith("/*") ? type.startsWith(range.slice(0, -1)) : type === range;
}
