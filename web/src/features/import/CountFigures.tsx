import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import classes from './Import.module.css';
import type { ImportCounts } from './imports';

const always = ['rows', 'created', 'updated', 'unchanged', 'rejected'] as const;

/** Rows in, and what becomes of them. */
export function CountFigures({ counts }: { counts: ImportCounts }) {
  const { t } = useTranslation('import');
  const format = useFormat();
  const shown = counts.skipped > 0 ? ([...always, 'skipped'] as const) : always;
  return (
    <div className={classes.figures}>
      {shown.map((key) => (
        <div key={key} className={classes.figure}>
          <Text fz="sm" c="dimmed">
            {t(`counts.${key}`)}
          </Text>
          <div
            className={classes.value}
            style={key === 'rejected' && counts.rejected > 0 ? { color: 'var(--level-critical)' } : undefined}
          >
            {format.number(counts[key])}
          </div>
        </div>
      ))}
    </div>
  );
}
