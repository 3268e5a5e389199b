import { sql } from "kysely";
import type { PortalKind } from "../../domain/portal.ts";
import type { Round } from "./round.ts";

/** A certificate that portals serve at present; instants in milliseconds since the epoch. */
export interface Served {
  readonly fingerprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: number;
  readonly notAfter: number;
  /** The earliest end in the chain that it is presented with. */
  readonly chainNotAfter: number;
  readonly portals: readonly { readonly id: number; readonly kind: PortalKind }[];
}

/** Nobody has seen it for longer: the portal, or the family, is gone rather than silent. */
const GONE_MS = 7 * 86_400_000;

/**
 * Certificates that end within so many days, and these, as far as a portal that is probed served them last. A portal
 * that cannot be reached goes on serving what it served; one that serves two in turn serves both.
 */
export async function readServed(
  { trx, now, intervalMs }: Round,
  withinDays: number,
  fingerprints: readonly string[],
): Promise<Served[]> {
  const until = new Date(now + withinDays * 86_400_000);
  const { rows } = await sql<Record<"notBefore" | "notAfter" | "chainNotAfter", Date> & Served>`
    select certificate.fingerprint, certificate.subject, certificate.issuer,
      certificate.not_before as "notBefore", certificate.not_after as "notAfter",
      certificate.earliest_not_after as "chainNotAfter",
      json_agg(distinct jsonb_build_object('id', portal.id, 'kind', portal.kind)) as portals
    from certificate
    join portal_certificate served on served.certificate_id = certificate.id
    join portal on portal.id = served.portal_id and portal.lifecycle in ('active', 'redirected_to_dvcqg')
    where (certificate.fingerprint = any(${fingerprints}::text[])
        or ((certificate.not_after < ${until} or certificate.earliest_not_after < ${until})
          and certificate.not_after > ${new Date(now)}))
      and certificate.last_seen > ${new Date(now - GONE_MS)}
      and served.last_seen > ${new Date(now - GONE_MS)}
      and not exists (select from portal_certificate later where later.portal_id = served.portal_id
        and later.family = served.family and later.certificate_id <> served.certificate_id
        and later.last_seen > served.last_seen + ${`${3 * intervalMs} milliseconds`}::interval)
    group by certificate.id
    order by certificate.fingerprint`.execute(trx);
  return rows.map((row) => ({
    ...row,
    notBefore: row.notBefore.getTime(),
    notAfter: row.notAfter.getTime(),
    chainNotAfter: row.chainNotAfter.getTime(),
  }));
}

/** Has open incidents list the portals that serve their certificate now. */
export async function putMembers({ trx, now }: Round, served: readonly Served[]): Promise<void> {
  if (served.length === 0) return;
  const pairs = served.flatMap(({ fingerprint, portals }) =>
    portals.map(({ id }) => ({ subject: `certificate:${fingerprint}`, id })),
  );
  const at = new Date(now);
  const given = sql`unnest(${pairs.map(({ subject }) => subject)}::text[],
    ${pairs.map(({ id }) => id)}::int[]) as given(subject, portal_id)`;
  await sql`
    insert into incident_member as known (incident_id, portal_id, from_at)
    select incident.id, given.portal_id, ${at} from ${given}
    join incident on incident.kind = 'certificate' and incident.subject = given.subject
      and incident.resolved_at is null
    on conflict (incident_id, portal_id) do update set to_at = null where known.to_at is not null`.execute(
    trx,
  );
  await sql`
    update incident_member set to_at = ${at} from incident
    where incident.id = incident_member.incident_id and incident.kind = 'certificate'
      and incident.portal_id is null and incident.resolved_at is null and incident_member.to_at is null
      and not exists (select from ${given} where given.subject = incident.subject
        and given.portal_id = incident_member.portal_id)`.execute(trx);
}
