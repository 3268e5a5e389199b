import type { Drops } from "./scale-faults.ts";

/** How large a scale lab is, and where its portals stand. */
export interface ScaleOptions {
  /** How many portals. Default 1000. */
  readonly portals?: number | undefined;
  /** Over how many IPv4 addresses (at most 250). Default 50. */
  readonly addresses?: number | undefined;
  /** IPv6 addresses to spread over. Default `::1` alone. */
  readonly ip6Addresses?: readonly string[] | undefined;
  /** Size of each page, octets. Default 4096. */
  readonly bodyBytes?: number | undefined;
  /**
   * Portals share no address, no IPv4 /24 and no certificate. Over IPv6 they are published only where `ip6Addresses`
   * has one for each of them, three anchors and the control portal. Default false.
   */
  readonly apart?: boolean | undefined;
}

/** A portal of the scale lab; healthy until it is broken. */
export interface ScalePortal {
  readonly id: string;
  readonly url: string;
  readonly host: string;
}

/** Many healthy portals behind one TLS server, for load and measurement. */
export interface ScaleLab {
  readonly dnsServer: string;
  readonly caPem: string;
  readonly allowedNetworks: string;
  readonly anchors: readonly string[];
  readonly portals: readonly ScalePortal[];
  /** One more, on an IPv4 address of its own: to measure what load elsewhere does to it. */
  readonly control: ScalePortal;
  /** Base URL of the control API: breaking, mending and cutting from another process. */
  readonly controlUrl: string;
  /** TCP connections accepted, those of them that were dropped, and requests answered since the start. */
  readonly counts: () => {
    readonly connections: number;
    readonly dropped: number;
    readonly requests: number;
  };
  /** Lets all addresses of a portal refuse, or answer again: those that share them too. */
  readonly setBroken: (id: string, broken: boolean) => Promise<void>;
  readonly setDrops: (drops: Drops) => void;
  /** While it is cut neither the resolver nor any server answers; what cuts a network for good must do so below. */
  readonly setCut: (cut: boolean) => Promise<void>;
  readonly stop: () => Promise<void>;
}
