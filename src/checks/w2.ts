import type { TlsSight } from "../domain/audit/host.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude, failedTries } from "./conclude.ts";
import { perFamily } from "./per-family.ts";
import { tlsTold } from "./stages.ts";
import { type At, tally } from "./told.ts";

type Fault = Exclude<OwnReason<"W2">, "completed" | "port_443_closed">;

/** A timeout after TCP has opened is how a path that loses large packets shows itself; suspected only (b.3). */
const FAULTS: Readonly<Record<TlsSight["outcome"], Fault>> = {
  timeout: "tls_timeout_after_tcp",
  reset: "tls_reset",
  alert: "tls_alert",
  error: "tls_error",
  completed: "tls_error",
  no_certificate: "tls_error",
  unreadable_certificate: "unreadable_certificate",
};

/** W2: wherever TCP opens on 443 the TLS handshake completes; a server chooses its TLS by the name, so the host is the cause. */
export const w2: Check = {
  id: "W2",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("W2", ({ family, entry, addresses }) => {
    const { good, bad, missing, apart } = tally(addresses.map(tlsTold));
    const evidence = { port: entry.httpsPort, addresses: [...good, ...bad].map(inShort) };
    if (bad.length > 0) {
      const [reason = "tls_error"] = bad.map(({ fact }) => FAULTS[fact.outcome]).toSorted();
      const suspected = reason === "tls_timeout_after_tcp" ? { suspected: "path_mtu" } : {};
      const tries = failedTries(bad.map(({ fact }) => fact));
      const all = { ...evidence, ...suspected, ...tries };
      return conclude("W2", family, reason, all, causes("host", [entry.host]));
    }
    if (missing !== null) return conclude("W2", family, missing, evidence);
    const reason = good.length === 0 && apart !== null ? "port_443_closed" : "completed";
    return conclude("W2", family, reason, evidence);
  }),
};

function inShort({ address, fact }: At<TlsSight>) {
  const { outcome, code, protocol, cipher, alpn } = fact;
  return { address, stage: "tls", outcome, code, protocol, cipher, alpn };
}
