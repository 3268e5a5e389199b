import type { Family } from "../domain/family.ts";
import type { FailureKind } from "../domain/failure.ts";
import type { FamilyHealth, ResolverHealth } from "../domain/vantage.ts";
import type { AnchorReport } from "./check-anchor.ts";
import type { DnsAnswer } from "./dns-client.ts";

/** One anchor may be down itself; two at the same time mean that it is us. */
const ANCHORS_NEEDED = 2;

const WORDS: Readonly<Record<Family, string>> = { ip4: "IPv4", ip6: "IPv6" };

/** Whether a family works from here: two anchors that have it must have answered, or all where there are fewer. */
export function judgeFamily(family: Family, reports: readonly AnchorReport[]): FamilyHealth {
  const tried = reports.filter(
    (report) => report.family === family && report.sight.saw !== "absent",
  );
  const answered = tried.flatMap(({ sight }) => (sight.saw === "answered" ? [sight] : []));
  const proving = answered.filter(({ sourceFault }) => sourceFault === null);
  const needed = Math.min(ANCHORS_NEEDED, tried.length);
  const healthy = needed > 0 && proving.length >= needed;
  const last = proving.at(-1) ?? answered.at(-1);
  return {
    healthy,
    anchorsAnswered: proving.length,
    anchorsTried: tried.length,
    sourceAddress: last?.source ?? null,
    why: healthy ? worksBecause(proving.length, tried.length) : failsBecause(),
  };

  function failsBecause(): string {
    if (tried.length === 0) return `Not usable: no anchor has an ${WORDS[family]} address.`;
    const sources = answered.filter(({ sourceFault }) => sourceFault !== null);
    const useless = sources.at(-1);
    if (useless) {
      return `Not usable: the source address ${useless.source} is not globally usable (${useless.sourceFault}).`;
    }
    const reasons = tried.map(({ anchor, sight }) => `${anchor.text} ${inWords(sight)}`);
    return `Not usable: ${proving.length} of ${tried.length} anchors answered with a verified certificate, ${needed} are needed (${reasons.join(", ")}).`;
  }
}

function worksBecause(answered: number, tried: number): string {
  return `Works: ${answered} of ${tried} anchors answered with a verified certificate.`;
}

/** What a failed anchor did, as an operator would say it; kinds that are not listed are named. */
const SILENCE: Partial<Record<FailureKind, string>> = {
  connect_timeout: "did not answer",
  connect_refused: "refused the connection",
  network_unreachable: "can't be reached: no route",
  tls_timeout: "did not answer the TLS greeting",
  no_address_at_all: "does not exist, says the resolver",
  address_special: "leads to an address that is not public",
  dns_timeout: "was not found: the resolver did not answer",
  dns_servfail: "was not found: the resolver failed",
  dns_refused: "was not found: the resolver refused",
  resolver_down: "was not found: no resolver there",
};

function inWords(sight: AnchorReport["sight"]): string {
  if (sight.saw === "answered") return "answered";
  if (sight.saw === "absent") return "has no such address";
  if (sight.saw === "impostor" && sight.kind !== "address_special") {
    return `was answered by somebody else (${sight.kind})`;
  }
  return SILENCE[sight.kind] ?? `failed (${sight.kind})`;
}

/** What is known of the resolver besides the anchors. */
export interface ResolverFacts {
  /** Whether all anchors are known to have both families, as the built-in ones are. */
  readonly bothFamiliesExpected: boolean;
  /** Answers about a control name; they prove the resolver only where no anchor has a name. */
  readonly control: readonly DnsAnswer[];
}

/**
 * Whether the resolver can be used. Where anchors have names, one of them must have addresses; where all are literal
 * there is no name that must exist, and any well-formed answer will do, a refusal too.
 */
export function judgeResolver(
  reports: readonly AnchorReport[],
  { bothFamiliesExpected, control }: ResolverFacts,
): ResolverHealth {
  const lookups = reports.flatMap(({ lookup }) => (lookup === null ? [] : [lookup]));
  const asked = lookups.length > 0 ? lookups : control;
  const verified = reports.some(({ sight }) => sight.saw === "answered");
  if (!verified && reports.some(({ sight }) => sight.saw === "impostor")) {
    const why =
      "Answers, but somebody else answers for all anchors: a missing record proves nothing.";
    return isUsable(lookups, control) ? { usable: true, why, doubtful: true } : unusable(asked);
  }
  if (!isUsable(lookups, control)) return unusable(asked);
  if (lookups.length === 0)
    return { usable: true, why: "Works: it answers (no anchor has a name)." };
  if (bothFamiliesExpected && !hasAddresses(reports, "ip6")) {
    const why =
      "Works for IPv4 alone: it withholds IPv6 addresses, so a missing one proves nothing.";
    return { usable: true, why, doubtful: true };
  }
  return { usable: true, why: "Works: it answers for the anchors' names, A and AAAA." };
}

function isUsable(lookups: readonly DnsAnswer[], control: readonly DnsAnswer[]): boolean {
  if (lookups.length > 0) return lookups.some(({ kind }) => kind === "addresses");
  return control.some((answer) => answer.kind !== "cut" && !isSilence(answer));
}

function isSilence(answer: DnsAnswer): boolean {
  return (
    answer.kind === "failed" &&
    answer.failure !== "dns_servfail" &&
    answer.failure !== "dns_refused"
  );
}

function hasAddresses(reports: readonly AnchorReport[], family: Family): boolean {
  return reports.some((report) => report.family === family && report.lookup?.kind === "addresses");
}

function unusable(answers: readonly DnsAnswer[]): ResolverHealth {
  const failures = new Set(
    answers.flatMap((answer) => (answer.kind === "failed" ? [answer.failure] : [])),
  );
  const missing = answers.some((answer) => answer.kind === "none");
  const why = missing
    ? "Not usable: it says that the anchors' names have no address."
    : `Not usable: it does not answer (${[...failures].join(", ")}).`;
  return { usable: false, why };
}
