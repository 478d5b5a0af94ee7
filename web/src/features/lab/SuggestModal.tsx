import { Alert, Button, Group, Loader, Modal, Stack, Table, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { InfoTip } from '../../components/InfoTip';
import { useFormat, useLanguage } from '../../lib/viewer';
import { areApart, isTrusted, useFigures } from './figures';
import { ForestRows } from './ForestRows';
import { suggestionQuery } from './lab';
import classes from './Lab.module.css';
import { useShown } from './subject';
import { tuningTo, type Tuning } from './tuning';
import type { Interval, Question, ScorecardBody, Suggestion } from './types';

interface SuggestModalProps {
  question: Question;
  body: ScorecardBody;
  stamp: string;
  onApply: (moved: Tuning) => void;
  onClose: () => void;
}

/** Weights learned from what happened, and honestly whether they would have been better. */
export function SuggestModal({ question, body, stamp, onApply, onClose }: SuggestModalProps) {
  const { t } = useTranslation('lab');
  // What was asked when it opened; the sliders do not move meanwhile.
  const [asked] = useState(question);
  const suggestion = useQuery(suggestionQuery(asked, stamp));
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      title={t('suggest.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {suggestion.isPending && (
        <Group py={32} justify="center" role="status">
          <Loader size="sm" />
          <Text fz="sm">{t('suggest.working')}</Text>
        </Group>
      )}
      {suggestion.isError && <ErrorState error={suggestion.error} onRetry={() => void suggestion.refetch()} />}
      {suggestion.data && (
        <Offer
          suggestion={suggestion.data}
          onApply={() => onApply(tuningTo(body, suggestion.data.body))}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

/** In percent of the whole score: less is the same weight written otherwise. */
const sameShare = 0.05;

function Offer(props: { suggestion: Suggestion; onApply: () => void; onClose: () => void }) {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const { outcome, leadDays } = useShown();
  const { suggestion, onApply, onClose } = props;
  const { auc_now, auc_suggested, auc_baseline, warnings, weights } = suggestion;
  const isOffer = weights.some(
    ({ weight_now, weight_suggested }) => Math.abs(weight_now - weight_suggested) > sameShare,
  );
  return (
    <Stack gap="md">
      {warnings.map(({ code, message }) => (
        <Alert key={code} variant="default" className={classes.warning} icon={<IconAlertTriangle size={18} />}>
          {message[language]}
        </Alert>
      ))}
      <section className={classes.headline} data-trusted={isTrusted(warnings)}>
        <Group gap={4}>
          <Title order={3}>{t('suggest.comparison')}</Title>
          <InfoTip about={t('suggest.comparison')}>{t('help.suggest')}</InfoTip>
        </Group>
        <Text fz="sm" c="dimmed" mb={4}>
          {t('power.about', { outcome: outcome.name, count: leadDays })}
        </Text>
        <ForestRows
          rows={[
            { key: 'suggested', name: t('suggest.suggested'), interval: auc_suggested, isMain: true },
            { key: 'now', name: t('suggest.now'), interval: auc_now },
            { key: 'trivial', name: t('suggest.baseline'), interval: auc_baseline, help: t('help.baseline') },
          ]}
        />
        <Text mt={8}>{isOffer ? t(`suggest.verdict.${verdictOn(suggestion)}`) : t('suggest.none')}</Text>
      </section>
      {isOffer && <WeightChanges weights={weights} />}
      {suggestion.folds.length > 0 && <Folds folds={suggestion.folds} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={onApply} disabled={!isOffer}>
          {t('suggest.apply')}
        </Button>
      </Group>
    </Stack>
  );
}

function verdictOn({ auc_now, auc_suggested, warnings }: Suggestion): 'unknown' | 'better' | 'maybe' | 'worse' {
  if (!auc_now || !auc_suggested || !isTrusted(warnings)) return 'unknown';
  if (auc_suggested.value <= auc_now.value) return 'worse';
  return areApart(auc_now, auc_suggested) ? 'better' : 'maybe';
}

function WeightChanges({ weights }: { weights: Suggestion['weights'] }) {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const format = useFormat();
  const figures = useFigures();
  const most = Math.max(1, ...weights.flatMap(({ weight_now, weight_suggested }) => [weight_now, weight_suggested]));
  return (
    <section>
      <Group gap={4} mb={4}>
        <Title order={3}>{t('suggest.weights')}</Title>
        <InfoTip about={t('suggest.missed')}>{t('help.missed')}</InfoTip>
      </Group>
      <div className={classes.weightBars}>
        {weights.map(({ path, name, weight_now, weight_suggested, missed_if_dropped }) => (
          <Fragment key={path}>
            <span>{name[language]}</span>
            <span aria-hidden>
              <i style={{ width: `${(weight_now / most) * 100}%`, background: 'var(--chart-quiet)' }} />
              <i style={{ width: `${(weight_suggested / most) * 100}%`, background: 'var(--text-link)' }} />
            </span>
            <span className="tabular" style={{ textAlign: 'right' }}>
              {format.percent(weight_now / 100, 1)} → {format.percent(weight_suggested / 100, 1)}
              <Text fz="xs" c="dimmed">
                {t('suggest.missedOf', {
                  points: figures.difference(missed_if_dropped === null ? null : -missed_if_dropped),
                })}
              </Text>
            </span>
          </Fragment>
        ))}
      </div>
    </section>
  );
}

function FoldAuc({ interval }: { interval: Interval | null }) {
  const figures = useFigures();
  return (
    <Table.Td ta="right" className="tabular">
      {figures.auc(interval?.value)}
      <Text fz="xs" c="dimmed">
        {figures.aucRange(interval)}
      </Text>
    </Table.Td>
  );
}

function Folds({ folds }: { folds: Suggestion['folds'] }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  return (
    <section>
      <Group gap={4} mb={4}>
        <Title order={3}>{t('suggest.folds')}</Title>
        <InfoTip about={t('suggest.folds')}>{t('help.folds')}</InfoTip>
      </Group>
      <Table.ScrollContainer minWidth={520}>
        <Table aria-label={t('suggest.folds')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('suggest.trainTo')}</Table.Th>
              <Table.Th>{t('suggest.tested')}</Table.Th>
              <Table.Th ta="right">{t('column.outcomes')}</Table.Th>
              <Table.Th ta="right">{t('suggest.suggested')}</Table.Th>
              <Table.Th ta="right">{t('suggest.now')}</Table.Th>
              <Table.Th ta="right">{t('suggest.baseline')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {folds.map((fold) => (
              <Table.Tr key={fold.test_from}>
                <Table.Td>{format.dayShort(fold.train_to)}</Table.Td>
                <Table.Td>
                  {format.dayShort(fold.test_from)}–{format.dayShort(fold.test_to)}
                </Table.Td>
                <Table.Td ta="right">{format.number(fold.outcomes)}</Table.Td>
                <FoldAuc interval={fold.auc_suggested} />
                <FoldAuc interval={fold.auc_now} />
                <FoldAuc interval={fold.auc_baseline} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}
