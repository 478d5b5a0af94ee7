import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Tables.module.css';
import type { RollUp } from '../health-types';
import { tenths } from '../tenths';
import { CauseLink } from './CauseLink';

/** Large families are summed up beyond the strongest, so that the table still adds up. */
const mostChildren = 12;

/** What the accounts below a parent bring to its score, each with its share of the ARR. */
export function ChildRows({ rollUp, shade }: { rollUp: RollUp; shade: number }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const named = rollUp.children.slice(0, mostChildren);
  const others = rollUp.children.slice(mostChildren);
  const share = rollUp.children.reduce((sum, child) => sum + child.share, 0);
  return (
    <tbody>
      <tr className={classes.groupRow}>
        <th scope="rowgroup">
          <span>
            <span className={classes.swatch} data-shade={shade} aria-hidden />
            {t('score.children')}
          </span>
        </th>
        <td data-label={t('score.value')} />
        <td data-label={t('score.points')} />
        <td data-align="right" data-label={t('score.weight')}>
          {format.percent(share, 0)}
        </td>
        <td data-align="right" data-label={t('score.contribution')}>
          {tenths(format.number(rollUp.from_children, 1))}
        </td>
        <td />
      </tr>
      {named.map((child) => (
        <tr key={child.account.id} className={classes.measureRow} title={child.sentence[language]}>
          <th scope="row">
            <CauseLink measure={null} account={child.account}>
              {child.account.name}
            </CauseLink>
          </th>
          <td data-align="right" data-label={t('score.value')}>
            {t('score.arr', { arr: format.money(child.arr) })}
          </td>
          <td data-align="right" data-label={t('score.points')}>
            {format.number(child.score)}
          </td>
          <td data-align="right" data-label={t('score.weight')}>
            {format.percent(child.share, 0)}
          </td>
          <td data-align="right" data-label={t('score.contribution')}>
            {tenths(format.number(child.contribution, 1))}
          </td>
          <td />
        </tr>
      ))}
      {others.length > 0 && (
        <tr className={classes.measureRow}>
          <th scope="row" colSpan={4}>
            {t('score.otherChildren', { count: others.length })}
          </th>
          <td data-align="right" data-label={t('score.contribution')}>
            {tenths(
              format.number(
                others.reduce((sum, child) => sum + child.contribution, 0),
                1,
              ),
            )}
          </td>
          <td />
        </tr>
      )}
    </tbody>
  );
}
