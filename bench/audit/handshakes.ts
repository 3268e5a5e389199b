import { spawn } from "node:child_process";
import { once } from "node:events";

/** What so many bare TLS handshakes cost whoever makes them. */
export interface Handshakes {
  readonly count: number;
  /** CPU, milliseconds, by the program's own account. */
  readonly cpuMs: number;
}

/** `openssl s_time` making new TLS 1.3 connections for so many seconds; null where there is no such program. */
export async function bareHandshakes(
  address: string,
  port: number,
  seconds: number,
): Promise<Handshakes | null> {
  const host = address.includes(":") ? `[${address}]` : address;
  const flags = ["s_time", "-connect", `${host}:${port}`, "-new", "-time", String(seconds)];
  const child = spawn("openssl", flags, { stdio: ["ignore", "pipe", "ignore"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  const [code] = (await Promise.race([once(child, "close"), once(child, "error")])) as [unknown];
  const found = /(\d+) connections in (\d+\.\d+)s;/.exec(output);
  if (code !== 0 || found === null) return null;
  return { count: Number(found[1]), cpuMs: Number(found[2]) * 1000 };
}
