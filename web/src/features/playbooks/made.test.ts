import { describe, expect, it } from 'vitest';
import { placeOf } from './made';

describe('placeOf', () => {
  it('leads to the mail that a step sent', () => {
    expect(placeOf('email', 41)).toEqual({
      what: 'mail',
      to: { to: '/outreach', search: { room: 'mails', panel: '41' } },
    });
    expect(placeOf('survey', 42)?.what).toBe('mail');
  });
  it('leads to the call and to the run that a step began', () => {
    expect(placeOf('open_call', 7)?.to.search).toMatchObject({ panel: '7' });
    expect(placeOf('playbook', 8)?.to).toMatchObject({ params: { runId: '8' } });
  });
  it('leads nowhere where nothing was made, or nothing that has a page', () => {
    expect(placeOf('task', null)).toBeNull();
    expect(placeOf('webhook', 3)).toBeNull();
  });
});
