import { Button, Checkbox, Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Plan, type PlanOffers } from '../../api/plans';
import { ErrorState } from '../../components/ErrorState';
import { useLanguage } from '../../lib/viewer';
import { offersQuery } from './requests';
import type { PlanDeeds } from './use-plan-deeds';

interface OffersDialogProps {
  plan: Plan;
  deeds: PlanDeeds;
  opened: boolean;
  onClose: () => void;
}

/** What the template has new since the plan was made: each can be taken or left. */
export function OffersDialog({ plan, deeds, opened, onClose }: OffersDialogProps) {
  const { t } = useTranslation('plans');
  const offers = useQuery({ ...offersQuery(plan.id, plan.version), enabled: opened });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('offers.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {offers.isPending && <Skeleton height={160} />}
      {offers.isError && <ErrorState error={offers.error} />}
      {offers.data && <Choice offers={offers.data} deeds={deeds} onClose={onClose} />}
    </Modal>
  );
}

function Choice({ offers, deeds, onClose }: { offers: PlanOffers; deeds: PlanDeeds; onClose: () => void }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const name = ({ kind, key }: { kind: string; key: string }) => `${kind} ${key}`;
  const [chosen, setChosen] = useState<string[]>(() => offers.items.map(name));
  const take = () =>
    deeds.takeOffers(
      offers.to_version,
      offers.items.filter((item) => chosen.includes(name(item))).map(({ kind, key }) => ({ kind, key })),
      onClose,
    );
  return (
    <Stack gap="md">
      <Text fz="sm">{t('offers.help')}</Text>
      <Checkbox.Group value={chosen} onChange={setChosen} label={t('offers.choose')}>
        <Stack gap={10} mt={8}>
          {offers.items.map((item) => (
            <Checkbox
              key={name(item)}
              value={name(item)}
              label={t('offers.item', {
                kind: t(`kind.${item.kind}`),
                name: wordsIn(item.name, language),
                change: t(`offers.${item.change}`),
              })}
              description={item.words[language]}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('offers.later')}
        </Button>
        <Button onClick={take} loading={deeds.isBusy}>
          {chosen.length > 0 ? t('offers.take', { count: chosen.length }) : t('offers.none')}
        </Button>
      </Group>
    </Stack>
  );
}
