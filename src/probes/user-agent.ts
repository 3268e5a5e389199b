import manifest from "../../package.json" with { type: "json" };

/**
 * What we call ourselves to every portal: name, version, what we do, and whom to ask about it.
 * Characters that a header can't hold are left out of the contact.
 */
export function userAgent(contact: string | null): string {
  const who = contact?.replace(/[^\x21-\x7e]/g, "").slice(0, 200);
  return `hatangso/${manifest.version} (availability check${who ? `; +${who}` : ""})`;
}
