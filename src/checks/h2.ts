import type { AnswerSight } from "../domain/audit/host.ts";
import type { AuditFacts } from "../domain/audit/observation.ts";
import { isUnseen } from "../domain/audit/sight.ts";
import type { Family } from "../domain/family.ts";
import type { OwnReason } from "../domain/reasons/index.ts";
import type { Check } from "./check.ts";
import { causes, conclude } from "./conclude.ts";
import type { AddressView } from "./family-view.ts";
import { webOrigin } from "./host-name.ts";
import { perFamily } from "./per-family.ts";
import { notTheirs, portTold } from "./stages.ts";
import { type Told, tally } from "./told.ts";
import { isWall } from "./web-answer.ts";

type Reason = OwnReason<"H2">;

/** What port 80 of one address does. */
interface Plain {
  readonly reason: Reason;
  readonly status: number | null;
  readonly location: string | null;
}

/** Worst first, so that the finding names what matters most. */
const WORST_FIRST: readonly Reason[] = [
  "http_served",
  "first_hop_not_https",
  "redirect_other_status",
  "https_other_host",
  "http_error",
  "http_no_answer",
  "waf_suspected",
  "redirects",
  "port_80_closed",
];

const GOOD: ReadonlySet<Reason> = new Set(["redirects", "port_80_closed"]);

/** H2: the first answer over plain HTTP leads to HTTPS on the same host, or port 80 is closed; nothing leads back. */
export const h2: Check = {
  id: "H2",
  about: ["ip4", "ip6"],
  transport: "own",
  judge: perFamily("H2", ({ family, entry, addresses, observation }) => {
    const told = tally(addresses.map((view) => plainTold(view, entry.host)));
    const all = [...told.good, ...told.bad];
    const evidence = {
      port: entry.httpPort,
      addresses: all.map(({ address, fact }) => ({ address, ...fact })),
    };
    const named = causes("host", [entry.host]);
    const back = downgrade(observation.facts, family);
    if (back !== null) return conclude("H2", family, "downgrade", { ...evidence, ...back }, named);
    const wrong = told.bad.filter(({ fact }) => fact.reason !== "waf_suspected");
    const reason = worst((wrong.length > 0 ? wrong : told.bad).map(({ fact }) => fact.reason));
    if (reason !== undefined) return conclude("H2", family, reason, evidence, named);
    if (told.missing !== null) return conclude("H2", family, told.missing, evidence);
    const good = worst(told.good.map(({ fact }) => fact.reason));
    return conclude("H2", family, good ?? "port_443_closed", evidence);
  }),
};

function worst(reasons: readonly Reason[]): Reason | undefined {
  return WORST_FIRST.find((reason) => reasons.includes(reason));
}

/** An address that offers no HTTPS has nothing to lead to; where that is not known, nothing is said of it. */
function plainTold(view: AddressView, host: string): Told<Plain> {
  const https = portTold(view, "https");
  if (https.is === "bad") return { is: "apart", why: "port_443_closed" };
  return https.is === "good" ? judgePlain(view, host) : (https as Told<Plain>);
}

function judgePlain(view: AddressView, host: string): Told<Plain> {
  const port = portTold(view, "http");
  if (port.is === "bad") {
    const { address } = port;
    return {
      is: "good",
      address,
      fact: { reason: "port_80_closed", status: null, location: null },
    };
  }
  if (port.is !== "good" || isUnseen(view.seen)) {
    return port.is === "good" ? { is: "unseen", why: "own_fault" } : (port as Told<Plain>);
  }
  const { plain } = view.seen;
  const why = isUnseen(plain) ? plain.unseen : notTheirs(plain.kind);
  if (why !== null || isUnseen(plain)) return { is: "unseen", why: why ?? "own_fault" };
  const reason = reasonFor(plain, host);
  const { status, location } = plain;
  const is = GOOD.has(reason) ? "good" : "bad";
  return { is, address: port.address, fact: { reason, status, location } };
}

/** Redirects that browsers follow for every GET and that RFC 9110 section 15.4 means for it, 303 apart. */
const REDIRECTS = new Set([301, 302, 307, 308]);

function reasonFor(answer: AnswerSight, host: string): Reason {
  const { outcome, status, leadsTo } = answer;
  if (outcome === "failed" || status === null) return "http_no_answer";
  const target = leadsTo === null ? null : webOrigin(leadsTo);
  if (status >= 300 && status < 400 && target !== null) {
    if (!target.secure) return "first_hop_not_https";
    if (!REDIRECTS.has(status)) return "redirect_other_status";
    return target.host === host ? "redirects" : "https_other_host";
  }
  if (isWall(answer) || status === 403) return "waf_suspected";
  return status >= 400 ? "http_error" : "http_served";
}

/** The hop of the chain over this family that leaves HTTPS for plain HTTP (b.3, W6); null if there is none. */
function downgrade({ chains }: AuditFacts, family: Family) {
  const chain = chains[family];
  if (isUnseen(chain)) return null;
  const back = chain.hops.find(({ url, leadsTo }) => {
    return webOrigin(url)?.secure === true && webOrigin(leadsTo ?? "")?.secure === false;
  });
  return back ? { downgrade_from: back.url, downgrade_to: back.leadsTo } : null;
}
