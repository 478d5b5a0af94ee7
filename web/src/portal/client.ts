// A customer's way to the server: with the cookie of the log-in by mail, never with a session of one of us.
import { connect } from '../api/connection';
import { chosenLanguage } from './texts/i18n';

export { answer } from '../api/connection';

export const { api, requestRaw, onSignedOut } = connect({
  csrfCookie: 'banso_portal_csrf',
  language: chosenLanguage,
  sessionPath: '/portal/api/session',
});
