import { once } from "node:events";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { CommandOutput, ExitCode } from "../commands/command.ts";
import { UsageError } from "../domain/usage-error.ts";
import { COMMAND_HEADER, type ReplyLine, withSocketPath } from "./protocol.ts";

/** What connecting says when no service listens: no socket or no folder, or one that a killed service left behind. */
const NOBODY = new Set(["ENOENT", "ENOTDIR", "ECONNREFUSED"]);

/**
 * Asks the service that runs on this data folder to run a command, and passes on what it writes.
 * Resolves to null where no service runs there.
 */
export async function askService(
  dataDir: string,
  command: { name: string; args: Record<string, string | boolean | undefined> },
  input: () => AsyncIterable<Uint8Array>,
  output: CommandOutput,
): Promise<ExitCode | null> {
  try {
    const ask = withSocketPath(dataDir, (socketPath) =>
      request({
        socketPath,
        path: "/",
        method: "POST",
        headers: { [COMMAND_HEADER]: encodeURIComponent(JSON.stringify(command)) },
      }),
    );
    // Sending and reading go on side by side: an answer may be as large as the input. A fault of the sending
    // destroys the request, which ends the reading.
    pipeline(Readable.from(input()), ask).catch(() => undefined);
    const [response] = (await once(ask, "response")) as [IncomingMessage];
    return await readToEnd(ask, response, output);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (NOBODY.has(code)) return null;
    throw error instanceof UsageError
      ? error
      : new UsageError(
          `The service on ${dataDir} stopped answering (${code || "closed"}). Try again.`,
          {
            cause: error,
          },
        );
  }
}

/** Lets go of the service where reading ends before its answer does: it must not wait for a reader who has left. */
async function readToEnd(ask: ClientRequest, response: IncomingMessage, output: CommandOutput) {
  const lines = createInterface({ input: response });
  // What ends the reading is thrown there; afterwards it says only that we left.
  lines.on("error", () => undefined);
  try {
    return await readReply(lines, output);
  } finally {
    ask.destroy();
  }
}

async function readReply(lines: AsyncIterable<string>, output: CommandOutput): Promise<ExitCode> {
  for await (const text of lines) {
    const line = JSON.parse(text) as ReplyLine;
    if ("out" in line) output.out(line.out);
    else if ("err" in line) output.err(line.err);
    else if ("data" in line) await output.data(Buffer.from(line.data, "base64"), line.file);
    else if ("usage" in line) throw new UsageError(line.usage);
    else return line.exit;
  }
  throw new UsageError("The running service stopped before the command was done. Try again.");
}
