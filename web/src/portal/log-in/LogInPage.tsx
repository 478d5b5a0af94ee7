import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { brandingQuery, useAskForLink } from '../requests';
import { Button } from '../ui/Button';
import { TextField } from '../ui/Field';
import { Failure } from '../ui/States';
import ui from '../ui/Ui.module.css';
import { Outside } from './Outside';

/** Asks for the mail address and sends a link to it. Whether the address is known is not told. */
export function LogInPage({ hasEnded }: { hasEnded: boolean }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const { data: branding } = useQuery(brandingQuery);
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string>();
  const ask = useAskForLink();
  useEffect(() => {
    document.title = t('logIn.title');
  }, [t]);
  const address = email.trim();
  const send = () => carryOut(ask, address, { onSuccess: () => setSentTo(address) });
  if (sentTo !== undefined) {
    return (
      <Outside>
        <div role="status" className={ui.stack}>
          <h1>{t('logIn.sentTitle')}</h1>
          <p>{t('logIn.sent', { email: sentTo })}</p>
          <p className={ui.quiet}>{t('logIn.sentHelp')}</p>
        </div>
        <div>
          <Button onClick={() => setSentTo(undefined)}>{t('logIn.again')}</Button>
        </div>
      </Outside>
    );
  }
  return (
    <Outside>
      {hasEnded && (
        <div className={ui.notice} role="status">
          <p>{t('logIn.ended')}</p>
        </div>
      )}
      <div>
        <h1>{t('logIn.title')}</h1>
        {branding?.welcome[language] && <p className={ui.lead}>{branding.welcome[language]}</p>}
      </div>
      <form
        className={ui.stack}
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <TextField
          label={t('logIn.email')}
          help={t('logIn.emailHelp')}
          type="email"
          name="email"
          autoComplete="email"
          inputMode="email"
          required
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {ask.isError && <Failure error={ask.error} />}
        <Button type="submit" look="strong" isBusy={ask.isPending} disabled={address === ''}>
          {t('logIn.send')}
        </Button>
      </form>
    </Outside>
  );
}
