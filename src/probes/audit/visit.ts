import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import type { AnswerSight } from "../../domain/audit/host.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import { type Stop, isEnd } from "../../domain/probe-facts.ts";
import { isRedirect } from "../../domain/status-set.ts";
import type { Endpoint } from "../connect.ts";
import type { Answer } from "../answer.ts";
import { decodeBody } from "../decode-body.ts";
import { exchange } from "../exchange.ts";

import { hostOf, portOf, readLocation } from "../location.ts";
import { maskedUrl } from "../page/index.ts";
import { type DialTimes, withTcp, withTls } from "./dial.ts";
import { keptHeaders } from "./kept-headers.ts";
import { MAX_TEXT } from "./limits.ts";
import { type AuditTools, unseenEnd } from "./tools.ts";
import { recogniseWall } from "./wall.ts";

/** One GET to one literal address. */
export interface VisitOrder {
  readonly url: URL;
  readonly family: Endpoint["family"];
  readonly address: string;
  /** With what to greet over TLS. */
  readonly trust: SecureContext;
  /** Cookie header, empty for none. */
  readonly cookie?: string;
  /** Bytes of body that are read, after decoding too; default enough to tell a wall. */
  readonly bodyLimit?: number;
}

/** Bytes of body by which an answer is known: a wall's page is some kilobytes. */
const GLANCE = 64 * 1024;

/** What one GET came to; nothing was followed. */
export interface Visit {
  readonly sight: Omit<AnswerSight, "failedTries">;
  /** Where it leads, null if it leads nowhere. */
  readonly next: URL | null;
  readonly setCookies: readonly string[];
  readonly contentType: string;
  /** Decoded, at most `bodyLimit`; empty for redirects. */
  readonly body: Buffer;
  /** Whether the body was cut at a bound or did not come whole. */
  readonly cut: boolean;
  /** Whether the body did not come whole in time. */
  readonly stalled: boolean;
  /** Null without an answer. */
  readonly times: (DialTimes & { readonly ttfb: number; readonly transfer: number }) | null;
}

/** Goes to one address for one URL, over TLS whatever the certificate is, and reads one answer. */
export async function visit(order: VisitOrder, tools: AuditTools): Promise<Sight<Visit>> {
  const { url, family, address, trust } = order;
  const endpoint = { address, port: portOf(url), family };
  const ask = (socket: Socket, times: DialTimes) => askOnce(socket, order, times, tools);
  const visited =
    url.protocol === "https:"
      ? await withTls(endpoint, { host: hostOf(url), trust }, tools, ask)
      : await withTcp(endpoint, tools, (socket, tcp) => ask(socket, { tcp, tls: 0 }));
  return isEnd(visited) ? noAnswer(visited) : visited;
}

/** Whether a visit brought nothing that a visitor could use. */
export function visitFailed({ sight }: Visit): boolean {
  return sight.outcome === "failed" || (sight.status ?? 0) >= 400 || sight.wall !== null;
}

async function askOnce(
  socket: Socket,
  order: VisitOrder,
  times: DialTimes,
  tools: AuditTools,
): Promise<Sight<Visit>> {
  const { url, cookie = "", bodyLimit = GLANCE } = order;
  const { session, limits } = tools;
  // What ends with the audit rather than with the step's own limit was not seen.
  const auditEnds = session.remaining() < limits.httpMs;
  const deadline = session.step(limits.httpMs);
  const headers = {
    "user-agent": session.userAgent,
    accept: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "accept-encoding": "identity",
    ...(cookie === "" ? {} : { cookie }),
  };
  const isFinal = (status: number) => !isRedirect(status);
  try {
    const request = { url, headers, isFinal, keepBody: true, bodyLimit };
    const answer = await exchange(socket, request, deadline);
    if (!isEnd(answer)) return await visitOf(answer, url, times, bodyLimit);
    if (auditEnds) return unseenEnd(answer, tools.report) ?? noAnswer(answer as Stop);
    if ("skip" in answer) return unseen("deadline");
    const atLimit = answer.code === "DEADLINE" ? { ...answer, code: "ATTEMPT" } : answer;
    return unseenEnd(atLimit, tools.report) ?? noAnswer(atLimit);
  } finally {
    deadline.clear();
  }
}

const NO_BODY = Buffer.alloc(0);

function noAnswer({ stop }: Stop): Visit {
  const nothing = { status: null, location: null, leadsTo: null, headers: {}, wall: null } as const;
  return {
    sight: { ...nothing, outcome: "failed", kind: stop },
    next: null,
    setCookies: [],
    contentType: "",
    body: NO_BODY,
    cut: false,
    stalled: false,
    times: null,
  };
}

async function visitOf(
  answer: Answer,
  url: URL,
  times: DialTimes,
  bodyLimit: number,
): Promise<Visit> {
  const { status, location, headers, contentType, setCookies, processingMs, transferMs } = answer;
  const leads = isRedirect(status) ? readLocation(location, url) : null;
  const next = leads !== null && "url" in leads ? leads.url : null;
  const body = (await decodeBody(answer.body, answer.contentEncoding, bodyLimit)) ?? NO_BODY;
  return {
    sight: {
      outcome: "answered",
      kind: null,
      status,
      location: location === null ? null : maskedUrl(location.slice(0, MAX_TEXT)),
      leadsTo: next === null ? null : maskedUrl(next.href.slice(0, MAX_TEXT)),
      headers: keptHeaders(headers),
      wall: recogniseWall({ status, headers, body: body.toString("utf8") }),
    },
    next,
    setCookies,
    contentType,
    body,
    cut: answer.stopped !== null || answer.bodyBytes >= bodyLimit || body.length >= bodyLimit,
    stalled: answer.stopped !== null,
    times: { ...times, ttfb: processingMs, transfer: transferMs ?? 0 },
  };
}

/** The sight of an answer after so many failed tries; unseen stays unseen. */
export function answerSight(visited: Sight<Visit>, failedTries: number): Sight<AnswerSight> {
  return isUnseen(visited) ? visited : { ...visited.sight, failedTries };
}
