import { TLS_VERSIONS, type TlsVersion, type VersionSight } from "../domain/audit/host.ts";
import { isUnseen, type Sight, unseen } from "../domain/audit/sight.ts";
import type { ReasonOf } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude, firstReason } from "./conclude.ts";
import type { AddressView } from "./family-view.ts";
import { perFamily } from "./per-family.ts";
import { tlsTold } from "./stages.ts";

/** Given up by RFC 8996. */
const OLD = ["TLSv1", "TLSv1.1"] as const;

type Answer = "accepted" | "refused" | "unclear" | "unseen";

interface Versions {
  readonly address: string;
  readonly answers: Readonly<Record<TlsVersion, Answer>>;
  readonly reason: ReasonOf<"H4">;
}

/** H4: TLS 1.2 or 1.3 is accepted (RFC 9325), 1.0 and 1.1 are not (RFC 8996). What we can't offer stays unknown. */
export const h4: Check = {
  id: "H4",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("H4", ({ family, entry, addresses }) => {
    const each = addresses.map(judgeAddress);
    const known = each.flatMap((one) => (typeof one === "string" ? [] : [one]));
    const apart = each.flatMap((one) => (typeof one === "string" ? [one] : []));
    const evidence = {
      port: entry.httpsPort,
      addresses: known.map(({ address, answers }) => ({ address, ...answers })),
    };
    for (const reason of ["only_old", "old_accepted"] as const) {
      if (!known.some((one) => one.reason === reason)) continue;
      return conclude("H4", family, reason, evidence, causes("host", [entry.host]));
    }
    const open = known.map(({ reason }) => reason).filter((reason) => reason !== "modern_only");
    const missing = apart.filter((why) => why !== "port_443_closed" && why !== "no_handshake");
    const why = open.includes("versions_unclear") ? "versions_unclear" : open[0];
    if (why !== undefined) return conclude("H4", family, why, evidence);
    const [unseenWhy] = missing.toSorted();
    if (unseenWhy !== undefined) return conclude("H4", family, unseenWhy, evidence);
    if (known.length > 0) return conclude("H4", family, "modern_only", evidence);
    const reason = apart.includes("no_handshake") ? "no_handshake" : "port_443_closed";
    return conclude("H4", family, reason, evidence);
  }),
};

/** One address by its versions, or why there is nothing to say of it. */
function judgeAddress(view: AddressView): Versions | ReasonOf<"H4"> {
  const tls = tlsTold(view);
  if (tls.is === "unseen" || tls.is === "apart")
    return tls.why === "no_answer" ? "own_fault" : tls.why;
  if (isUnseen(view.seen)) return "no_handshake";
  const { versions } = view.seen;
  // Where what browsers offer comes to nothing, a given-up version alone may still be agreed to.
  if (tls.is === "bad" && !OLD.some((version) => answerOf(versions[version]) === "accepted")) {
    return "no_handshake";
  }
  const agreed = tls.fact.protocol;
  const answers = Object.fromEntries(
    TLS_VERSIONS.map((version) => [
      version,
      version === agreed ? "accepted" : answerOf(versions[version]),
    ]),
  ) as Record<TlsVersion, Answer>;
  const missing = TLS_VERSIONS.map((version) => versions[version] ?? unseen("own_fault"));
  const why = firstReason(missing.flatMap((one) => (isUnseen(one) ? [one.unseen] : [])));
  return { address: tls.address, answers, reason: reasonFor(answers) ?? why ?? "own_fault" };
}

function reasonFor(answers: Versions["answers"]): ReasonOf<"H4"> | null {
  const old = [answers.TLSv1, answers["TLSv1.1"]];
  const modern = [answers["TLSv1.2"], answers["TLSv1.3"]];
  if (modern.every((answer) => answer === "refused") && old.includes("accepted")) return "only_old";
  if (old.includes("accepted")) return "old_accepted";
  const all = [...old, ...modern];
  if (old.every((answer) => answer === "refused") && modern.includes("accepted")) {
    return "modern_only";
  }
  return all.includes("unseen") ? null : "versions_unclear";
}

function answerOf(sight: Sight<VersionSight>): Answer {
  return isUnseen(sight) ? "unseen" : sight.outcome;
}
