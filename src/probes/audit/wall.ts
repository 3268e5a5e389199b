import type { AnswerHeaders } from "../answer.ts";

/** What of an answer a wall may show itself in; the body as far as it was read. */
export interface WallHints {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string;
}

/** Statuses by which walls turn visitors away. */
const TURNED_AWAY: ReadonlySet<number> = new Set([403, 405, 406, 429, 503]);

/** Headers that only a wall's own answer carries, whatever its status. */
const HEADERS: readonly (readonly [wall: string, header: string, value: RegExp])[] = [
  ["cloudflare", "cf-mitigated", /challenge/i],
  ["aws_waf", "x-amzn-waf-action", /./],
  ["sucuri", "x-sucuri-block", /./],
  ["datadome", "x-datadome", /protected/i],
];

/** What the pages of well-known walls say, believed with one of the statuses above. */
const PAGES: readonly (readonly [wall: string, words: RegExp])[] = [
  ["cloudflare", /challenge-platform|cf-chl-|attention required! \| cloudflare|cf-error-details/i],
  ["imperva", /incapsula incident id|_incapsula_resource/i],
  ["akamai", /access denied[\s\S]*reference\s*(?:#|&#35;)/i],
  ["f5", /the requested url was rejected\. please consult with your administrator/i],
  ["fortinet", /fortiweb|fortigate|fgtauth|web page blocked/i],
  ["barracuda", /barracuda networks/i],
  ["modsecurity", /mod_?security/i],
  [
    "captcha",
    /captcha|(?:xác minh|xác thực|chứng minh)[^<]{0,40}(?:không phải|là) (?:là )?(?:robot|người)/i,
  ],
  ["javascript_challenge", /document\.cookie\s*=[\s\S]{0,400}location\.(?:reload|href|replace)/i],
];

/** Titles of challenges that some walls send with a status of 200. */
const TITLES: readonly (readonly [wall: string, title: RegExp])[] = [
  ["cloudflare", /<title>\s*just a moment/i],
  [
    "captcha",
    /<title>[^<]*(?:captcha|are you (?:a )?human|xác minh (?:bạn|truy cập)|không phải (?:là )?robot)/i,
  ],
];

/** Characters of a body that are looked at: a wall's page says what it is at the start. */
const LOOKED_AT = 32_768;

/**
 * Recognises an answer that comes from a wall in front of the portal rather than from the portal: the name of the
 * wall, or of what it asks for; null where nothing gives one away. A form with a captcha on a good page is none.
 */
export function recogniseWall({ status, headers, body }: WallHints): string | null {
  const byHeader = HEADERS.find(([, name, value]) =>
    value.test([headers[name] ?? ""].flat().join()),
  );
  if (byHeader !== undefined) return byHeader[0];
  const start = body.slice(0, LOOKED_AT);
  const hints = TURNED_AWAY.has(status) ? [...PAGES, ...TITLES] : status === 200 ? TITLES : [];
  return hints.find(([, words]) => words.test(start))?.[0] ?? null;
}
