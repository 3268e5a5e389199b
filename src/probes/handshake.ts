import { type Socket, isIP } from "node:net";
import { type SecureContext, type TLSSocket, connect } from "node:tls";
import type { Skip, Stop } from "../domain/probe-facts.ts";
import type { Deadline } from "./deadline.ts";
import { codeOf, tlsFailure } from "./socket-failure.ts";

/** How to greet. */
export interface Greeting {
  /** Name or literal address from the URL, without brackets or a trailing dot. */
  readonly host: string;
  readonly trust: SecureContext;
  readonly timeoutMs: number;
}

/**
 * Shakes hands over an open socket without demanding a valid certificate, so that it can be looked at even when it
 * is not; the caller must judge it. Ends with `tls_timeout` after `timeoutMs` or at the deadline.
 */
export function handshake(
  raw: Socket,
  { host, trust, timeoutMs }: Greeting,
  deadline: Deadline,
): Promise<TLSSocket | Stop | Skip> {
  return new Promise((resolve) => {
    const socket = connect({
      socket: raw,
      secureContext: trust,
      rejectUnauthorized: false,
      // Judged by us, explicitly; here it would only cost time and hide one fault behind another.
      checkServerIdentity: () => undefined,
      ALPNProtocols: ["http/1.1"],
      // RFC 6066 section 3: literal addresses are not permitted in server_name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    const settle = (result: TLSSocket | Stop | Skip) => {
      clearTimeout(timer);
      release();
      socket.off("secureConnect", onSecure);
      if (result !== socket) {
        socket.destroy();
        raw.destroy();
      }
      resolve(result);
    };
    const timedOut = (code: string) => settle({ stop: "tls_timeout", phase: "tls", code });
    const timer = setTimeout(() => timedOut("ATTEMPT"), timeoutMs);
    const release = deadline.guard((why) =>
      why === "cut" ? settle({ skip: "skip_stopping" }) : timedOut("DEADLINE"),
    );
    const onSecure = () => settle(socket);
    socket.once("secureConnect", onSecure);
    socket.on("error", (error) => {
      const code = codeOf(error);
      settle({ stop: tlsFailure(code), phase: "tls", code });
    });
  });
}
