import { randomBytes, randomInt } from "node:crypto";

/** What a page holds that is new at every request, by the word that stands for it. */
const FRESH: Readonly<Record<string, () => string>> = {
  nonce: () => randomBytes(16).toString("hex"),
  now: () => new Date().toLocaleTimeString("vi-VN"),
  counter: () => randomInt(1_000_000).toLocaleString("vi-VN"),
  words: () => Array.from({ length: 60 }, () => SYLLABLES[randomInt(SYLLABLES.length)]).join(" "),
};

const SYLLABLES =
  "an bình cửa dân đường gió hoa khánh làng mưa núi phố quê sông trăng vườn xuân".split(" ");

/** The words above, which are no portals. */
export const FRESH_WORDS: readonly string[] = Object.keys(FRESH);

/**
 * The body with `{portal-id}` replaced by the origin of that portal's URL, and `{nonce}`, `{now}`, `{counter}`,
 * `{words}` by something new; other braces stay as they are.
 */
export function fillBody(body: string, originOf: (id: string) => string | undefined): string {
  return body.replaceAll(
    /\{([a-z0-9-]+)\}/g,
    (whole, name: string) => FRESH[name]?.() ?? originOf(name) ?? whole,
  );
}
