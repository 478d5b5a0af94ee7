import { Skeleton, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { AccountLink } from '../../components/rules/AccountLink';
import { useFormat, useLanguage } from '../../lib/viewer';
import { modelPreviewQuery } from './requests';
import type { BeforeAndAfter, ModelBody } from './types';
import classes from './Org.module.css';

const pause_ms = 300;

/** Who would have which model if this one were published now. */
export function ModelPreview({ definitionKey, body }: { definitionKey: string; body: ModelBody }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const format = useFormat();
  const [asked] = useDebouncedValue(body, pause_ms);
  const preview = useQuery(modelPreviewQuery(definitionKey, asked));
  if (preview.isError) return <ErrorState error={preview.error} />;
  if (!preview.data) return <Skeleton height={240} />;
  const { items, none, moving, sample } = preview.data;
  return (
    <section
      className={classes.aside}
      aria-label={t('preview')}
      aria-busy={preview.isPlaceholderData || asked !== body}
    >
      <Title order={2}>{t('preview')}</Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t('model.moving', { count: moving, formatted: format.number(moving) })}
      </Text>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('preview')}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('column.model')}</th>
              <th scope="col">{t('before')}</th>
              <th scope="col">{t('after')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <CountRow key={item.key} name={item.name[language]} counts={item} isThis={item.key === definitionKey} />
            ))}
            <CountRow name={t('model.noModel')} counts={none} isThis={false} />
          </tbody>
        </table>
      </div>
      {sample.length > 0 && (
        <>
          <Title order={3} mt="md" mb={4}>
            {t('model.sample')}
          </Title>
          <ul className={classes.list}>
            {sample.map((account) => (
              <li key={account.id} className={classes.line}>
                <AccountLink id={account.id} name={account.name || null} />
                <Money value={account.arr} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function CountRow({ name, counts, isThis }: { name: string; counts: BeforeAndAfter; isThis: boolean }) {
  const format = useFormat();
  const { before, after } = counts;
  return (
    <tr>
      <th scope="row" className={isThis ? classes.changed : undefined} title={name}>
        {name}
      </th>
      <td>{format.number(before.accounts)}</td>
      <td className={before.accounts === after.accounts ? undefined : classes.changed}>
        {format.number(after.accounts)}
      </td>
    </tr>
  );
}
