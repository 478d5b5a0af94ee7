import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { SidePanel } from '../../../components/SidePanel';
import { FigureTip } from '../FigureTip';
import type { Basis } from '../revenue';
import { useFigureName } from '../use-figure-names';
import { usePeriodName } from '../use-period-name';
import { parseCell, type CellAddress } from './address';
import { LevelContent } from './LevelContent';
import { ManyPeriods } from './ManyPeriods';
import { MovementsOfPeriod } from './MovementsOfPeriod';

interface CellPanelProps {
  basis: Basis;
  /** The bars of the page are in ARR, twelve times what the contracts below say a month. */
  isAnnual?: boolean;
}

/** What is behind a bar or a cell: the accounts, and the contracts of each. */
export function CellPanel({ basis, isAnnual = false }: CellPanelProps) {
  const { t } = useTranslation('revenue');
  return (
    <SidePanel title={(text) => <Heading text={text} />}>
      {(text) => {
        const cell = parseCell(text);
        if (!cell) return <EmptyState title={t('panel.unknown')}>{t('panel.unknownHelp')}</EmptyState>;
        return (
          <>
            {isAnnual && (
              <Text fz="sm" c="dimmed" mb={12}>
                {t('panel.inMrr')}
              </Text>
            )}
            <Content key={text} cell={cell} basis={basis} />
          </>
        );
      }}
    </SidePanel>
  );
}

function Content({ cell, basis }: { cell: CellAddress; basis: Basis }) {
  if (cell.kind === 'opening' || cell.kind === 'closing')
    return <LevelContent cell={cell} kind={cell.kind} basis={basis} />;
  if (cell.from !== cell.to) return <ManyPeriods cell={cell} kind={cell.kind} basis={basis} />;
  const { kind, grain, from, of } = cell;
  return (
    <MovementsOfPeriod
      basis={basis}
      question={{ month: from, grain, kind: kind === 'net_new' ? undefined : kind, ...of }}
    />
  );
}

function Heading({ text }: { text: string }) {
  const { t } = useTranslation('revenue');
  const name = useFigureName();
  const periodName = usePeriodName();
  const cell = parseCell(text);
  if (!cell) return t('panel.unknown');
  const { kind, grain, from, to } = cell;
  const period = from === to ? periodName(from, grain) : `${periodName(from, grain)} – ${periodName(to, grain)}`;
  return (
    <>
      {t('panel.title', { figure: name(kind), period })} <FigureTip figure={kind} />
    </>
  );
}
