import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { emptyCondition, type Condition } from '../../components/filter/condition';
import { Money } from '../../components/Money';
import { useFormat, useLanguage } from '../../lib/viewer';
import { previewQuery, type Overlap, type Part, type SegmentAccount } from './segments';
import classes from './Segments.module.css';

const pause_ms = 250;
const namesShown = 8;
const overlapsShown = 8;

interface PreviewProps {
  /** Undefined: no complete rule yet, which holds for all. */
  condition: Condition | undefined;
  /** The published segment that is being edited. */
  segmentKey: string | undefined;
}

/** How large the segment would be, who would be in it, and what it shares with the others; follows the hand. */
export function Preview({ condition, segmentKey }: PreviewProps) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const [asked] = useDebouncedValue(JSON.stringify(condition ?? emptyCondition), pause_ms);
  const preview = useQuery(previewQuery(JSON.parse(asked) as Condition, segmentKey));
  const { data } = preview;
  return (
    <section className={classes.preview} aria-label={t('preview.title')} aria-busy={preview.isPlaceholderData}>
      {preview.isPending && <Skeleton height={160} />}
      {preview.isError && <ErrorState error={preview.error} />}
      {data && !preview.isError && (
        <Stack gap="md">
          <div>
            <Text fz={24} fw={600} lh={1.3} aria-live="polite">
              {t('preview.accounts', { count: data.accounts, formatted: format.number(data.accounts) })}
            </Text>
            <Text fz="sm" c="dimmed">
              {t('preview.share', {
                share: format.percent(data.total === 0 ? null : data.accounts / data.total),
                arr: format.money(data.arr),
              })}
            </Text>
          </div>
          {data.entering && data.leaving && <Moves entering={data.entering} leaving={data.leaving} />}
          {data.sample.length > 0 && <Sample title={t('preview.largest')} accounts={data.sample} />}
          {data.overlaps.length > 0 && <Overlaps items={data.overlaps} />}
        </Stack>
      )}
    </section>
  );
}

function Moves({ entering, leaving }: { entering: Part; leaving: Part }) {
  const { t } = useTranslation('segments');
  if (entering.accounts === 0 && leaving.accounts === 0) {
    return (
      <Text fz="sm" c="dimmed">
        {t('preview.same')}
      </Text>
    );
  }
  return (
    <>
      {entering.accounts > 0 && (
        <Sample title={t('preview.entering', { count: entering.accounts })} accounts={entering.sample} />
      )}
      {leaving.accounts > 0 && (
        <Sample title={t('preview.leaving', { count: leaving.accounts })} accounts={leaving.sample} />
      )}
    </>
  );
}

function Sample({ title, accounts }: { title: string; accounts: readonly SegmentAccount[] }) {
  return (
    <div>
      <Title order={3} fz="sm" mb={4}>
        {title}
      </Title>
      <ul className={classes.sample}>
        {accounts.slice(0, namesShown).map(({ id, name, arr }) => (
          <li key={id}>
            <Text span inherit truncate title={name}>
              {name}
            </Text>
            <Money value={arr} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Overlaps({ items }: { items: readonly Overlap[] }) {
  const { t } = useTranslation('segments');
  const language = useLanguage();
  const format = useFormat();
  const shown = items.toSorted((a, b) => b.both - a.both).slice(0, overlapsShown);
  return (
    <div>
      <Title order={3} fz="sm" mb={4}>
        {t('preview.overlaps')}
      </Title>
      <table className={classes.overlaps}>
        <thead>
          <tr>
            <th scope="col">{t('preview.other')}</th>
            <th scope="col">{t('preview.both')}</th>
            <th scope="col">{t('preview.onlyThis')}</th>
            <th scope="col">{t('preview.onlyOther')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ segment, name, both, only_this, only_other }) => (
            <tr key={segment}>
              <th scope="row">{name[language]}</th>
              <td>{format.number(both)}</td>
              <td>{format.number(only_this)}</td>
              <td>{format.number(only_other)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
