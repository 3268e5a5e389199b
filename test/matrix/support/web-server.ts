import { once } from "node:events";
import { type RequestListener, createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import type { TlsOptions } from "node:tls";

/** A web server that listens. */
export interface WebServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** A page long enough that two visits are alike or not. */
const PAGE = `<!doctype html><title>Cổng (bịa)</title>${"<p>Trang bịa để thử.</p>".repeat(20)}`;

/** Where a server is to listen; without `tls` it speaks plain HTTP, port 0 is any. */
export interface WebPlace {
  readonly address: string;
  readonly port?: number;
  readonly tls?: TlsOptions | undefined;
}

/** Everybody gets the page, with HSTS for a year. */
export const page: RequestListener = (_request, response) => {
  response.setHeader("strict-transport-security", "max-age=31536000");
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.end(PAGE);
};

/** Serves until closed. */
export async function serveWeb(
  { address, port = 0, tls }: WebPlace,
  answer: RequestListener = page,
): Promise<WebServer> {
  const server = tls ? createHttpsServer(tls, answer) : createHttpServer(answer);
  server.listen(port, address);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

/** Sends everybody elsewhere. */
export function redirecting(status: number, location: string): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { location, "content-length": 0 });
    response.end();
  };
}
