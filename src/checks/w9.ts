import type { HostSight } from "../domain/audit/host.ts";
import type { AuditFacts } from "../domain/audit/observation.ts";
import { FAMILIES } from "../domain/family.ts";
import type { Finding } from "../domain/finding.ts";
import type { Check } from "./check.ts";
import { causes, conclude, firstReason } from "./conclude.ts";
import { familyView } from "./family-view.ts";
import { type HostOverIp6, hostOverIp6 } from "./host-over-ip6.ts";
import { entryOf } from "./host-name.ts";
import { presenceOf } from "./name-answer.ts";
import { portTold } from "./stages.ts";

/** W9: the apex and `www.` beside the declared address work over IPv6; the worst is told, the declared one decides. */
export const w9: Check = {
  id: "W9",
  about: [null],
  transport: ["ip6"],
  resolverReasons: ["variant_without_aaaa"],
  judge: ({ facts }) => [judge(facts)],
};

function judge(facts: AuditFacts): Finding {
  const entry = entryOf(facts);
  if (entry === undefined) return conclude("W9", null, "own_fault");
  const variants = facts.hosts.filter((host) => host.role === "variant").map(judgeVariant);
  const judged = variants.filter(({ is }) => is !== "absent");
  const evidence = { declared: { host: entry.host, ...overIp6(entry) }, variants: judged };
  const bare = judged.filter((one) => one.is === "broken" && one.fault === "without_aaaa");
  const wrong = judged.filter(({ is }) => is === "broken" || is === "partly");
  const named = causes(
    "host",
    wrong.map(({ host }) => host),
  );
  if (wrong.length > bare.length) return conclude("W9", null, "variant_broken", evidence, named);
  if (bare.length > 0) return conclude("W9", null, "variant_without_aaaa", evidence, named);
  const why = firstReason(judged.flatMap((one) => (one.is === "unsure" ? [one.why] : [])));
  if (why !== null) return conclude("W9", null, why, evidence);
  return conclude("W9", null, judged.length === 0 ? "no_variants" : "variants_work", evidence);
}

type Variant = { readonly host: string } & (HostOverIp6 | { readonly is: "absent" });

/** A variant that has no address at all does not exist: nobody comes to it, so it owes no IPv6. */
function judgeVariant(sight: HostSight): Variant {
  const { host, name } = sight;
  if (presenceOf(host, name.answers.ip6).is !== "none") return { host, ...overIp6(sight) };
  const ip4 = presenceOf(host, name.answers.ip4);
  if (ip4.is === "some") return { host, ...overIp6(sight) };
  if (ip4.is === "none") return { host, is: "absent" };
  return { host, is: "unsure", why: ip4.is === "unsure" ? ip4.why : "resolver_failed" };
}

/** Visitors come over TLS unless port 443 opens nowhere; where that is open, both must say the same. */
function overIp6(host: HostSight): HostOverIp6 {
  const secure = hostOverIp6(host, true);
  const offered = offersTls(host);
  if (offered === "yes" || secure.is === "unsure") return secure;
  const plain = hostOverIp6(host, false);
  if (offered === "no" || plain.is !== "works") return plain;
  return secure.is === "works" ? secure : { is: "unsure", why: "not_reached" };
}

function offersTls(host: HostSight): "yes" | "no" | "unsure" {
  const each = FAMILIES.flatMap((family) => {
    const view = familyView(host, family);
    if (view.presence === "some") return view.addresses.map((one) => portTold(one, "https").is);
    return view.presence === "unsure" ? ["unseen" as const] : [];
  });
  const told = new Set(each);
  if (told.has("good")) return "yes";
  return told.has("unseen") ? "unsure" : "no";
}
