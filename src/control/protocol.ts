import { closeSync, openSync } from "node:fs";
import { join } from "node:path";

/** One line of the service's answer to a command (NDJSON over HTTP on a unix socket). */
export type ReplyLine =
  | { readonly out: string }
  | { readonly err: string }
  /** Base64 of a chunk of the output file; `file` says which one where there are several. */
  | { readonly data: string; readonly file?: string }
  | { readonly usage: string }
  | { readonly exit: 0 | 1 | 2 };

/** Header that carries the command and its arguments as JSON, percent-encoded; the body is the input file. */
export const COMMAND_HEADER = "x-hatangso-command";

/** sockaddr_un holds 108 bytes with the closing zero (unix(7)). */
const LONGEST_PATH = 107;

/**
 * Calls `use` with a path to the control socket of this data folder that fits into a socket address.
 * A longer one is reached through the folder's open descriptor, which Linux shows under /proc/self/fd.
 */
export function withSocketPath<T>(dataDir: string, use: (path: string) => T): T {
  const path = join(dataDir, "control.sock");
  if (Buffer.byteLength(path) <= LONGEST_PATH) return use(path);
  const folder = openSync(dataDir, "r");
  try {
    return use(`/proc/self/fd/${folder}/control.sock`);
  } finally {
    // bind and connect have resolved the path by now: both happen inside the call that starts them.
    closeSync(folder);
  }
}
