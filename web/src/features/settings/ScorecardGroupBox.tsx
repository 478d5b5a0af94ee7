import { Anchor, Button, Select, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { useFormat, useLanguage } from '../../lib/viewer';
import { shareOf } from './curve';
import { CurveEditor } from './CurveEditor';
import classes from './Settings.module.css';
import type { MeasureBody, MissingPolicy, ScorecardGroup, ScorecardItem } from './types';
import { WeightInput } from './WeightInput';

interface ScorecardGroupBoxProps {
  group: ScorecardGroup;
  /** Of all groups, this one included. */
  groupWeights: readonly number[];
  measures?: ReadonlyMap<string, MeasureBody>;
  /** Absent where one may only look. */
  onChange?: (group: ScorecardGroup) => void;
}

/** One group of a scorecard with its measures: weights, what missing data means, and the curves. */
export function ScorecardGroupBox({ group, groupWeights, measures, onChange }: ScorecardGroupBoxProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const groupShare = shareOf(group.weight, groupWeights);
  const weights = group.measures.map(({ weight }) => weight);
  const setItem = onChange
    ? (at: number) => (item: ScorecardItem) =>
        onChange({ ...group, measures: group.measures.map((other, index) => (index === at ? item : other)) })
    : undefined;
  return (
    <div className={classes.box}>
      <div className={classes.boxHead}>
        <div style={{ flex: '1 1 240px', minWidth: 0 }}>
          <Title order={3}>{group.name[language]}</Title>
          <Text fz="xs" c="dimmed">
            {group.description?.[language]}
          </Text>
        </div>
        <div style={{ flex: '0 1 340px', minWidth: 240 }}>
          <WeightInput
            label={group.name[language]}
            value={group.weight}
            share={groupShare}
            onChange={onChange && ((weight) => onChange({ ...group, weight }))}
          />
        </div>
        <InfoTip about={t('scorecard.weights')}>{t('scorecard.weightsHelp')}</InfoTip>
      </div>
      {group.measures.map((item, index) => (
        <ItemRow
          key={item.measure}
          item={item}
          measure={measures?.get(item.measure)}
          share={shareOf(item.weight, weights)}
          groupShare={groupShare}
          onChange={setItem?.(index)}
        />
      ))}
    </div>
  );
}

interface ItemRowProps {
  item: ScorecardItem;
  measure?: MeasureBody;
  share: number;
  groupShare: number;
  onChange?: (item: ScorecardItem) => void;
}

const policies: readonly MissingPolicy[] = ['ignore', 'neutral', 'bad'];

function ItemRow({ item, measure, share, groupShare, onChange }: ItemRowProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const name = measure?.name[language] ?? item.measure;
  return (
    <>
      <div className={classes.item}>
        <div>
          <Anchor component={Link} to={`/settings/measures/${item.measure}`} fz="sm" fw={500}>
            {name}
          </Anchor>
          <Text fz="xs" c="dimmed">
            {t('scorecard.ofTotal', { share: format.percent(share * groupShare, 1) })}
          </Text>
        </div>
        <WeightInput
          label={name}
          value={item.weight}
          share={share}
          onChange={onChange && ((weight) => onChange({ ...item, weight }))}
        />
        <Select
          size="xs"
          aria-label={t('scorecard.missingOf', { name })}
          allowDeselect={false}
          disabled={!onChange}
          data={policies.map((policy) => ({ value: policy, label: t(`missing.${policy}`) }))}
          value={item.missing}
          onChange={(policy) => policy && onChange?.({ ...item, missing: policy as MissingPolicy })}
        />
        <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen((now) => !now)}>
          {t('scorecard.curve')}
        </Button>
      </div>
      {open && <CurveEditor item={item} name={name} unit={measure?.unit} onChange={onChange} />}
    </>
  );
}
