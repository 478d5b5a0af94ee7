import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { carryOut } from '../../lib/carry-out';
import { logInPath } from '../pages';
import { useOpenSession } from '../requests';
import { goTo } from '../router';
import { setEnded } from '../session';
import { Button } from '../ui/Button';
import { Failure } from '../ui/States';
import ui from '../ui/Ui.module.css';
import { Outside } from './Outside';

/** Where the link of the mail leads. A press of the button logs in: programs that check mails follow links, too. */
export function LinkPage({ token }: { token: string }) {
  const { t } = useTranslation('texts');
  const client = useQueryClient();
  const open = useOpenSession();
  useEffect(() => {
    document.title = t('link.title');
  }, [t]);
  const enter = () =>
    carryOut(open, token, {
      onSuccess: () => {
        client.removeQueries({ queryKey: ['portal'] });
        setEnded(false);
        // Out of the history as well: the word in the address is spent.
        goTo('/portal', { replace: true });
      },
    });
  // Anything but a server that cannot be reached means that the word is spent, too old or mistyped.
  const isSpent = isProblem(open.error) && open.error.status >= 400 && open.error.status < 500;
  if (isSpent) {
    return (
      <Outside>
        <div role="alert">
          <h1>{t('link.spentTitle')}</h1>
          <p className={ui.lead}>{t('link.spent')}</p>
        </div>
        <div>
          <Button look="strong" onClick={() => goTo(logInPath, { replace: true })}>
            {t('link.askAgain')}
          </Button>
        </div>
      </Outside>
    );
  }
  return (
    <Outside>
      <div>
        <h1>{t('link.title')}</h1>
        <p className={ui.lead}>{t('link.words')}</p>
      </div>
      {open.isError && <Failure error={open.error} />}
      <Button look="strong" onClick={enter} isBusy={open.isPending}>
        {t('link.enter')}
      </Button>
    </Outside>
  );
}
