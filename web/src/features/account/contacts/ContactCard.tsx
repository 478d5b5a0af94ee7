import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { useKnownWord } from '../../../lib/known-words/known-words';
import classes from '../Panel.module.css';
import type { Contact } from '../types';

/** What is known of a person, to read. */
export function ContactCard({ contact }: { contact: Contact }) {
  const { t } = useTranslation('account');
  const word = useKnownWord();
  return (
    <dl className={classes.definition}>
      {[
        [t('contacts.name'), contact.name],
        [t('contacts.reading'), contact.reading],
        [t('contacts.department'), contact.department],
        [t('contacts.jobTitle'), contact.title],
        [t('contacts.roles'), contact.roles.map((role) => t(`role.${role}`)).join(t('header.comma'))],
        [t('contacts.email'), contact.email],
        [t('contacts.language'), word('language', contact.language)],
        [t('contacts.consent'), t(`consent.${contact.consent.state}`)],
        [t('contacts.proof'), contact.consent.proof],
        [t('contacts.accounts'), contact.accounts.map(({ name }) => name).join(t('header.comma'))],
      ].map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value || '–'}</dd>
        </div>
      ))}
      <div>
        <dt>{t('contacts.lastActive')}</dt>
        <dd>
          <DateText value={contact.last_active_day} />
        </dd>
      </div>
    </dl>
  );
}
