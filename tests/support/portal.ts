// A browser of somebody of a customer: the portal's own forgery token.
import { type Answer, Client } from './client.ts';
import { eventually } from './intake.ts';
import type { MailServer, ReceivedMail } from './mail_server.ts';

export class PortalClient extends Client {
  override request<T = any>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const token = /(?:^|; )banso_portal_csrf=([^;]*)/.exec(this.cookie())?.[1] ?? '';
    return super.request<T>(method, path, body, { 'x-csrf-token': token, ...headers });
  }
}

export const everything = { journey: true, plan: true, adoption: true, value: true, people: true, documents: true, tickets: true, surveys: true, health: true, paid: true, company_tickets: true };
const text = (words: string) => ({ en: words, ja: words });

/** A rule of sharing, published. */
export async function share(admin: Client, key: string, rule: object = {}): Promise<void> {
  const fields = (await admin.get('/api/book/fields')).body.items ?? [];
  const levels: any[] = fields.find((field: any) => field.key === 'level')?.choices ?? [];
  const health_words = Object.fromEntries(levels.map((level) => [level.value, text(`Words for ${level.value}`)]));
  const body = { name: text(key), rank: 100, shows: everything, health_words, health_needs_consent: true, ...rule };
  const draft = await admin.put(`/api/definitions/portal_sharing/${key}/draft`, body);
  if (draft.status !== 200) throw new Error(`the rule of sharing was refused: ${draft.text}`);
  const published = await admin.post(`/api/definitions/portal_sharing/${key}/publish`, { why: 'test' });
  if (published.status !== 200) throw new Error(`the rule of sharing was not published: ${published.text}`);
}

export const tokenIn = (mail: ReceivedMail | undefined) => /\/portal\/log-in#token=([A-Za-z0-9_-]+)/.exec(mail?.text ?? '')?.[1];

/** Mails with a link to the portal that came for an address, oldest first. */
export async function links(mail: MailServer, address: string, count: number): Promise<string[]> {
  const tokens = () => mail.received().filter((each) => each.to === address).map(tokenIn).filter((token) => token !== undefined);
  const found = await eventually(async () => tokens(), (all) => all.length >= count);
  if (found.length < count) throw new Error(`${found.length} links came for ${address} instead of ${count}`);
  return found;
}

/** Invites the contact and logs in by the mail's link. */
export async function enter(admin: Client, mail: MailServer, account: number, contact: number, address: string): Promise<PortalClient> {
  const before = new Set(mail.received().map(tokenIn));
  const invited = await admin.post(`/api/accounts/${account}/portal/people`, { contact_id: contact });
  if (invited.status !== 201) throw new Error(`not invited: ${invited.text}`);
  const fresh = () => mail.received().filter((each) => each.to === address).map(tokenIn).find((token) => token && !before.has(token));
  const token = await eventually(async () => fresh(), (found) => found !== undefined);
  const client = new PortalClient(admin.url);
  const opened = await client.post('/portal/api/session', { token });
  if (opened.status !== 204) throw new Error(`the link did not open the portal: ${opened.text}`);
  return client;
}
