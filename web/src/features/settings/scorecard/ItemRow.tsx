import { Anchor, Badge, Button, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import type { ScorecardItem } from '../types';
import { variantsOf } from './curve';
import { useEditing, useSetGroups } from './editing';
import { Faults } from './Faults';
import { ItemDetails } from './ItemDetails';
import { MoveHandle, MoveMenu } from './MoveMenu';
import { dropProps, useReordering } from './reorder';
import classes from './Scorecard.module.css';
import { changeItem, pathText, removeAt, type Place } from './tree';
import { WeightInput } from './WeightInput';

interface ItemRowProps {
  item: ScorecardItem;
  place: Place;
  /** Among what lies beside it, 0 to 1. */
  share: number;
  /** What its group is worth of the whole score. */
  groupShare: number;
}

/** One measure of a scorecard: its weight, and behind a button how it becomes points. */
export function ItemRow({ item, place, share, groupShare }: ItemRowProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const format = useFormat();
  const reordering = useReordering();
  const { body, measures } = useEditing();
  const setGroups = useSetGroups();
  const [open, setOpen] = useState(false);
  const measure = measures?.get(item.measure);
  const name = measure?.name[language] || item.measure;
  const path = `${pathText(place.parent)}.measures[${place.index}]`;
  const set =
    setGroups && ((next: ScorecardItem) => setGroups(changeItem(body.groups, place.parent, place.index, next)));
  return (
    <>
      <div className={classes.item} data-fixed={!set || undefined} {...dropProps(reordering, place)}>
        {set && <MoveHandle place={place} name={name} />}
        <div>
          <Anchor component={Link} to={`/settings/measures/${item.measure}`} fz="sm" fw={500}>
            {name}
          </Anchor>
          <div className={classes.notes}>
            <Text fz="xs" c="dimmed">
              {t('scorecard.ofTotal', { share: format.percent(share * groupShare, 1) })}
            </Text>
            <ItemNotes item={item} />
          </div>
        </div>
        <WeightInput
          label={name}
          value={item.weight}
          share={share}
          onChange={set && ((weight) => set({ ...item, weight }))}
        />
        <Button
          size="compact-sm"
          variant="default"
          aria-expanded={open}
          aria-label={t('scorecard.detailsOf', { name })}
          onClick={() => setOpen((now) => !now)}
        >
          {t('scorecard.details')}
        </Button>
        {set && <MoveMenu place={place} name={name} onRemove={() => setGroups(removeAt(body.groups, place))} />}
      </div>
      <Faults path={path} />
      {open && <ItemDetails item={item} name={name} measure={measure} onChange={set} />}
    </>
  );
}

/** What is special about this measure, in a word each. */
function ItemNotes({ item }: { item: ScorecardItem }) {
  const { t } = useTranslation('settings');
  const variants = variantsOf(item).length;
  return (
    <>
      {item.missing !== 'ignore' && (
        <Text fz="xs" c="dimmed">
          {t(`missing.${item.missing}`)}
        </Text>
      )}
      {variants > 1 && <Badge size="xs">{t('variant.count', { count: variants })}</Badge>}
      {item.applies_when && <Badge size="xs">{t('applies.badge')}</Badge>}
      {item.decay && <Badge size="xs">{t('decay.badge')}</Badge>}
    </>
  );
}
