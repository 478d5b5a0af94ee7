import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Overview.module.css';
import type { Health } from '../health-types';
import { tenths } from '../tenths';
import { CauseLink } from './CauseLink';

/** The largest get a line and a sentence each; the others are summed up, so that the lines add up to the change. */
const mostLines = 7;
const worthALine_points = 0.05;

/** What moved the score in 28 days: parts that add up to the change, largest first, each in a sentence. */
export function ChangeStory({ change }: { change: Health['change_28d'] }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  if (!change || change.from_score === null || change.to_score === null)
    return <Text c="dimmed">{t('change.notComparable')}</Text>;
  const sorted = change.parts.toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta));
  const parts = sorted.filter(({ delta }) => Math.abs(delta) >= worthALine_points).slice(0, mostLines);
  const others = sorted.slice(parts.length);
  const rest = others.reduce((sum, { delta }) => sum + delta, 0);
  const largest = Math.max(1, ...parts.map(({ delta }) => Math.abs(delta)));
  return (
    <>
      <Text mb={8}>
        {t('change.summary', {
          day: format.day(change.from_day),
          from: format.number(change.from_score),
          to: format.number(change.to_score),
          change: tenths(format.change(change.to_score - change.from_score, 1)),
        })}
      </Text>
      {parts.length === 0 && <Text c="dimmed">{t('change.still')}</Text>}
      <ul className={classes.parts}>
        {parts.map(({ key, account, delta, sentence }) => (
          <li key={key}>
            <span className={classes.delta} data-direction={Math.sign(delta)}>
              {tenths(format.change(delta, 1))}
            </span>
            <span className={classes.deltaTrack} aria-hidden>
              <span data-direction={Math.sign(delta)} style={{ width: `${(Math.abs(delta) / largest) * 50}%` }} />
            </span>
            <CauseLink measure={key} account={account}>
              {sentence[language]}
            </CauseLink>
          </li>
        ))}
        {others.length > 0 && (
          <li>
            <span className={classes.delta} data-direction={Math.sign(rest)}>
              {tenths(format.change(rest, 1))}
            </span>
            <span className={classes.deltaTrack} aria-hidden />
            <Text span inherit c="dimmed">
              {t('change.rest', { count: others.length })}
            </Text>
          </li>
        )}
      </ul>
    </>
  );
}
