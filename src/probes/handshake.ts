import { type Socket, isIP } from "node:net";
import {
  type DetailedPeerCertificate,
  type SecureContext,
  type TLSSocket,
  connect,
} from "node:tls";
import type { Skip, Stop } from "../domain/probe-facts.ts";
import type { Deadline } from "./deadline.ts";
import { codeOf, tlsFailure } from "./socket-failure.ts";

/** How to greet. */
export interface Greeting {
  /** Name or literal address from the URL, without brackets or a trailing dot. */
  readonly host: string;
  readonly trust: SecureContext;
  readonly timeoutMs: number;
  /** Protocols to offer (RFC 7301); default http/1.1 alone. */
  readonly alpn?: readonly string[] | undefined;
  /** Asks for a stapled OCSP response (RFC 6066 section 8) and is told whether one came. */
  readonly onStaple?: ((stapled: boolean) => void) | undefined;
  /** Reads the code of an error more finely than `codeOf`; the kind of failure does not depend on it. */
  readonly readCode?: ((error: Error) => string) | undefined;
}

/**
 * Shakes hands over an open socket without demanding a valid certificate, so that it can be looked at even when it
 * is not; the caller must judge it. Ends with `tls_timeout` after `timeoutMs` or at the deadline.
 */
export function handshake(
  raw: Socket,
  greeting: Greeting,
  deadline: Deadline,
): Promise<TLSSocket | Stop | Skip> {
  const { host, trust, timeoutMs, alpn = ["http/1.1"], onStaple, readCode = codeOf } = greeting;
  return new Promise((resolve) => {
    const socket = connect({
      socket: raw,
      secureContext: trust,
      rejectUnauthorized: false,
      // Judged by us, explicitly; here it would only cost time and hide one fault behind another.
      checkServerIdentity: () => undefined,
      ALPNProtocols: [...alpn],
      requestOCSP: onStaple !== undefined,
      // RFC 6066 section 3: literal addresses are not permitted in server_name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
    });
    socket.getPeerCertificate = nothingToCheck;
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
    if (onStaple !== undefined) {
      socket.once("OCSPResponse", (response: Buffer | null) =>
        onStaple((response?.length ?? 0) > 0),
      );
    }
    socket.once("secureConnect", onSecure);
    socket.on("error", (error) => {
      settle({ stop: tlsFailure(codeOf(error)), phase: "tls", code: readCode(error) });
    });
  });
}

/**
 * Before it calls `checkServerIdentity`, Node describes the whole chain anew as plain objects, which takes a seventh of
 * a probe's CPU. We look at the certificates themselves.
 */
function nothingToCheck(): DetailedPeerCertificate {
  return {} as DetailedPeerCertificate;
}
