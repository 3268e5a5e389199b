import type { TlsSight } from "../domain/audit/host.ts";
import type { AuditObservation } from "../domain/audit/observation.ts";
import type { FailureKind } from "../domain/failure.ts";
import type { Cause } from "../domain/finding.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import { certificateConcern } from "./certificate-concern.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import { perFamily } from "./per-family.ts";
import { certificateTold } from "./stages.ts";
import { type At, tally } from "./told.ts";

type Fault = OwnReason<"W3">;

const FAULTS: Readonly<Partial<Record<FailureKind, Fault>>> = {
  tls_expired: "expired",
  tls_not_yet_valid: "not_yet_valid",
  tls_self_signed: "self_signed",
  tls_incomplete_chain: "incomplete_chain",
  tls_hostname: "hostname",
};

/** W3: every address that completes TLS shows a certificate that is valid for this name, now, up to a public root. */
export const w3: Check = {
  id: "W3",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("W3", ({ family, entry, addresses, observation, context }) => {
    const { good, bad, missing, apart } = tally(addresses.map(certificateTold));
    const evidence = {
      host: entry.host,
      port: entry.httpsPort,
      addresses: [...good, ...bad].map((at) => inShort(at, observation)),
    };
    if (bad.length > 0) {
      const [reason = "untrusted"] = bad.map(({ fact }) => faultOf(fact)).toSorted();
      const toMend = bad.flatMap((at) => causeOf(at, entry.host));
      return conclude("W3", family, reason, evidence, toMend);
    }
    const concerns = good.flatMap((at) => {
      const certificate = observation.facts.certificates[at.fact.chain[0] ?? ""];
      const concern = certificate && certificateConcern(certificate, context);
      return concern ? [{ concern, at }] : [];
    });
    const [concern] = concerns.map((one) => one.concern).toSorted();
    if (concern !== undefined) {
      const named = concerns.flatMap(({ at }) => causes("certificate", at.fact.chain.slice(0, 1)));
      return conclude("W3", family, concern, evidence, named);
    }
    if (missing !== null) return conclude("W3", family, missing, evidence);
    if (good.length > 0) return conclude("W3", family, "valid", evidence);
    const reason = apart === "no_handshake" ? "no_handshake" : "port_443_closed";
    return conclude("W3", family, reason, evidence);
  }),
};

/** The reason that speaks of what is wrong with a certificate that was shown. */
export function faultOf({ outcome, certificateFaults }: TlsSight): Fault {
  if (outcome === "no_certificate" || outcome === "unreadable_certificate") return outcome;
  const [first] = certificateFaults;
  return (first && FAULTS[first]) ?? "untrusted";
}

/** What has to change: the certificate, what a server sends with it, or which names it is issued for. */
export function causeOf({ fact }: At<TlsSight>, host: string): readonly Cause[] {
  const fault = faultOf(fact);
  const [leaf] = fact.chain;
  const ofHost = fault === "hostname" || fault === "incomplete_chain";
  if (ofHost || leaf === undefined) return causes("host", [host]);
  return causes("certificate", [leaf]);
}

function inShort({ address, fact }: At<TlsSight>, { facts }: AuditObservation) {
  const [leaf] = fact.chain;
  const certificate = leaf === undefined ? undefined : facts.certificates[leaf];
  return {
    address,
    fingerprint: leaf ?? null,
    faults: fact.certificateFaults,
    code: fact.chainCode ?? fact.code,
    chain_length: fact.chain.length,
    ocsp_stapled: fact.ocspStapled,
    not_before: certificate?.notBefore ?? null,
    not_after: certificate?.notAfter ?? null,
    issuer: certificate?.issuer ?? null,
    names: certificate?.names.slice(0, NAMES_SHOWN) ?? [],
    key: certificate ? `${certificate.keyType} ${certificate.keyBits ?? "?"}` : null,
    signature: certificate?.signatureAlgorithm ?? null,
  };
}

/** Enough to see whom a certificate is for; all of them are in the observation. */
const NAMES_SHOWN = 5;
