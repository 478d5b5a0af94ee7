// Our own way to the server: with the session of one of us.
import { preferredLanguage } from '../lib/language';
import { connect } from './connection';

export { answer } from './connection';

/** `onSignedOut`: the app leads to the log-in page. */
export const { api, requestRaw, onSignedOut } = connect({
  csrfCookie: 'banso_csrf',
  language: preferredLanguage,
  sessionPath: '/api/session',
});
