import { isIP } from "node:net";
import type { AuditSession } from "../audit/session.ts";
import { ask } from "./ask.ts";
import type { Asked, Server } from "./asked.ts";
import type { Question, Reply } from "./message.ts";

/** A resolver with the name that evidence gives it, `address:port`. */
export interface Resolver extends Server {
  readonly text: string;
}

/** A validating resolver that has to ask far away answers within seconds; one repeat makes up for a lost packet. */
const LIMIT_MS = 2500;
const SENDS = 2;

const DNS_PORT = 53;

/** Reads `address[:port]`, IPv6 with a port in brackets; throws a RangeError for anything else. */
export function parseResolver(text: string): Resolver {
  const match = /^(?:\[([^\]]+)\]|([^[\]:]+)|(.+?))(?::(\d{1,5}))?$/.exec(
    isIP(text) === 6 ? `[${text}]` : text.trim(),
  );
  const address = match?.[1] ?? match?.[2] ?? "";
  const port = match?.[4] === undefined ? DNS_PORT : Number(match[4]);
  if (isIP(address) === 0 || port < 1 || port > 65_535) {
    throw new RangeError(`not a DNS server (address[:port]): ${text}`);
  }
  const bracketed = address.includes(":") ? `[${address}]` : address;
  return { address, port, text: `${bracketed}:${port}` };
}

/** Asks one resolver, twice at most; it is ours, so the address rule and the gate do not stand in the way. */
export async function askResolver(
  question: Question,
  resolver: Resolver,
  session: AuditSession,
): Promise<Asked> {
  const asking = { ...question, recursion: true };
  let asked: Asked = { outcome: "cut" };
  for (let send = 0; send < SENDS; send += 1) {
    asked = await ask(asking, resolver, { transport: "either", session, udpLimitMs: LIMIT_MS });
    if (asked.outcome !== "timeout") break;
  }
  return asked;
}

/** Response codes that are an answer; all others say that the resolver could not find one. */
export function isTold(asked: Asked): asked is { outcome: "answered"; reply: Reply } {
  if (asked.outcome !== "answered") return false;
  return asked.reply.rcode === "NOERROR" || asked.reply.rcode === "NXDOMAIN";
}

/** The first answer that any of the resolvers gives, each asked in turn and again after a while; null if none does. */
export async function askAny(
  question: Question,
  resolvers: readonly Resolver[],
  session: AuditSession,
): Promise<Reply | null> {
  const { outcome } = await session.tries(
    async () => {
      for (const resolver of resolvers) {
        const asked = await askResolver(question, resolver, session);
        if (isTold(asked)) return asked.reply;
      }
      return null;
    },
    (reply) => reply === null,
  );
  return outcome;
}
