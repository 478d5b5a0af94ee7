import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn, type ItemKind } from '../../../api/plans';
import { SidePanel } from '../../../components/SidePanel';
import { useLanguage } from '../../../lib/viewer';
import { emptyItem, itemsOf } from '../edit';
import { useEditing } from '../editing';
import { panelItem } from '../panel-address';
import type { PlanDeeds } from '../use-plan-deeds';
import { ActionForm } from './ActionForm';
import { GoalPanel } from './GoalPanel';
import { MilestoneForm } from './MilestoneForm';
import { RiskForm } from './RiskForm';

/** One item of the plan beside the page: looked at, changed, or made. */
export function ItemPanel({ deeds }: { deeds: PlanDeeds | null }) {
  return (
    <SidePanel title={(address) => <PanelTitle address={address} />}>
      {(address) => <PanelContent key={address} address={address} deeds={deeds} />}
    </SidePanel>
  );
}

function useItem<Kind extends ItemKind>(kind: Kind, key: string) {
  const { document } = useEditing();
  if (key === '') return { item: emptyItem(document, kind), isNew: true };
  return { item: itemsOf(document, kind).find((each) => each.key === key), isNew: false };
}

function PanelTitle({ address }: { address: string }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { kind, key } = panelItem(address) ?? { kind: 'goal' as const, key: '?' };
  const { item, isNew } = useItem(kind, key);
  if (isNew) return t(`add.${kind}`);
  return item ? wordsIn(item.name, language) : t(`kind.${kind}`);
}

function PanelContent({ address, deeds }: { address: string; deeds: PlanDeeds | null }) {
  const item = panelItem(address);
  switch (item?.kind) {
    case 'goal':
      return <OneGoal itemKey={item.key} deeds={deeds} />;
    case 'action':
      return <OneAction itemKey={item.key} deeds={deeds} />;
    case 'milestone':
      return <OneMilestone itemKey={item.key} />;
    case 'risk':
      return <OneRisk itemKey={item.key} />;
    case undefined:
      return <Gone />;
  }
}

function OneGoal({ itemKey, deeds }: { itemKey: string; deeds: PlanDeeds | null }) {
  const { item, isNew } = useItem('goal', itemKey);
  return item ? <GoalPanel goal={item} isNew={isNew} deeds={deeds} /> : <Gone />;
}

function OneAction({ itemKey, deeds }: { itemKey: string; deeds: PlanDeeds | null }) {
  const { item, isNew } = useItem('action', itemKey);
  return item ? <ActionForm action={item} isNew={isNew} deeds={deeds} /> : <Gone />;
}

function OneMilestone({ itemKey }: { itemKey: string }) {
  const { item, isNew } = useItem('milestone', itemKey);
  return item ? <MilestoneForm milestone={item} isNew={isNew} /> : <Gone />;
}

function OneRisk({ itemKey }: { itemKey: string }) {
  const { item, isNew } = useItem('risk', itemKey);
  return item ? <RiskForm risk={item} isNew={isNew} /> : <Gone />;
}

/** Removed meanwhile, or never there. */
function Gone() {
  const { t } = useTranslation('plans');
  return (
    <Text fz="sm" c="dimmed">
      {t('gone')}
    </Text>
  );
}
