import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './Button';
import { problemText } from './problem-text';
import classes from './Ui.module.css';

export function Skeleton({ height_px = 120 }: { height_px?: number }) {
  return <div className={classes.skeleton} style={{ height: height_px }} aria-hidden />;
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={`${classes.notice} ${classes.empty}`}>
      <p>
        <strong>{title}</strong>
      </p>
      {children && <p>{children}</p>}
    </div>
  );
}

/** What went wrong in words of the reader, and the way to try again. */
export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('texts');
  return (
    <div className={classes.notice} data-tone="bad" role="alert">
      <p>{problemText(t, error)}</p>
      {onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
    </div>
  );
}

interface LoadedProps<Data> {
  query: UseQueryResult<Data>;
  height_px?: number;
  children: (data: Data) => ReactNode;
}

/** The content once it is here; before that its room, and where it does not come why. */
export function Loaded<Data>({ query, height_px, children }: LoadedProps<Data>) {
  const { t } = useTranslation('texts');
  if (query.data !== undefined) return children(query.data);
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      <Skeleton height_px={height_px} />
    </>
  );
}
