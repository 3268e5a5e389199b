import type { HostSight } from "../domain/audit/host.ts";
import type { UnseenReason } from "../domain/audit/sight.ts";
import { type AddressView, familyView } from "./family-view.ts";
import { presenceOf } from "./name-answer.ts";
import { certificateTold, portTold, tlsTold } from "./stages.ts";
import { tally } from "./told.ts";

/** Where a host stops working over IPv6: its name, its address class, TCP, TLS, or its certificate. */
export type HostFault = "without_aaaa" | "special_address" | "unreachable" | "tls" | "certificate";

/** What D1, D2 and W1 to W3 come to for one host over IPv6. */
export type HostOverIp6 =
  | { readonly is: "works" }
  | { readonly is: "broken" | "partly"; readonly fault: HostFault; readonly at: readonly string[] }
  | { readonly is: "unsure"; readonly why: UnseenReason };

type Health =
  | { readonly is: "good" }
  | { readonly is: "bad"; readonly fault: HostFault; readonly address: string }
  | { readonly is: "unseen"; readonly why: UnseenReason };

/**
 * Whether a host works over IPv6: `broken` if no address does, `partly` if some do not. `secure` says whether
 * visitors come to it over TLS; else port 80 must open, no more.
 */
export function hostOverIp6(host: HostSight, secure: boolean): HostOverIp6 {
  const answer = host.name.answers.ip6;
  const presence = presenceOf(host.host, answer);
  if (presence.is === "none") return { is: "broken", fault: "without_aaaa", at: [] };
  const special = answer.addresses.filter(({ usable }) => !usable);
  if (presence.is === "some" && special.length > 0) {
    const at = special.map(({ address }) => address);
    return { is: "broken", fault: "special_address", at };
  }
  const view = familyView(host, "ip6");
  if (view.presence !== "some") {
    return { is: "unsure", why: view.presence === "unsure" ? view.why : "own_fault" };
  }
  return sum(view.addresses.map((one) => health(one, secure)));
}

function sum(all: readonly Health[]): HostOverIp6 {
  const bad = all.filter((one) => one.is === "bad");
  const unseen = all.find((one) => one.is === "unseen");
  const [first] = bad.toSorted((a, b) => a.address.localeCompare(b.address));
  if (first) {
    const at = bad.map(({ address }) => address);
    return { is: bad.length === all.length ? "broken" : "partly", fault: first.fault, at };
  }
  return unseen ? { is: "unsure", why: unseen.why } : { is: "works" };
}

function health(view: AddressView, secure: boolean): Health {
  const port = portTold(view, secure ? "https" : "http");
  if (port.is === "unseen") return port;
  if (port.is === "bad") return { is: "bad", fault: "unreachable", address: port.address };
  if (!secure) return { is: "good" };
  const tls = tlsTold(view);
  if (tls.is === "unseen") return tls;
  if (tls.is === "bad") return { is: "bad", fault: "tls", address: tls.address };
  const { bad, missing } = tally([certificateTold(view)]);
  if (bad[0]) return { is: "bad", fault: "certificate", address: bad[0].address };
  return missing === null ? { is: "good" } : { is: "unseen", why: missing };
}
