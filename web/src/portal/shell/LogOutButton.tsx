import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { logInPath } from '../pages';
import { useCloseSession } from '../requests';
import { goTo } from '../router';
import { Button } from '../ui/Button';
import { useTellProblem } from '../ui/use-tell-problem';
import { useIsViewed } from '../who';

export function LogOutButton() {
  const { t } = useTranslation('texts');
  const client = useQueryClient();
  const close = useCloseSession();
  const tellProblem = useTellProblem();
  const isViewed = useIsViewed();
  const leave = () =>
    carryOut(close, undefined, {
      onSuccess: () => {
        goTo(logInPath, { replace: true });
        client.removeQueries({ queryKey: ['portal'] });
      },
      onError: tellProblem,
    });
  if (isViewed) return null;
  return (
    <Button look="quiet" onClick={leave} isBusy={close.isPending}>
      {t('logOut')}
    </Button>
  );
}
