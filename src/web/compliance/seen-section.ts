import { html } from "hono/html";
import type { SeenAddress, SeenCertificate } from "../../reports/portal-detail.ts";
import type { SeenNameServer } from "../../reports/portal-standing.ts";
import type { Html } from "../layout.ts";
import { instantDayText, timeText } from "../time-text.ts";
import { familyText } from "./marks.ts";
import type { Style } from "./page-facts.ts";
import { COMPLIANCE_WORDS } from "./words.ts";

/** What was seen of a portal last; null where the reader may not see it. */
export interface SeenFacts {
  readonly addresses: readonly SeenAddress[] | null;
  readonly nameServers: readonly SeenNameServer[] | null;
  readonly certificates: readonly SeenCertificate[];
}

/** More certificates and names are noise on a page. */
const CERTIFICATES_SHOWN = 4;
const NAMES_SHOWN = 6;

/** Addresses, name servers and certificates as they were seen last. */
export function seenSection(
  { addresses, nameServers, certificates }: SeenFacts,
  style: Style,
): Html {
  const words = COMPLIANCE_WORDS[style.lang];
  const none = html`<p class="soft">${words.nothingSeen}</p>`;
  return html`<section aria-labelledby="seen">
    <h2 id="seen">${words.lastSeen}</h2>
    ${
      addresses === null
        ? ""
        : html`<h3>${words.addresses}</h3>
            ${addresses.length === 0 ? none : addressTable(addresses, style)}`
    }
    ${
      nameServers === null || nameServers.length === 0
        ? ""
        : html`<h3>${words.nameServers}</h3>
            ${serverTable(nameServers, style)}`
    }
    <h3>${words.certificates}</h3>
    ${
      certificates.length === 0
        ? none
        : certificates
            .slice(0, CERTIFICATES_SHOWN)
            .map((certificate) => certificateFacts(certificate, style))
    }
  </section>`;
}

function addressTable(addresses: readonly SeenAddress[], style: Style): Html {
  const words = COMPLIANCE_WORDS[style.lang];
  return html`<table class="seen-table">
    <caption class="hidden">
      ${words.addresses}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.addresses}</th>
        <th scope="col">${words.times.lastSeen}</th>
      </tr>
    </thead>
    <tbody>
      ${addresses.map(
        ({ family, address, last_seen: at }) =>
          html`<tr>
            <th scope="row">
              <code>${address}</code> <span class="soft">${familyText(family, style.lang)}</span>
            </th>
            <td>${timeText(at, style)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function serverTable(servers: readonly SeenNameServer[], { lang }: Style): Html {
  const words = COMPLIANCE_WORDS[lang];
  const cell = (literals: readonly string[] | null) =>
    literals === null || literals.length === 0
      ? "–"
      : html`${literals.map((address) => html`<code>${address}</code> `)}`;
  return html`<table class="seen-table">
    <caption class="hidden">
      ${words.nameServers}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.nameServers}</th>
        <th scope="col">IPv6</th>
        <th scope="col">IPv4</th>
      </tr>
    </thead>
    <tbody>
      ${servers.map(
        ({ name, ip6, ip4 }) =>
          html`<tr>
            <th scope="row"><code>${name}</code></th>
            <td>${cell(ip6)}</td>
            <td>${cell(ip4)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function certificateFacts(certificate: SeenCertificate, style: Style): Html {
  const words = COMPLIANCE_WORDS[style.lang];
  const { names, key_bits: bits } = certificate;
  const more = names.length > NAMES_SHOWN ? ` + ${names.length - NAMES_SHOWN}` : "";
  return html`<dl class="facts certificate">
    <div>
      <dt>${familyText(certificate.family, style.lang)}</dt>
      <dd><code>${certificate.subject}</code></dd>
    </div>
    <div>
      <dt>${words.issuer}</dt>
      <dd><code>${certificate.issuer}</code></dd>
    </div>
    <div>
      <dt>${words.validUntil}</dt>
      <dd>${instantDayText(certificate.not_after, style)}</dd>
    </div>
    <div>
      <dt>${words.names}</dt>
      <dd><code>${names.slice(0, NAMES_SHOWN).join(", ")}${more}</code></dd>
    </div>
    <div>
      <dt>SHA-256</dt>
      <dd><code>${certificate.fingerprint}</code> ${certificate.key_type} ${bits ?? ""}</dd>
    </div>
    <div>
      <dt>${words.times.lastSeen}</dt>
      <dd>${timeText(certificate.last_seen, style)}</dd>
    </div>
  </dl>`;
}
