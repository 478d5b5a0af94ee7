import { Anchor, Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { LevelBadge } from '../../../components/LevelBadge';
import { asLevel, levelColor } from '../../../lib/level';
import { useFormat } from '../../../lib/viewer';
import { previewScorecard, type PreviewAnswer } from '../definitions';
import classes from '../Settings.module.css';
import type { ScorecardBody } from '../types';

/** What the weights and curves on this page would do to the book, before anybody publishes them. */
export function ScorecardPreview({ body, isDraft }: { body: ScorecardBody; isDraft: boolean }) {
  const { t } = useTranslation('settings');
  const preview = useMutation({ mutationFn: () => previewScorecard(body) });
  return (
    <section className={classes.box}>
      <div className={classes.boxHead}>
        <div style={{ flex: 1, minWidth: 200 }}>
          <Title order={2}>{t('preview.title')}</Title>
          <Text fz="sm" c="dimmed">
            {t(isDraft ? 'preview.help' : 'preview.unchanged')}
          </Text>
        </div>
        <Button size="xs" variant="default" loading={preview.isPending} onClick={() => preview.mutate()}>
          {t('preview.button')}
        </Button>
      </div>
      {(preview.isError || preview.data) && (
        <div className={classes.boxBody}>
          {preview.isError && <ErrorState error={preview.error} />}
          {preview.data && <Effect effect={preview.data} />}
        </div>
      )}
    </section>
  );
}

function Effect({ effect }: { effect: PreviewAnswer }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const most = Math.max(1, ...[...effect.before, ...effect.after].map(({ count }) => count));
  return (
    <Stack gap="md">
      <div className={classes.bars}>
        {effect.before.map(({ level, count }, index) => {
          const after = effect.after.find((other) => other.level === level)?.count ?? 0;
          const color = levelColor(asLevel(level));
          return (
            <Fragment key={level ?? index}>
              <LevelBadge level={level} />
              <span aria-hidden>
                <div
                  className={classes.bar}
                  style={{ width: `${(count / most) * 100}%`, background: 'var(--chart-quiet)' }}
                />
                <div className={classes.bar} style={{ width: `${(after / most) * 100}%`, background: color }} />
              </span>
              <span className="tabular" style={{ textAlign: 'right' }}>
                {t('preview.counts', { before: format.number(count), after: format.number(after) })}
              </span>
            </Fragment>
          );
        })}
      </div>
      <Text fz="sm">
        {effect.moved_total === 0
          ? t('preview.nobody')
          : t('preview.moved', { count: effect.moved_total, all: format.number(effect.accounts) })}
      </Text>
      {effect.moved.length > 0 && <Movers effect={effect} />}
    </Stack>
  );
}

function Movers({ effect }: { effect: PreviewAnswer }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={520} mah={320}>
      <Table stickyHeader aria-label={t('preview.movers')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('preview.account')}</Table.Th>
            <Table.Th>{t('preview.now')}</Table.Th>
            <Table.Th>{t('preview.then')}</Table.Th>
            <Table.Th ta="right">{t('preview.score')}</Table.Th>
            <Table.Th ta="right">ARR</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {effect.moved.map((mover) => (
            <Table.Tr key={mover.id}>
              <Table.Td>
                <Anchor component={Link} to={`/accounts/${mover.id}`} fz="sm">
                  {mover.name}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <LevelBadge level={mover.level_before} />
              </Table.Td>
              <Table.Td>
                <LevelBadge level={mover.level_after} />
              </Table.Td>
              <Table.Td ta="right">
                <Group gap={4} justify="flex-end" wrap="nowrap" component="span">
                  {format.number(mover.score_before, 0)} → {format.number(mover.score_after, 0)}
                </Group>
              </Table.Td>
              <Table.Td ta="right">
                {format.money({ amount_minor: mover.arr_minor, currency: effect.currency })}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
