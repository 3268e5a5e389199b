import { once } from "node:events";
import { type TLSSocket, connect, createSecureContext } from "node:tls";
import { afterEach, expect, test, vi } from "vitest";
import { CHAIN_STANDS_MS, createCertificateReader } from "../../src/probes/certificate.ts";
import { createChainReader, presentedChain } from "../../src/probes/presented-chain.ts";
import { serveTls } from "./audit/support/tls-servers.ts";
import { type Made, make } from "./support/chains.ts";

const root = await make({ subject: "CN=root" });
const middle = await make({ subject: "CN=middle", issuer: root });
const leaf = await make({ subject: "CN=localhost", issuer: middle, names: [dns("localhost")] });
const stranger = await make({ subject: "CN=stranger" });

function dns(value: string) {
  return { type: "dns" as const, value };
}

let open: TLSSocket[] = [];
afterEach(() => {
  for (const socket of open) socket.destroy();
  open = [];
  vi.restoreAllMocks();
});

/** A connection whose other side has presented these certificates to one who trusts the root. */
async function shownBy(port: number): Promise<TLSSocket> {
  const secureContext = createSecureContext({ ca: [root.pem] });
  const socket = connect({
    port,
    host: "127.0.0.1",
    secureContext,
    rejectUnauthorized: false,
    // As probes greet: names are compared apart.
    checkServerIdentity: () => undefined,
  });
  open.push(socket);
  await once(socket, "secureConnect");
  return socket;
}

function serve(chain: readonly Made[]): Promise<number> {
  return serveTls({ key: leaf.keyPem, cert: chain.map(({ pem }) => pem).join("") });
}

const CHAINS: Readonly<Record<string, readonly Made[]>> = {
  "a leaf alone": [leaf],
  "a leaf and its issuer": [leaf, middle],
  "all up to the root": [leaf, middle, root],
};

test.for(Object.entries(CHAINS))("%s is read as it was sent, every time", async ([, chain]) => {
  const port = await serve(chain);
  const read = createChainReader();
  for (let visit = 0; visit < 3; visit += 1) {
    const found = read(await shownBy(port)).map(({ subject }) => subject);
    expect(found).toEqual(chain.map(({ certificate }) => certificate.subject));
  }
});

test("a certificate that leads nowhere is read every time too", async () => {
  const port = await serve([leaf, stranger, middle]);
  const read = createChainReader();
  for (let visit = 0; visit < 2; visit += 1) {
    const found = read(await shownBy(port)).map(({ subject }) => subject);
    expect(found).toEqual(["CN=localhost", "CN=stranger", "CN=middle"]);
  }
});

test("what a server begins to send is seen at the next visit", async () => {
  const read = createChainReader();
  const reader = createCertificateReader();
  for (const chain of [[leaf], [leaf, middle], [leaf]]) {
    const port = await serve(chain);
    expect(read(await shownBy(port))).toHaveLength(chain.length);
    const seen = reader.read(await shownBy(port), "localhost");
    expect(seen?.facts.chainLength).toBe(chain.length);
    expect(seen?.sight.chainCode).toBe(chain.length > 1 ? null : "UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  }
});

test("certificates are taken out of a connection, which loses memory, once for all visits", async () => {
  const port = await serve([leaf, middle]);
  const [read, reader] = [createChainReader(), createCertificateReader()];
  presentedChain(await shownBy(port));
  let taken = 0;
  for (let visit = 0; visit < 5; visit += 1) {
    for (const look of [read, (socket: TLSSocket) => reader.read(socket, "localhost")]) {
      const socket = await shownBy(port);
      const own = vi.spyOn(socket, "getPeerX509Certificate");
      look(socket);
      taken += own.mock.calls.length;
    }
  }
  expect(taken).toBe(2);
});

test("a chain that changes behind its leaf is seen within minutes", async () => {
  let now = 0;
  const reader = createCertificateReader(() => now);
  const lengthOf = async (chain: readonly Made[]) => {
    const seen = reader.read(await shownBy(await serve(chain)), "localhost");
    return seen?.facts.chainLength;
  };
  const renewed = await make({ subject: "CN=middle", issuer: root, keys: middle.keys });
  expect(await lengthOf([leaf, middle])).toBe(2);
  now += CHAIN_STANDS_MS + 1;
  expect(await lengthOf([leaf, renewed, stranger])).toBe(3);
});
