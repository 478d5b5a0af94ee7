import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { meQuery, useSwitchCompany } from '../requests';
import { goTo } from '../router';
import { useIsViewed, useMe } from '../who';
import { tell } from '../ui/told';
import { useTellProblem } from '../ui/use-tell-problem';
import classes from './Shell.module.css';

/** Which company one looks at; a choice only for people whom several have invited. */
export function CompanySelect() {
  const { t } = useTranslation('texts');
  const { company, accounts } = useMe();
  const isViewed = useIsViewed();
  const client = useQueryClient();
  const switchTo = useSwitchCompany();
  const tellProblem = useTellProblem();
  if (accounts.length < 2 || isViewed) return <span className={classes.company}>{company.name}</span>;
  const choose = (person: number) =>
    carryOut(switchTo, person, {
      onSuccess: (me) => {
        // Nothing of the one company may stand on the pages of the other.
        client.setQueryData(meQuery.queryKey, me);
        client.removeQueries({ queryKey: ['portal'], predicate: ({ queryKey }) => queryKey[1] !== 'me' });
        goTo('/portal');
        tell(t('company.switched', { name: me.company.name }));
      },
      onError: tellProblem,
    });
  return (
    <select
      className={classes.companySelect}
      aria-label={t('company.label')}
      disabled={switchTo.isPending}
      value={accounts.find(({ is_current }) => is_current)?.person}
      onChange={(event) => choose(Number(event.currentTarget.value))}
    >
      {accounts.map(({ person, company: name }) => (
        <option key={person} value={person}>
          {name}
        </option>
      ))}
    </select>
  );
}
