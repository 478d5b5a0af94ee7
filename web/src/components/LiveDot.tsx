import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatRelativeInstant } from '../lib/format/date';
import { useLiveStatus } from '../lib/live/use-live';
import { useNow } from '../lib/use-now';
import { useLanguage } from '../lib/viewer';
import classes from './LiveDot.module.css';

/** Whether the page follows by itself what happens, and when it last heard something. */
export function LiveDot() {
  const { t } = useTranslation('common');
  const language = useLanguage();
  const { state, lastAt_ms } = useLiveStatus();
  const lastAt = lastAt_ms === null ? null : new Date(lastAt_ms).toISOString();
  const ago = useNow((now_ms) => formatRelativeInstant(lastAt, now_ms, language));
  return (
    <Tooltip label={t(`live.${state}Help`, { ago })}>
      <span className={classes.live} data-state={state} role="status" tabIndex={0}>
        <span className={classes.dot} aria-hidden />
        {t(`live.${state}`)}
      </span>
    </Tooltip>
  );
}
