import {
  AUTHENTIC_DATA,
  AUTHORITATIVE_ANSWER,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  encode,
} from "dns-packet";
import { type Query, edns, opt, parseQuery } from "../dns-message.ts";
import type { Answerer } from "../dns-server.ts";
import { RCODE } from "../dns-zone.ts";
import type { Said } from "./authoritative.ts";

/** An answer with what only resolvers add. */
export interface ResolverSaid extends Said {
  readonly recursionAvailable?: boolean;
  readonly authentic?: boolean;
  readonly extendedError?: number;
}

/** Answers messages, cut to `limit` octets or to what the question allows over UDP. */
export function answerer(
  limit: number | null,
  say: (query: Query) => ResolverSaid | null,
): Answerer {
  return (bytes) => {
    const query = parseQuery(bytes);
    if (query === null) return null;
    const said = say(query);
    if (said === null) return null;
    const whole = encodeSaid(query, said, 0);
    if (whole.length <= (limit ?? query.udpBytes)) return whole;
    const nothing = { answers: [], authorities: [], additionals: [] };
    return encodeSaid(query, { ...said, ...nothing }, TRUNCATED_RESPONSE);
  };
}

function encodeSaid({ packet }: Query, said: ResolverSaid, truncated: number): Buffer {
  const options = edns(packet) === undefined ? [] : [opt(said.extendedError)];
  return encode({
    type: "response",
    id: packet.id,
    flags:
      ((packet.flags ?? 0) & RECURSION_DESIRED) |
      (said.authoritative ? AUTHORITATIVE_ANSWER : 0) |
      (said.recursionAvailable ? RECURSION_AVAILABLE : 0) |
      (said.authentic ? AUTHENTIC_DATA : 0) |
      truncated |
      said.rcode,
    questions: packet.questions,
    answers: [...said.answers],
    authorities: [...said.authorities],
    additionals: [...said.additionals, ...options],
  });
}

/** SERVFAIL, with the reason where there is one. */
export function failed(extendedError?: number): ResolverSaid {
  const nothing = { answers: [], authorities: [], additionals: [] };
  const error = extendedError === undefined ? {} : { extendedError };
  return {
    rcode: RCODE.SERVFAIL,
    authoritative: false,
    recursionAvailable: true,
    ...nothing,
    ...error,
  };
}
