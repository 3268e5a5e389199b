import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type SecureContext, TLSSocket, type TLSSocketOptions } from "node:tls";
import type { Family } from "../src/domain/family.ts";
import type { FamilyBehaviour } from "./behaviour.ts";
import { answer, expand, redirect } from "./http-answer.ts";
import type { Site } from "./site.ts";

/** What comes after TCP: the TLS stage and the HTTP stage of every portal. */
export interface Front {
  /** A connection to a portal's own port. */
  readonly serveTls: (socket: Socket, site: Site, family: Family) => void;
  /** A connection to the plain-HTTP port that all portals share; the Host header says which one is meant. */
  readonly servePlain: (socket: Socket, family: Family) => void;
}

/** A TLS record of no known type: what a plain-HTTP server says to a ClientHello. */
const NOT_TLS = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n";

/** The front of a lab: `find` knows sites by host, `originOf` by portal id; holds no sockets of its own. */
export function createFront(
  find: (host: string) => Site | undefined,
  originOf: (portalId: string) => string | undefined,
): Front {
  const arrivals = new WeakMap<Duplex, { site: Site | null; family: Family; raw: Socket }>();

  const http = createServer((request, response) => {
    const from = arrivals.get(request.socket);
    if (from === undefined) throw new Error("a request on a socket that the front did not accept");
    const { family, raw } = from;
    const site = from.site ?? find(hostOf(request));
    if (site === undefined) return notHere(response);
    const { plainHttp } = site.behaviour;
    if (from.site !== null || plainHttp === "page") {
      return answer(request, response, { portal: site, family, raw }, originOf);
    }
    if (plainHttp === "close" || plainHttp === "refuse") return void raw.destroy();
    if (plainHttp !== "redirect") return redirect(response, 301, expand(plainHttp.to, originOf));
    return redirect(response, 301, `${site.origin}${request.url ?? "/"}`);
  });

  http.on("OCSPRequest", (_certificate: Buffer, _issuer: Buffer, done: Stapling) =>
    done(null, STAPLE),
  );

  return {
    serveTls(socket, site, family) {
      const { tls } = site.behaviour[family];
      if (tls !== "answer") return failHandshake(socket, tls);
      const secured = secure(socket, site, family);
      arrivals.set(secured, { site, family, raw: socket });
      http.emit("connection", secured);
    },
    servePlain(socket, family) {
      arrivals.set(socket, { site: null, family, raw: socket });
      http.emit("connection", socket);
    },
  };
}

/** Reads what comes, and at the ClientHello does what the defect wants; `silent` is nothing at all. */
function failHandshake(socket: Socket, how: Exclude<FamilyBehaviour["tls"], "answer">): void {
  socket.once("data", () => {
    if (how === "garbage") socket.end(NOT_TLS);
    else if (how === "reset") socket.resetAndDestroy();
    else if (how === "close") socket.end();
  });
  socket.resume();
}

type Stapling = (error: null, response: Buffer) => void;

/** An OCSPResponse of status `tryLater` (RFC 6960 section 4.2.1): the shortest that can be stapled. */
const STAPLE = Buffer.from("30030a0103", "hex");

/**
 * Node asks the server of a socket what to staple, which is the HTTP server once that has taken the socket over, and
 * only where a callback gave the context.
 */
function staplingOf(context: SecureContext): TLSSocketOptions {
  return { SNICallback: (_host, done) => done(null, context) };
}

function secure(socket: Socket, site: Site, family: Family): TLSSocket {
  const context = site.context(family);
  const secured = new TLSSocket(socket, {
    isServer: true,
    ...(site.behaviour[family].ocsp === "stapled" ? staplingOf(context) : {}),
    secureContext: context,
    ALPNProtocols: ["http/1.1"],
  });
  // A client that refuses the certificate breaks off; that is what most of the lab is for.
  secured.on("error", () => socket.destroy());
  secured.once("close", () => socket.destroy());
  return secured;
}

function hostOf(request: IncomingMessage): string {
  return (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}

function notHere(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "text/plain" });
  response.end("no such portal in the lab\n");
}
