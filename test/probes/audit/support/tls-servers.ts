import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type TLSSocket, type TlsOptions, createServer } from "node:tls";
import { onTestFinished } from "vitest";
import { type Made, make } from "../../support/chains.ts";

/** A certificate for localhost that its own key vouches for; made once per file. */
export const OWN: Made = await make({
  subject: "CN=localhost",
  names: [{ type: "dns", value: "localhost" }],
});

/** A TLS server on 127.0.0.1 until the end of the test; greets nobody unless told to. */
export async function serveTls(
  options: TlsOptions = {},
  greet: (socket: TLSSocket) => void = () => undefined,
): Promise<number> {
  const server = createServer({ key: OWN.keyPem, cert: OWN.pem, ...options }, (socket) => {
    socket.on("error", () => undefined);
    greet(socket);
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    server.close();
    await once(server, "close");
  });
  return (server.address() as AddressInfo).port;
}
