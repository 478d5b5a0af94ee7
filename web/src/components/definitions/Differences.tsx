import { Text } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import classes from './Definitions.module.css';
import type { Difference } from '../../api/definitions';

/** What changed between two versions: the place in words, before and after. */
export function Differences({ items }: { items: readonly Difference[] }) {
  const { t, i18n } = useTranslation('definitions');
  const language = useLanguage();
  const isShown = (path: string) => !path.endsWith(language === 'ja' ? '.en' : '.ja');
  const shown = items.filter(({ path }) => isShown(path));
  const words = (path: string) =>
    path
      .split(/[.[\]]+/)
      .filter((part) => part !== '' && part !== 'ja' && part !== 'en')
      .map((part) => (i18n.exists(`definitions:part.${part}`) ? t(`part.${part}`) : part))
      .join(' › ');
  if (shown.length === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {t('versions.noDifference')}
      </Text>
    );
  }
  return (
    <div className={classes.diff}>
      {shown.map(({ path, before, after }) => (
        <Fragment key={path}>
          <span>{words(path)}</span>
          <span>
            {before !== null && <span className={classes.before}>{valueText(before)}</span>}
            {before !== null && after !== null && ' → '}
            {after === null ? ` ${t('versions.removed')}` : valueText(after)}
          </span>
        </Fragment>
      ))}
    </div>
  );
}

function valueText(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  return JSON.stringify(value);
}
