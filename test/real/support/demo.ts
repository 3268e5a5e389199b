import { fileURLToPath } from "node:url";
import { freePort } from "../../support/free-port.ts";
import { startChild } from "./child.ts";

const cli = fileURLToPath(new URL("../../../src/cli.ts", import.meta.url));

/** The demo as a person starts it, in a process of its own. */
export interface Demo {
  readonly url: string;
  /** The body of a path; throws on any status but 200. */
  readonly read: (path: string) => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Starts `hatangso demo` on a free port; its data live in a folder that it makes and removes itself. */
export async function startDemo(): Promise<Demo> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = await startChild(process.execPath, [cli, "demo"], `${url}/readyz`, {
    HOST: "127.0.0.1",
    PORT: String(port),
  });
  return {
    url,
    async read(path) {
      const answer = await fetch(`${url}${path}`);
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.text();
    },
    stop: child.stop,
  };
}
