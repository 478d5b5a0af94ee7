import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LevelBadge } from '../../../components/LevelBadge';
import { useFormat, useLanguage } from '../../../lib/viewer';
import type { Improvement, LevelPath } from '../health-types';
import classes from '../Overview.module.css';
import { CauseLink } from './CauseLink';

/** The smallest changes that would lift the account to the next better level. */
export function NextLevel({ path }: { path: LevelPath }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const format = useFormat();
  const hasSteps = path.any_of.length + path.all_of.length > 0;
  return (
    <div className={classes.nextLevel}>
      <Text fz="sm" component="div">
        <LevelBadge level={path.level} />{' '}
        {path.reachable && hasSteps
          ? t('path.missing', { points: format.number(path.missing_points, 1) })
          : path.summary[language]}
      </Text>
      {path.any_of.length > 0 && <Steps title={t('path.anyOf')} steps={path.any_of} />}
      {path.any_of.length === 0 && path.all_of.length > 0 && <Steps title={t('path.allOf')} steps={path.all_of} />}
    </div>
  );
}

function Steps({ title, steps }: { title: string; steps: readonly Improvement[] }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const format = useFormat();
  return (
    <>
      <Text fz="xs" c="dimmed">
        {title}
      </Text>
      <ul className={classes.sentences}>
        {steps.map(({ measure, account, sentence, gain }) => (
          <li key={measure ?? account?.id}>
            <CauseLink measure={measure} account={account}>
              {sentence[language]}
            </CauseLink>{' '}
            <Text component="span" fz="xs" c="dimmed">
              {t('path.gain', { points: format.number(gain, 1) })}
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}
