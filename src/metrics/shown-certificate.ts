import { reasonOf } from "../domain/failure.ts";
import type { Family } from "../domain/family.ts";
import type { ProbeResult } from "../domain/observation.ts";
import { renderLabels } from "./exposition.ts";

/** What series show of the certificate that a run saw; instants in Unix seconds. */
export interface ShownCertificate {
  readonly notBefore: number;
  readonly notAfter: number;
  /** Of the whole presented chain. */
  readonly earliestNotAfter: number;
  /** Who issued it, or `untrusted`; null where the run could not tell whether the chain holds. */
  readonly issuer: string | null;
  readonly keyType: string;
}

/**
 * Where the chain does not hold up, anybody can have written the issuer's name: it is not shown, and labels stay few.
 */
const UNTRUSTED = "untrusted";

/** What is shown of a run's certificate, also of an invalid one; null where it saw none. */
export function shownCertificate(result: ProbeResult): ShownCertificate | null {
  const { certificate } = result;
  if (certificate === null) return null;
  const seconds = (instant: string) => Date.parse(instant) / 1000;
  return {
    notBefore: seconds(certificate.notBefore),
    notAfter: seconds(certificate.notAfter),
    earliestNotAfter: seconds(certificate.earliestNotAfter),
    issuer: issuerOf(result, certificate.issuer),
    keyType: certificate.keyType,
  };
}

function issuerOf({ outcome, failure }: ProbeResult, issuer: string): string | null {
  // A run that our own side spoilt was not judged by its certificate.
  if (outcome === "unknown" || outcome === "skipped") return null;
  // A wrong name is looked at last: the chain holds.
  const isBad =
    failure !== null && reasonOf(failure.kind) === "certificate" && failure.kind !== "tls_hostname";
  return isBad ? UNTRUSTED : organisationOf(issuer);
}

/** The organisation in a distinguished name of one line; the common name of an issuer that names none. */
function organisationOf(name: string): string {
  const parts = name.split(/(?<!\\), (?=[A-Za-z][\w.]*=)/);
  const valueOf = (key: string) =>
    parts.find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1);
  // OpenSSL puts a backslash before characters that separate (RFC 2253 section 2.4).
  return (valueOf("O") ?? valueOf("CN") ?? "unnamed").replaceAll(/\\([^0-9A-Fa-f])/g, "$1");
}

/**
 * The labels of a portal's certificate, beside those of the portal; empty where no run saw one. Where its families
 * present different ones it is the untrusted, else that of IPv4: a portal has one, so that joins with it hold.
 */
export function certificateLabels(
  seen: Readonly<Record<Family, ShownCertificate | null | undefined>>,
): string {
  const known = [seen.ip4, seen.ip6].flatMap((each) =>
    each?.issuer == null ? [] : [{ issuer: each.issuer, key_type: each.keyType }],
  );
  const shown = known.find(({ issuer }) => issuer === UNTRUSTED) ?? known[0];
  return shown === undefined ? "" : renderLabels(shown);
}
