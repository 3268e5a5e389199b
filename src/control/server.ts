import { once } from "node:events";
import { chmod, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import type { CommandOutput, ExitCode } from "../commands/command.ts";
import { UsageError } from "../domain/usage-error.ts";
import { COMMAND_HEADER, type ReplyLine, withSocketPath } from "./protocol.ts";

/** Runs one command by name; throws UsageError for what the user can mend. */
export type RunCommand = (
  name: string,
  args: Record<string, string | boolean | undefined>,
  input: AsyncIterable<Uint8Array>,
  output: CommandOutput,
) => Promise<ExitCode>;

/**
 * Listens on the unix socket of the data folder (0600), where the command line asks the running service
 * to work on the embedded database in its place. The folder's lock is held, so an old socket is nobody's.
 */
export async function startControl(
  dataDir: string,
  run: RunCommand,
  onFault: (error: unknown) => void,
): Promise<{ stop: () => Promise<void> }> {
  const path = join(dataDir, "control.sock");
  await rm(path, { force: true });
  const server = createServer((request, response) => {
    answer(request, response, run).catch((error: unknown) => {
      onFault(error);
      response.destroy();
    });
  });
  server.requestTimeout = 0;
  const previous = process.umask(0o177);
  try {
    withSocketPath(dataDir, (short) => server.listen(short));
  } finally {
    process.umask(previous);
  }
  await once(server, "listening");
  await chmod(path, 0o600);
  const stop = async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { stop };
}

async function answer(request: IncomingMessage, response: ServerResponse, run: RunCommand) {
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  /** Whether somebody is still there to read it; waits while they are slow, but not for one who has left. */
  const reply = async (line: ReplyLine): Promise<boolean> => {
    if (gone.signal.aborted) return false;
    if (!response.write(`${JSON.stringify(line)}\n`)) {
      await once(response, "drain", { signal: gone.signal }).catch(() => undefined);
    }
    return !gone.signal.aborted;
  };
  const output: CommandOutput = {
    out: (line) => void reply({ out: line }),
    err: (line) => void reply({ err: line }),
    data: async (chunk, file) => {
      const data = Buffer.from(chunk).toString("base64");
      const read = await reply(file === undefined ? { data } : { data, file });
      // A file that nobody takes any more is not worth the database's time.
      if (!read) throw new UsageError("The command line has left before its file was written.");
    },
  };
  response.writeHead(200, { "content-type": "application/x-ndjson" });
  const { name, args } = JSON.parse(
    decodeURIComponent(String(request.headers[COMMAND_HEADER] ?? "")),
  ) as { name: string; args: Record<string, string | boolean | undefined> };
  try {
    await reply({ exit: await run(name, args, request, output) });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    await reply({ usage: error.message });
  }
  response.end();
}
