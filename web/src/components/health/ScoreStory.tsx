import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import type { Health } from '../../api/health';
import type { TwoLanguages } from '../../lib/language';
import classes from './ScoreStory.module.css';

const strongest = 3;
const largestChanges = 5;

/** The strongest reasons, in sentences. */
export function ScoreReasons({ sentences }: { sentences: readonly TwoLanguages[] }) {
  const { t } = useTranslation('common');
  const language = useLanguage();
  if (sentences.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('story.noReasons')}
      </Text>
    );
  return (
    <ul className={classes.reasons}>
      {sentences.slice(0, strongest).map((sentence) => (
        <li key={sentence.en}>{sentence[language]}</li>
      ))}
    </ul>
  );
}

/** The axes the score is made of, each from 0 to 100. */
export function ScoreAxes({ groups }: { groups: Health['groups'] }) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const language = useLanguage();
  return (
    <div role="list" aria-label={t('story.axes')}>
      {groups.map(({ key, name, score }) => (
        <div key={key} className={classes.axis} role="listitem">
          <span>{name[language]}</span>
          <span className={classes.axisTrack} aria-hidden>
            {score !== null && <span style={{ width: `${Math.max(0, Math.min(100, score))}%` }} />}
          </span>
          <span className={classes.axisScore}>{format.number(score)}</span>
        </div>
      ))}
    </div>
  );
}

/** What moved the score in 28 days, the largest first, in points that add up to the change. */
export function ScoreChangeStory({ change }: { change: NonNullable<Health['change_28d']> }) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const language = useLanguage();
  const parts = change.parts.toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta)).slice(0, largestChanges);
  return (
    <>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('story.changeSince', {
          day: format.day(change.from_day),
          from: format.number(change.from_score),
          to: format.number(change.to_score),
        })}
      </Text>
      <ul className={classes.sentences}>
        {parts.map(({ key, delta, sentence }) => (
          <li key={key} className={classes.part}>
            <span className={classes.delta} data-direction={Math.sign(Math.round(delta * 10))}>
              {format.change(delta, 1)}
            </span>
            <span>{sentence[language]}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
