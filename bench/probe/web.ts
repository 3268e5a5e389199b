import { type ChildProcess, execFile, spawn } from "node:child_process";
import { webcrypto } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createAuthority, newKeyPair, privateKeyPem, validity } from "../../lab/authority.ts";
import { freePort } from "../../test/support/free-port.ts";
import { until } from "../../test/real/support/child.ts";

/** The kinds of key that portals have. */
export const KEY_KINDS = ["ecdsa", "rsa"] as const;

export type KeyKind = (typeof KEY_KINDS)[number];

/** An nginx that answers for every host of a zone, on every address of this machine. */
export interface Web {
  readonly version: string;
  readonly caPem: string;
  /** Where that is as a file. */
  readonly caFile: string;
  readonly ports: Readonly<Record<KeyKind, number>>;
  readonly stop: () => Promise<void>;
}

/** What the landing page of a portal weighs without its pictures. */
const PAGE_BYTES = 27_000;

const RSA = {
  name: "RSASSA-PKCS1-v1_5",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
  hash: "SHA-256",
} as const;

/** Starts it with a certificate of each kind for `*.zone`; throws where nginx is not installed. */
export async function startWeb(zone: string): Promise<Web> {
  const version = await versionOf();
  const folder = await mkdtemp(join(tmpdir(), "hatangso-web-"));
  const file = (name: string) => join(folder, name);
  const authority = await createAuthority("Bench");
  const keys = {
    ecdsa: await newKeyPair(),
    rsa: await webcrypto.subtle.generateKey(RSA, true, ["sign", "verify"]),
  };
  const ports = { ecdsa: await freePort(), rsa: await freePort() };
  const names = { dnsNames: [`*.${zone}`], ipAddresses: ["127.0.0.1", "::1"] };
  for (const kind of KEY_KINDS) {
    const leaf = await authority.issue({ keys: keys[kind], ...names, ...validity(-1, 60) });
    await writeFile(file(`${kind}.crt`), leaf + authority.intermediatePem);
    await writeFile(file(`${kind}.key`), await privateKeyPem(keys[kind]));
  }
  await writeFile(
    file("index.html"),
    `<!doctype html>${"Cổng thử (bịa). ".repeat(PAGE_BYTES / 19)}`,
  );
  await writeFile(file("ca.pem"), authority.rootPem);
  await writeFile(file("nginx.conf"), configuration(folder, ports));
  const child = spawn(
    "setpriv",
    ["--pdeathsig=KILL", "--", "nginx", "-c", file("nginx.conf"), "-e", file("error.log")],
    { stdio: "ignore" },
  );
  await Promise.all(KEY_KINDS.map((kind) => listening(ports[kind])));
  return {
    version,
    caPem: authority.rootPem,
    caFile: file("ca.pem"),
    ports,
    stop: () => stop(child, folder),
  };
}

async function versionOf(): Promise<string> {
  const { stderr } = await promisify(execFile)("nginx", ["-v"]);
  return stderr.trim().replace(/^.*nginx\//, "");
}

/** As it is out of the box, but in the foreground, in one process, without resumed sessions or a log. */
function configuration(folder: string, ports: Web["ports"]): string {
  const servers = KEY_KINDS.map(
    (kind) => `server {
      listen 0.0.0.0:${ports[kind]} ssl backlog=4096;
      listen [::]:${ports[kind]} ssl backlog=4096;
      ssl_certificate ${folder}/${kind}.crt;
      ssl_certificate_key ${folder}/${kind}.key;
      ssl_session_tickets off;
      root ${folder};
    }`,
  );
  return `daemon off; master_process off; pid ${folder}/nginx.pid;
  worker_rlimit_nofile 65536;
  events { worker_connections 20000; }
  http {
    access_log off;
    client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
    uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
    types { text/html html; }
    ${servers.join("\n")}
  }`;
}

function listening(port: number): Promise<true> {
  return until(
    "nginx listens",
    10_000,
    () =>
      new Promise((resolve) => {
        const socket = connect(port, "127.0.0.1", () => {
          socket.destroy();
          resolve(true);
        });
        socket.on("error", () => resolve(null));
      }),
  );
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
  await rm(folder, { recursive: true });
}
