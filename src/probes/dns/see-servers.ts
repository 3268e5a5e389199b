import type { AddressAnswer, SeenAddress } from "../../domain/audit/names.ts";
import { type Sight, isUnseen, unseen } from "../../domain/audit/sight.ts";
import type { NameServerSight, ServerAddressSight, ServerAnswer } from "../../domain/audit/zone.ts";
import type { Family } from "../../domain/family.ts";
import { type AuthorityTools, type Told, askAuthority } from "./authority.ts";
import { NO_ADDRESS } from "./lookup.ts";
import type { NameLookup } from "./name-lookup.ts";

/** Servers of one zone that are looked at; the largest zones have thirteen. */
export const MAX_SERVERS = 16;
/** Addresses of one server and family. */
const MAX_ADDRESSES = 8;
/** Addresses of all servers and one family that are asked: twice what sixteen ordinary servers have. */
const MAX_ASKED = 32;

/** The servers of a zone, each address asked for the zone's SOA (D3); at most sixteen, in the order given. */
export async function seeServers(
  zone: string,
  names: readonly string[],
  lookUp: NameLookup,
  tools: AuthorityTools,
): Promise<NameServerSight[]> {
  const asking = { ip4: new Asking(zone, "ip4", tools), ip6: new Asking(zone, "ip6", tools) };
  const sights = await Promise.all(
    names.slice(0, MAX_SERVERS).map(async (name) => {
      const { answers } = await lookUp(name);
      return { name, answers };
    }),
  );
  return Promise.all(
    sights.map(async ({ name, answers }) => {
      const [ip6, ip4] = await Promise.all([
        asking.ip6.all(answers.ip6),
        asking.ip4.all(answers.ip4),
      ]);
      return { name, ip6, ip4 };
    }),
  );
}

/** Asks the addresses of one family, each once whatever number of names it has. */
class Asking {
  readonly #zone: string;
  readonly #family: Family;
  readonly #tools: AuthorityTools;
  readonly #asked = new Map<string, Promise<Omit<ServerAddressSight, "address">>>();

  constructor(zone: string, family: Family, tools: AuthorityTools) {
    this.#zone = zone;
    this.#family = family;
    this.#tools = tools;
  }

  /** Null where the addresses are not known, which is not the same as that there are none. */
  async all({ outcome, addresses }: AddressAnswer): Promise<ServerAddressSight[] | null> {
    if (outcome !== "addresses" && !NO_ADDRESS.has(outcome)) return null;
    return Promise.all(addresses.slice(0, MAX_ADDRESSES).map((address) => this.#one(address)));
  }

  async #one(address: SeenAddress): Promise<ServerAddressSight> {
    let asking = this.#asked.get(address.address);
    if (asking === undefined) {
      asking = this.#asked.size < MAX_ASKED ? this.#ask(address.address) : LIMITED;
      this.#asked.set(address.address, asking);
    }
    return { address, ...(await asking) };
  }

  async #ask(address: string): Promise<Omit<ServerAddressSight, "address">> {
    const [udp, tcp] = await Promise.all([
      askSoa(this.#zone, address, "udp", this.#tools),
      // Over IPv4 one question is enough to tell a server that does not know the zone from one that is away.
      this.#family === "ip4"
        ? unseen("not_offered")
        : askSoa(this.#zone, address, "tcp", this.#tools),
    ]);
    return { udp, tcp };
  }
}

const LIMITED = Promise.resolve({ udp: unseen("limit"), tcp: unseen("limit") });

/** SOA of the zone over one transport, up to three tries while the server is silent, fails or cuts its answer. */
async function askSoa(
  zone: string,
  address: string,
  transport: "udp" | "tcp",
  tools: AuthorityTools,
): Promise<Sight<ServerAnswer>> {
  const { outcome: told, failedTries } = await tools.session.tries(
    () => askAuthority({ name: zone, type: "SOA" }, address, transport, tools),
    (attempt) => !isUnseen(attempt) && !isSteady(attempt),
  );
  if (isUnseen(told)) return told;
  if (told.outcome !== "answered") {
    return {
      outcome: told.outcome,
      rcode: null,
      authoritative: false,
      holdsZone: false,
      failedTries,
    };
  }
  const { rcode, authoritative, truncated, answers } = told.reply;
  const soa = answers.some(({ type, name }) => type === "SOA" && name === zone);
  // A server that limits its rate cuts its answers to nothing; that it answers for the zone shows all the same.
  const holdsZone = truncated ? authoritative : soa;
  return { outcome: "answered", rcode, authoritative, holdsZone, failedTries };
}

/** Answers that another try would not change. */
function isSteady(told: Told): boolean {
  if (told.outcome !== "answered") return false;
  const { rcode, truncated } = told.reply;
  return rcode !== "SERVFAIL" && rcode !== "REFUSED" && !truncated;
}
