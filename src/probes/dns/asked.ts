import type { ServerOutcome } from "../../domain/audit/zone.ts";
import { connectFailure } from "../socket-failure.ts";
import type { Reply } from "./message.ts";

/** Where a question goes: a literal address. */
export interface Server {
  readonly address: string;
  readonly port: number;
}

/** How one question ended; `cut` and `own_fault` are ours and say nothing of the server. */
export type Asked =
  | { readonly outcome: "answered"; readonly reply: Reply }
  | { readonly outcome: Exclude<ServerOutcome, "answered"> | "cut" | "own_fault" };

/** What an error code of a socket says of the server. */
export function failedWith(code: string): Asked {
  switch (connectFailure(code)) {
    case "connect_refused":
      return { outcome: "refused_connection" };
    case "connect_timeout":
      return { outcome: "timeout" };
    case "connect_reset":
      return { outcome: "reset" };
    case "network_unreachable":
      return { outcome: "unreachable" };
    default:
      return { outcome: "own_fault" };
  }
}
