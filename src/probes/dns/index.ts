import type { NameSight } from "../../domain/audit/names.ts";
import type { Sight } from "../../domain/audit/sight.ts";
import type { MailSight, ZoneSight } from "../../domain/audit/zone.ts";
import type { AuditSession } from "../audit/session.ts";
import { parseResolver } from "./resolvers.ts";
import type { RootHints } from "./root-hints.ts";
import { seeMail } from "./see-mail.ts";
import { type Sources, seeName } from "./see-name.ts";
import { seeZone } from "./see-zone.ts";

export { IANA_ROOT_HINTS } from "./iana-root-hints.ts";
export {
  type ParsedRootHints,
  type RootHints,
  type RootServer,
  parseRootHints,
} from "./root-hints.ts";

/** Everything that audits see of the DNS. What the network does is a value; nothing here rejects for it. */
export interface DnsSight {
  /** A and AAAA of a host; a session asks for each name once. */
  seeName(host: string, session: AuditSession): Promise<NameSight>;
  /** The zone that holds a host; `name` is what `seeName` said of it. */
  seeZone(host: string, name: NameSight, session: AuditSession): Promise<Sight<ZoneSight>>;
  /** Mail servers of the host's registrable domain. */
  seeMail(host: string, session: AuditSession): Promise<Sight<MailSight>>;
  /** Forgets what was seen. Questions on their way end with their session. */
  close(): void;
}

/** Where the DNS is asked. */
export interface DnsSightOptions {
  /** Resolvers, `address[:port]`, IPv6 with a port in brackets; the first two are compared. */
  readonly servers: readonly string[];
  readonly rootHints: RootHints;
  /** Port of authoritative servers (53). */
  readonly authorityPort: number;
  /** Port of mail servers, default 25. */
  readonly mailPort?: number;
}

/** RFC 5321 section 4.5.4.2. */
const MAIL_PORT = 25;

/** A sight of the DNS; throws a RangeError for a resolver that can't be read, or for none. */
export function createDnsSight(options: DnsSightOptions): DnsSight {
  const { rootHints: hints, authorityPort: port, mailPort = MAIL_PORT } = options;
  const resolvers = options.servers.map(parseResolver);
  if (resolvers.length === 0) throw new RangeError("no DNS server");
  let seen = new WeakMap<AuditSession, Map<string, Promise<NameSight>>>();

  const once = (host: string, sources: Sources): Promise<NameSight> => {
    const names = seen.get(sources.session) ?? new Map<string, Promise<NameSight>>();
    seen.set(sources.session, names);
    const key = `${sources.checkingDisabled ? "unchecked" : "checked"} ${host}`;
    const name = names.get(key) ?? seeName(host, sources);
    names.set(key, name);
    return name;
  };
  const lookUp = (session: AuditSession, checkingDisabled: boolean) => (host: string) =>
    once(host, { resolvers, session, checkingDisabled });

  return {
    seeName: (host, session) => lookUp(session, false)(host),
    seeZone: (host, name, session) =>
      seeZone(host, name, { resolvers, session, hints, port, lookUp: lookUp(session, true) }),
    seeMail: (host, session) =>
      seeMail(host, { resolvers, session, mailPort, lookUp: lookUp(session, false) }),
    close: () => {
      seen = new WeakMap();
    },
  };
}
