import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Family } from "../src/domain/family.ts";
import type { HttpBehaviour, SteadyHttpBehaviour } from "./behaviour.ts";
import * as defects from "./http-defects.ts";
import { fillBody } from "./page-body.ts";

/** What an answer needs to know of the portal that gives it. */
export interface AnsweringPortal {
  readonly host: string;
  readonly title: string;
  /** How it answers over this family; counting a request moves a flapping portal on. */
  readonly nextHttp: (family: Family) => SteadyHttpBehaviour;
}

/** Where a request came in. */
export interface Arrival {
  readonly portal: AnsweringPortal;
  readonly family: Family;
  /** The TCP socket below TLS, for resets. */
  readonly raw: Socket;
}

/** The phase of a behaviour after so many requests and milliseconds. */
export function steadyPhase(
  http: HttpBehaviour,
  requests: number,
  elapsedMs: number,
): SteadyHttpBehaviour {
  if (http.kind !== "flap") return http;
  const passed = Math.floor((http.by === "requests" ? requests : elapsedMs) / http.every);
  return passed % 2 === 0 ? http.first : http.second;
}

/** Answers one request as the portal behaves now; `originOf` turns a portal id into the origin of its URL. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  arrival: Arrival,
  originOf: (portalId: string) => string | undefined,
): void {
  const http = arrival.portal.nextHttp(arrival.family);
  switch (http.kind) {
    case "page":
      return isSecurityTxt(request) && http.securityTxt !== null
        ? plainText(response, http.securityTxt)
        : page(response, arrival.portal, http, originOf);
    case "redirect":
      return redirect(response, http.status, expand(http.location, originOf));
    case "redirect-loop":
      return redirect(response, 302, request.url === "/again" ? "/" : "/again");
    case "redirect-chain":
      return redirect(response, 302, `/${(Number(request.url?.slice(1)) || 0) + 1}`);
    case "body-bomb":
      return defects.bodyBomb(response);
    default:
      return raw(http.kind, request, arrival);
  }
}

type RawKind = Exclude<
  SteadyHttpBehaviour["kind"],
  "page" | "redirect" | "redirect-loop" | "redirect-chain" | "body-bomb"
>;

function raw(kind: RawKind, { socket }: IncomingMessage, arrival: Arrival): void {
  switch (kind) {
    case "headers-slow":
      return defects.headersSlow(socket);
    case "headers-endless":
      return defects.headersEndless(socket);
    case "body-stalls":
      return defects.bodyStalls(socket);
    case "body-endless":
      return defects.bodyEndless(socket);
    case "garbage":
      return defects.garbage(socket);
    case "close":
      return void socket.end();
    case "reset":
      return void arrival.raw.resetAndDestroy();
  }
}

function page(
  response: ServerResponse,
  portal: AnsweringPortal,
  http: Extract<SteadyHttpBehaviour, { kind: "page" }>,
  originOf: (portalId: string) => string | undefined,
): void {
  const send = (): void => {
    for (const [name, value] of Object.entries(http.headers)) response.setHeader(name, value);
    if (http.hsts.length > 0) response.setHeader("strict-transport-security", http.hsts);
    response.writeHead(http.status, { "content-type": http.contentType });
    response.end(http.body === null ? pageOf(portal) : fillBody(http.body, originOf));
  };
  if (http.afterMs === 0) return send();
  const timer = setTimeout(send, http.afterMs);
  response.once("close", () => clearTimeout(timer));
}

/** A 302 and its like with an empty body. */
export function redirect(response: ServerResponse, status: number, location: string): void {
  response.writeHead(status, { location, "content-length": 0 });
  response.end();
}

function pageOf({ host, title }: AnsweringPortal): string {
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>Trang bịa để thử, không phải của cơ quan nào. Made up for tests: ${host}</p></body></html>
`;
}

function isSecurityTxt({ url }: IncomingMessage): boolean {
  return url === "/.well-known/security.txt";
}

function plainText(response: ServerResponse, text: string): void {
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}

/** A leading `{portal-id}` becomes that portal's origin; everything else stays as it is. */
export function expand(location: string, originOf: (id: string) => string | undefined): string {
  return location.replace(/^\{([a-z0-9-]+)\}/, (whole, id: string) => originOf(id) ?? whole);
}
