import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { isDeepStrictEqual } from "node:util";
import { FAMILIES, type Family } from "../src/domain/family.ts";
import type { Behaviour, SteadyHttpBehaviour } from "./behaviour.ts";
import type { CertificateStore } from "./certificates.ts";
import type { DnsSubject } from "./dns-zone.ts";
import { Endpoint, type TcpMode } from "./endpoint.ts";
import { type AnsweringPortal, steadyPhase } from "./http-answer.ts";

/** Where a site is to be served; a null spare: this family has no second address here. */
export interface Placement {
  readonly port: number;
  readonly served: Readonly<Record<Family, string>>;
  readonly spare: Readonly<Record<Family, string | null>>;
  /** Families that this machine has; the other one is published but not served. */
  readonly families: readonly Family[];
}

/** Takes an accepted connection of a site over one family. */
export type ConnectionHandler = (socket: Socket, site: Site, family: Family) => void;

interface PlacedEndpoint {
  readonly endpoint: Endpoint;
  readonly family: Family;
  readonly spare: boolean;
}

/** One host with its port on each family, playing a behaviour; closed until the first `behave`. */
export class Site implements DnsSubject, AnsweringPortal {
  readonly host: string;
  readonly title: string;
  readonly port: number;
  /** TCP connections accepted since the start. */
  readonly connections = { ip4: 0, ip6: 0 };
  readonly #placement: Placement;
  readonly #store: CertificateStore;
  readonly #endpoints: readonly PlacedEndpoint[];
  readonly #contexts = new Map<Family, SecureContext>();
  readonly #requests = { ip4: 0, ip6: 0 };
  #behaviour: Behaviour | null = null;
  #since = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(
    names: { readonly host: string; readonly title: string },
    placement: Placement,
    store: CertificateStore,
    onConnection: ConnectionHandler,
  ) {
    this.host = names.host;
    this.title = names.title;
    this.port = placement.port;
    this.#placement = placement;
    this.#store = store;
    this.#endpoints = endpointsOf(placement, (socket, family) => {
      this.connections[family] += 1;
      onConnection(socket, this, family);
    });
  }

  /** `https://host:port`. */
  get origin(): string {
    return `https://${this.host}:${this.port}`;
  }

  get behaviour(): Behaviour {
    if (this.#behaviour === null) throw new Error(`${this.host} was not opened yet`);
    return this.#behaviour;
  }

  published(family: Family): readonly string[] {
    const { addresses, spare } = this.behaviour[family];
    const spareAddress = spare === "none" ? null : this.#placement.spare[family];
    return addresses ?? [spareAddress, this.#placement.served[family]].filter((at) => at !== null);
  }

  /** The TLS context that this family presents now. */
  context(family: Family): SecureContext {
    const context = this.#contexts.get(family);
    if (context === undefined) throw new Error(`${this.host} was not opened yet`);
    return context;
  }

  nextHttp(family: Family): SteadyHttpBehaviour {
    const { http } = this.behaviour[family];
    const phase = steadyPhase(http, this.#requests[family], Date.now() - this.#since);
    this.#requests[family] += 1;
    return phase;
  }

  /** Resolves when the behaviour is in force; calls take effect in the order they were made. */
  behave(next: Behaviour): Promise<void> {
    const before = this.#turn;
    const done = (async () => {
      await before;
      await this.#enforce(next);
    })();
    // Whoever asked learns of a failure; the next change must not.
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async close(): Promise<void> {
    await this.#turn;
    await Promise.all(this.#endpoints.map(({ endpoint }) => endpoint.close()));
  }

  async #enforce(next: Behaviour): Promise<void> {
    const subject = { host: this.host, addresses: Object.values(this.#placement.served) };
    for (const family of FAMILIES) {
      const { certificate, versions } = next[family];
      this.#contexts.set(family, await this.#store.context(subject, certificate, versions));
      this.#requests[family] = 0;
    }
    const before = this.#behaviour;
    this.#behaviour = next;
    this.#since = Date.now();
    const concerned = this.#endpoints.filter(
      ({ family }) => before === null || !isDeepStrictEqual(before[family], next[family]),
    );
    await Promise.all(
      concerned.map(({ endpoint, family, spare }) => endpoint.apply(modeOf(next[family], spare))),
    );
  }
}

function modeOf(family: Behaviour[Family], spare: boolean): TcpMode {
  if (!spare) return family.tcp;
  return family.spare === "dead" ? "dead" : "refuse";
}

function endpointsOf(
  { port, served, spare, families }: Placement,
  onConnection: (socket: Socket, family: Family) => void,
): PlacedEndpoint[] {
  return families.flatMap((family) => {
    const at = (address: string): Endpoint =>
      new Endpoint(address, port, (socket) => onConnection(socket, family));
    const main = { endpoint: at(served[family]), family, spare: false };
    const second = spare[family];
    return second === null ? [main] : [main, { endpoint: at(second), family, spare: true }];
  });
}
