import type { SecureContext, TLSSocket } from "node:tls";
import type { TlsSight } from "../../domain/audit/host.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import { type Stop, isEnd } from "../../domain/probe-facts.ts";
import type { Endpoint } from "../connect.ts";
import { UNDECODABLE, withTls } from "./dial.ts";
import type { AuditTools } from "./tools.ts";
import { trySight } from "./try-sight.ts";

type Attempt = Omit<TlsSight, "failedTries">;

/** What browsers offer (RFC 7301); what is chosen is told, nothing is sent over it. */
const ALPN = ["h2", "http/1.1"];

/** A handshake as seen, and with which demands of ours it came about. */
export interface SeenTls {
  readonly sight: Sight<TlsSight>;
  /** What to greet this address with from now on. */
  readonly trust: SecureContext;
}

/**
 * One TLS handshake, tried up to three times (W2). Where it fails in a way that our own demands could have caused,
 * the tries after it are made with the least demands, because a browser may well get through; without such a try
 * nothing is said, and what only our demands refused is no failed try.
 */
export async function seeTls(
  endpoint: Endpoint,
  host: string,
  tools: AuditTools,
): Promise<SeenTls> {
  const { session, offers } = tools;
  const told = { strict: null as Attempt | null, lenientFailures: 0, lenient: false };
  const { outcome, failedTries } = await trySight(
    session,
    async () => {
      const lenient = told.strict !== null && mayBeOurs(told.strict);
      const tls = await attempt(endpoint, host, lenient ? offers.lenient : session.trust, tools);
      if (isUnseen(tls)) return tls;
      if (!lenient) told.strict = tls;
      else if (tls.outcome !== "completed") told.lenientFailures += 1;
      told.lenient ||= lenient;
      return tls;
    },
    (tls) => tls.outcome !== "completed",
  );
  if (isUnseen(outcome)) return { sight: outcome, trust: session.trust };
  if (told.lenient) {
    const trust = outcome.outcome === "completed" ? offers.lenient : session.trust;
    return {
      sight: { ...outcome, failedTries: told.lenientFailures > 0 ? failedTries : 0 },
      trust,
    };
  }
  const sight = { ...outcome, failedTries };
  if (!mayBeOurs(sight)) return { sight, trust: session.trust };
  if (sight.outcome !== "completed") return { sight: unseen("deadline"), trust: session.trust };
  const lenient = await attempt(endpoint, host, offers.lenient, tools);
  if (isUnseen(lenient) || lenient.outcome !== "completed") return { sight, trust: session.trust };
  return { sight: { ...lenient, failedTries }, trust: offers.lenient };
}

/** Node's word for what it has no code for: among others, keys and signatures below OpenSSL's security level. */
const BELOW_OUR_LEVEL = "UNSPECIFIED";

function mayBeOurs({ outcome, chainCode }: Attempt): boolean {
  if (outcome === "completed") return chainCode === BELOW_OUR_LEVEL;
  return outcome === "alert" || outcome === "error" || outcome === "reset";
}

async function attempt(
  endpoint: Endpoint,
  host: string,
  trust: SecureContext,
  tools: AuditTools,
): Promise<Sight<Attempt>> {
  let stapled = false;
  const onStaple = (came: boolean) => {
    stapled = came;
  };
  const greeting = { host, trust, alpn: ALPN, onStaple };
  const seen = await withTls(endpoint, greeting, tools, async (socket) =>
    completed(socket, host, stapled, tools),
  );
  return isEnd(seen) ? failed(seen) : seen;
}

const NOTHING = {
  protocol: null,
  cipher: null,
  alpn: null,
  ocspStapled: false,
  chain: [],
  certificateFaults: [],
  chainCode: null,
} as const;

function completed(
  socket: TLSSocket,
  host: string,
  ocspStapled: boolean,
  { certificates, session }: AuditTools,
): Attempt {
  const agreed = {
    protocol: socket.getProtocol(),
    cipher: socket.getCipher().name,
    alpn: socket.alpnProtocol || null,
    ocspStapled,
  };
  const read = certificates.read(socket, host, session.clock());
  if ("unreadable" in read) {
    return { ...NOTHING, ...agreed, outcome: "unreadable_certificate", code: read.unreadable };
  }
  const outcome = read.chain.length === 0 ? "no_certificate" : "completed";
  return { ...agreed, ...read, outcome, code: null };
}

/** OpenSSL's codes for what the other side told it in an alert (RFC 8446 section 6). */
const ALERT = /^ERR_SSL_.*ALERT_/;

/** Whether a code says that the other side refused by an alert. */
export function isAlert(code: string | null): boolean {
  return code !== null && ALERT.test(code);
}

function failed({ stop, code }: Stop): Attempt {
  return { ...NOTHING, outcome: outcomeOf(stop, code), code };
}

function outcomeOf(stop: Stop["stop"], code: string | null): TlsSight["outcome"] {
  if (stop === "tls_timeout" || stop === "connect_timeout") return "timeout";
  if (stop === "tls_reset" || stop === "connect_reset" || stop === "connect_refused")
    return "reset";
  if (isAlert(code)) return "alert";
  return code?.startsWith(UNDECODABLE) ? "unreadable_certificate" : "error";
}
