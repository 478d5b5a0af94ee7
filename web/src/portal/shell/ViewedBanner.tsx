import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useCloseSession } from '../requests';
import { Button } from '../ui/Button';
import { useTellProblem } from '../ui/use-tell-problem';
import { useMe } from '../who';
import classes from './Shell.module.css';

/** Tells one of the vendor whose eyes they look with, and that nothing can be done here. */
export function ViewedBanner() {
  const { t } = useTranslation('texts');
  const { viewed_by, person, company } = useMe();
  const close = useCloseSession();
  const tellProblem = useTellProblem();
  if (viewed_by === null) return null;
  const leave = () => carryOut(close, undefined, { onSuccess: () => location.assign('/'), onError: tellProblem });
  return (
    <aside className={classes.viewed} aria-label={t('viewed.label')}>
      <IconEye size={20} aria-hidden />
      <p>
        <strong>{t('viewed.title', { person: person.name, company: company.name })}</strong>{' '}
        {t('viewed.words', { by: viewed_by })}
      </p>
      <Button onClick={leave} isBusy={close.isPending}>
        {t('viewed.end')}
      </Button>
    </aside>
  );
}
