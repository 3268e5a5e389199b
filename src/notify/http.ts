import { lookup, type LookupAddress } from "node:dns";
import { isIP } from "node:net";
import { Agent, request } from "undici";
import { done, refused, type Result } from "../domain/result.ts";
import { addressPolicy, type AddressPolicy, type Network } from "../probes/address-policy.ts";
import { problem, type SendProblem } from "./channel.ts";

/** One request to a receiver. */
export interface Outgoing {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Secrets in the body; those in the URL and the headers are known. */
  readonly secrets?: readonly string[];
  readonly signal: AbortSignal;
}

/** What a receiver answered; no more than the first 64 KB of it. */
export interface Answer {
  readonly status: number;
  readonly text: string;
  /** How it begins, in one line for people, without what was sent in the URL, the headers and as secrets. */
  readonly quote: string;
  /** How long the receiver asks to be left alone, milliseconds; null: it does not say. */
  readonly retryAfterMs: number | null;
}

/** Goes to receivers of messages over HTTP; follows no redirect. */
export interface HttpDoor {
  /** Whatever was answered, or why there was no answer; no secret of the URL is in it. */
  send(outgoing: Outgoing): Promise<Result<Answer, SendProblem>>;
  readonly close: () => void;
}

/** Finds the addresses of a host name; as `dns.lookup` with `all`. */
export type FindAddresses = (
  host: string,
  found: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

const ANSWER_BYTES = 65_536;
const QUOTED = 200;
const HEADERS_MS = 20_000;
const CONNECT_MS = 10_000;

/**
 * A door that lets out to global addresses and to the allowed networks. The literal address that was looked at is the
 * one that is connected to, so that a name cannot mean another address a moment later.
 */
export function createHttpDoor(
  allowed: readonly Network[],
  find: FindAddresses = (host, found) => lookup(host, { all: true }, found),
): HttpDoor {
  const policy = addressPolicy(allowed);
  const agent = new Agent({
    connect: {
      timeout: CONNECT_MS,
      lookup: (host, options, callback) => {
        find(host, (error, addresses) => {
          const fine = addresses?.filter(({ address }) => policy(address) === null) ?? [];
          const [first] = fine;
          if (error !== null || first === undefined) {
            callback(error ?? refusedAddress(policy, addresses), "", 0);
          } else if (options.all === true) callback(null, fine);
          else callback(null, first.address, first.family);
        });
      },
    },
    headersTimeout: HEADERS_MS,
    bodyTimeout: HEADERS_MS,
    maxHeaderSize: 16_384,
    pipelining: 1,
    connections: 8,
  });
  return {
    async send(outgoing) {
      const host = new URL(outgoing.url).hostname.replace(/^\[|\]$/g, "");
      // The stack asks nobody for a literal address.
      const wrong = isIP(host) === 0 ? null : policy(host);
      if (wrong !== null) return refused(problem(notAllowed(host, wrong)));
      try {
        return done(await exchange(agent, outgoing));
      } catch (error) {
        return refused(problem(whatFailed(error)));
      }
    },
    close() {
      // Ends connections that are kept for the next request; a fault of one that is gone tells nothing.
      agent.destroy().catch(() => undefined);
    },
  };
}

async function exchange(agent: Agent, outgoing: Outgoing): Promise<Answer> {
  const { method, url, headers = {}, body, signal } = outgoing;
  const {
    statusCode,
    headers: answered,
    body: stream,
  } = await request(url, {
    dispatcher: agent,
    method,
    headers: { "user-agent": "hatangso", ...headers },
    ...(body === undefined ? {} : { body }),
    signal,
  });
  const retryAfter = answered["retry-after"];
  const text = await bounded(stream);
  return {
    status: statusCode,
    text,
    quote: oneLine(withoutSent(text, outgoing), QUOTED),
    retryAfterMs: retryAfterOf(Array.isArray(retryAfter) ? retryAfter[0] : retryAfter, answered),
  };
}

async function bounded(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early ends the connection.
  for await (const chunk of stream) {
    chunks.push(chunk.subarray(0, ANSWER_BYTES - size));
    size += chunk.length;
    if (size >= ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Servers repeat what they were asked for, and an address or a header can be a secret. */
function withoutSent(text: string, { url, headers = {}, secrets = [] }: Outgoing): string {
  const { pathname, searchParams } = new URL(url);
  const words = Object.values(headers).flatMap((value) => value.split(/[\s=:;,]+/));
  const sent = [...pathname.split(/[/:;,]/), ...searchParams.values(), ...words, ...secrets];
  return sent
    .flatMap((piece) => [piece, encodeURIComponent(piece.toWellFormed()), decoded(piece)])
    .filter((piece) => piece.length >= LEAST_SECRET)
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, piece) => rest.replaceAll(piece, "…"), text);
}

/** Shorter pieces are words like any other. */
const LEAST_SECRET = 4;

function decoded(piece: string): string {
  try {
    return decodeURIComponent(piece);
  } catch (error) {
    if (error instanceof URIError) return piece;
    throw error;
  }
}

/** RFC 9110 section 10.2.3: seconds, or a date, which is told by the answer's own clock where it has one. */
function retryAfterOf(
  text: string | undefined,
  headers: Readonly<Record<string, string | string[] | undefined>>,
): number | null {
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const wait = Date.parse(text) - Date.parse(String(headers["date"]));
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

function refusedAddress(policy: AddressPolicy, addresses: readonly LookupAddress[] | undefined) {
  const address = addresses?.[0]?.address ?? "none";
  return Object.assign(new Error(notAllowed(address, policy(address) ?? "none")), {
    code: NOT_ALLOWED,
  });
}

const NOT_ALLOWED = "E_ADDRESS_NOT_ALLOWED";

function notAllowed(address: string, what: string): string {
  return `the address ${address} is special (${what}) and not in allow_networks`;
}

/** In the stack's codes, because its messages can repeat the URL. */
function whatFailed(error: unknown): string {
  if (!(error instanceof Error)) return `no answer (${String(error)})`;
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  const code: unknown = inner instanceof Error && "code" in inner ? inner.code : error.name;
  if (code === NOT_ALLOWED && inner instanceof Error) return inner.message;
  return `no answer (${String(code)})`;
}

/** What an answer means where the status says it: taken, to be tried again, or refused for good. */
export function judgeStatus({
  status,
  retryAfterMs,
  quote,
}: Pick<Answer, "status" | "retryAfterMs" | "quote">): SendProblem | null {
  if (status >= 200 && status < 300) return null;
  const what = `HTTP ${status}${quote === "" ? "" : `: ${quote}`}`;
  if (status >= 300 && status < 400) {
    return problem(`HTTP ${status}: redirects are not followed`, { permanent: true });
  }
  const passing = status >= 500 || [408, 425, 429].includes(status);
  return problem(what, { permanent: !passing, retryAfterMs: passing ? retryAfterMs : null });
}

/** A text in one line without control characters, cut. */
function oneLine(text: string, length: number): string {
  return text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, length);
}

/** What a service says in one of its fields, in one line; other than text and numbers it says nothing. */
export function saidIn(value: unknown, length: number): string {
  return typeof value === "string" || typeof value === "number" ? oneLine(`${value}`, length) : "";
}

/** An answer's JSON object; null where it is none. */
export function jsonOf({ text }: Answer): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
