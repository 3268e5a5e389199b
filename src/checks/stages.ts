import type { AnswerSight, PortSight, TlsSight } from "../domain/audit/host.ts";
import { isUnseen, type UnseenReason } from "../domain/audit/sight.ts";
import { FAILURES, type FailureKind } from "../domain/failure.ts";
import type { AddressView } from "./family-view.ts";
import type { Told } from "./told.ts";

/** TCP at one of the two ports: good if it opens. */
export function portTold(view: AddressView, port: "https" | "http"): Told<PortSight> {
  if (view.address === null || isUnseen(view.seen)) return missing(view);
  const fact = view.seen[port];
  if (isUnseen(fact)) return { is: "unseen", why: fact.unseen };
  return { is: fact.outcome === "open" ? "good" : "bad", address: view.address, fact };
}

/** The TLS handshake where TCP opens: good if both sides agreed, whatever the certificate is worth. */
export function tlsTold(view: AddressView): Told<TlsSight> {
  const port = portTold(view, "https");
  if (port.is === "bad") return { is: "apart", why: "port_443_closed" };
  if (port.is !== "good" || isUnseen(view.seen)) return missing(view, port);
  const fact = view.seen.tls;
  if (isUnseen(fact)) return { is: "unseen", why: fact.unseen };
  return { is: hasAgreed(fact) ? "good" : "bad", address: port.address, fact };
}

/** The certificate where one was shown: good if nothing is wrong with it. */
export function certificateTold(view: AddressView): Told<TlsSight> {
  const tls = tlsTold(view);
  if (tls.is === "unseen" || tls.is === "apart") return tls;
  const { fact } = tls;
  if (fact.outcome === "no_certificate" || fact.outcome === "unreadable_certificate") {
    return { ...tls, is: "bad" };
  }
  if (tls.is === "bad") return { is: "apart", why: "no_handshake" };
  return { ...tls, is: fact.certificateFaults.length === 0 ? "good" : "bad" };
}

/** The answer over TLS, where there was a handshake: good if a whole header came. */
export function answerTold(view: AddressView): Told<AnswerSight> {
  const tls = tlsTold(view);
  if (tls.is === "unseen" || tls.is === "apart") return tls;
  if (tls.is === "bad" || isUnseen(view.seen)) return { is: "apart", why: "no_handshake" };
  const fact = view.seen.answer;
  const why = isUnseen(fact) ? fact.unseen : notTheirs(fact.kind);
  if (why !== null || isUnseen(fact)) return { is: "unseen", why: why ?? "own_fault" };
  return { is: fact.outcome === "answered" ? "good" : "bad", address: tls.address, fact };
}

/** Why a failure accuses nobody, null if it is the portal's or there is none. */
export function notTheirs(kind: FailureKind | null): UnseenReason | null {
  if (kind === null) return null;
  const { source } = FAILURES[kind];
  if (source === "target") return null;
  return source === "resolver" ? "resolver_failed" : "own_fault";
}

/** Whether a handshake went through; a certificate that nobody can read is judged by W3. */
function hasAgreed({ outcome, protocol }: TlsSight): boolean {
  if (outcome === "completed") return true;
  const shown = outcome === "no_certificate" || outcome === "unreadable_certificate";
  return shown && protocol !== null;
}

function missing(view: AddressView, port?: Told<unknown>): { is: "unseen"; why: UnseenReason } {
  if (port?.is === "unseen") return port;
  return { is: "unseen", why: isUnseen(view.seen) ? view.seen.unseen : "limit" };
}
