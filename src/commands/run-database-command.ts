import { createReadStream, createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { once } from "node:events";
import { finished } from "node:stream/promises";
import { userInfo } from "node:os";
import type { Config } from "../config.ts";
import { askService } from "../control/client.ts";
import { UsageError } from "../domain/usage-error.ts";
import { migrate } from "../store/migrate.ts";
import { openDatabase } from "../store/open-database.ts";
import type { CommandOutput, ExitCode } from "./command.ts";
import { databaseCommand } from "./index.ts";

/** Files of this side, by their paths: a command has one output file, or several that it calls by name. */
export interface CommandFiles {
  readonly input?: string;
  readonly output?: string;
  readonly outputs?: Readonly<Record<string, string>>;
}

/** What the only output file is called between us. */
const ONLY = "";

interface Invocation {
  readonly name: string;
  readonly args: Record<string, string | boolean | undefined>;
}

/**
 * Runs a command that needs the database: inside the running service where one holds the embedded database,
 * else in this process. `files` are this side's: the input is read here, the output written here whole or not at all.
 */
export async function runDatabaseCommand(
  config: Config,
  invocation: Invocation,
  files: CommandFiles,
): Promise<ExitCode> {
  const input = files.input === undefined ? noInput : await inputFile(files.input);
  const outputs = { ...files.outputs, ...(files.output && { [ONLY]: files.output }) };
  const sinks = new Map(
    Object.entries(outputs).map(([name, path]) => [name, outputFile(path)] as const),
  );
  const output = terminal(sinks);
  try {
    const asked =
      config.databaseUrl === null
        ? await askService(config.dataDir, invocation, input, output)
        : null;
    const code = asked ?? (await runHere(config, invocation, input(), output));
    for (const sink of sinks.values()) await sink.finish();
    return code;
  } catch (error) {
    for (const sink of sinks.values()) await sink.discard();
    throw error;
  }
}

/** A backup before an upgrade must hold what the older version left. */
const AS_FOUND: ReadonlySet<string> = new Set(["backup"]);

async function runHere(
  config: Config,
  { name, args }: Invocation,
  input: AsyncIterable<Uint8Array>,
  output: CommandOutput,
): Promise<ExitCode> {
  const command = databaseCommand(name);
  const opened = await openDatabase(config);
  try {
    if (!AS_FOUND.has(name)) await migrate(opened.db);
    const actor = `command line (${userInfo().username})`;
    return await command({ db: opened.db, config, args, input, output, actor, service: null });
  } finally {
    await opened.close();
  }
}

// oxlint-disable-next-line require-yield -- no input is an empty stream
async function* noInput(): AsyncGenerator<Uint8Array> {}

async function inputFile(path: string): Promise<() => AsyncIterable<Uint8Array>> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new UsageError(`${path} is a folder; a file is expected.`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw fileError("read", path, error);
  }
  return () => createReadStream(path);
}

interface OutputFile {
  write(chunk: Uint8Array): Promise<void>;
  finish(): Promise<void>;
  discard(): Promise<void>;
}

/** Writes beside the file and renames at the end, so that a broken run leaves no half file, and one without content none. */
function outputFile(path: string): OutputFile {
  const part = `${path}.part`;
  const stream = createWriteStream(part, { mode: 0o600 });
  const opened = once(stream, "open").catch((error: unknown) => {
    throw fileError("write", path, error);
  });
  opened.catch(() => undefined);
  // A disk that is full says so here, also when nobody is waiting for it.
  const broken = new Promise<never>((_, reject) => {
    stream.once("error", (error) => reject(fileError("write", path, error)));
  });
  broken.catch(() => undefined);
  let written = false;
  return {
    async write(chunk) {
      await opened;
      written = true;
      if (!stream.write(chunk)) await Promise.race([once(stream, "drain"), broken]);
    },
    async finish() {
      await opened;
      stream.end();
      await Promise.race([finished(stream), broken]);
      if (!written) return rm(part);
      await rename(part, path).catch((error: unknown) => {
        throw fileError("write", path, error);
      });
    },
    async discard() {
      stream.destroy();
      await rm(part, { force: true });
    },
  };
}

function terminal(sinks: ReadonlyMap<string, OutputFile>): CommandOutput {
  return {
    out: (line) => void process.stdout.write(`${line}\n`),
    err: (line) => void process.stderr.write(`${line}\n`),
    data: async (chunk, file = ONLY) => sinks.get(file)?.write(chunk),
  };
}

function fileError(verb: string, path: string, error: unknown): UsageError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "error";
  return new UsageError(`Cannot ${verb} ${path} (${code}). Check the path and its permissions.`, {
    cause: error,
  });
}
