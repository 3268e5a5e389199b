import type { Stop } from "../domain/probe-facts.ts";

/** Bytes of a body that are read; the rest is cut. Enough for every landing page's text, too little to be a burden. */
export const BODY_LIMIT = 256 * 1024;

/** Bytes of header that are accepted; servers themselves send and take 8 to 32 KiB. */
export const HEADER_LIMIT = 64 * 1024;

/**
 * Bytes that are read off the connection in all: what the other limits do not count (interim answers, a status line
 * without end, descriptions of chunks) ends here. Sixteen times the body leaves room for a body in tiny chunks.
 */
export const WIRE_LIMIT = 16 * BODY_LIMIT;

/** What to ask for over a connection that is open already. */
export interface Request {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Whether an answer with this status ends the chain, so that its body is read. */
  readonly isFinal: (status: number) => boolean;
  /** Whether the body is looked at later; if not, it is only measured. */
  readonly keepBody: boolean;
  /** Bytes of body that are read; default `BODY_LIMIT`. */
  readonly bodyLimit?: number | undefined;
}

/** Headers by lower-case name (Latin-1); a field that was sent several times is a list. */
export type AnswerHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What came back. Durations in milliseconds. */
export interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly setCookies: readonly string[];
  readonly contentType: string;
  readonly contentEncoding: string;
  readonly headers: AnswerHeaders;
  readonly bodyBytes: number;
  /** Empty unless the body was to be kept. */
  readonly body: Buffer;
  /** From the request to the first byte of the answer. */
  readonly processingMs: number;
  /** From there to the end of the body; null where the body was not read to its end or its limit. */
  readonly transferMs: number | null;
  /** What ended the body early, null if nothing did. */
  readonly stopped: Stop | null;
}

/** The first value of a header, null if it is absent. */
export function firstOf(value: AnswerHeaders[string]): string | null {
  return (typeof value === "object" ? value[0] : value) ?? null;
}
