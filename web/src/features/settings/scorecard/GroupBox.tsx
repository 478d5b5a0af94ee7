import { ActionIcon, Button, Group, Text, Title } from '@mantine/core';
import { IconFolderPlus, IconPencil } from '@tabler/icons-react';
import { useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../../components/confirm';
import { InfoTip } from '../../../components/InfoTip';
import { useFormat, useLanguage } from '../../../lib/viewer';
import settings from '../Settings.module.css';
import type { ScorecardGroup } from '../types';
import { shareOf } from './curve';
import { useEditing, useSetGroups } from './editing';
import { Faults } from './Faults';
import { ItemRow } from './ItemRow';
import { MeasurePicker } from './MeasurePicker';
import { MoveHandle, MoveMenu } from './MoveMenu';
import { NameFields } from './NameFields';
import { newGroup } from './new-group';
import { startingCurve, startingWeight } from './new-item';
import { dropProps, takesDrop, useReordering } from './reorder';
import classes from './Scorecard.module.css';
import {
  addGroup,
  addItem,
  allGroups,
  allItems,
  changeGroup,
  deepestGroup,
  pathText,
  removeAt,
  type GroupPath,
  type Place,
} from './tree';
import { WeightInput } from './WeightInput';

interface GroupBoxProps {
  group: ScorecardGroup;
  path: GroupPath;
  /** Of all that lies beside it, this one included. */
  siblingWeights: readonly number[];
  /** What its parent is worth of the whole score, 0 to 1. */
  parentShare: number;
}

/** One group with its measures and the groups within it. */
export function GroupBox({ group, path, siblingWeights, parentShare }: GroupBoxProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const reordering = useReordering();
  const { body } = useEditing();
  const setGroups = useSetGroups();
  const isUnnamed = group.name.ja === '' && group.name.en === '';
  const [naming, setNaming] = useState(isUnnamed);
  const place: Place = { kind: 'group', parent: path.slice(0, -1), index: path.at(-1) ?? 0 };
  const name = group.name[language] || t('group.unnamed');
  const share = shareOf(group.weight, siblingWeights);
  const { measures = [], groups = [] } = group;
  const weights = [...measures, ...groups].map(({ weight }) => weight);
  const set =
    setGroups &&
    ((next: Partial<ScorecardGroup>) => setGroups(changeGroup(body.groups, path, (now) => ({ ...now, ...next }))));
  const remove = () => setGroups?.(removeAt(body.groups, place));
  const askRemove = () =>
    weights.length === 0
      ? remove()
      : confirm({
          title: t('group.removeTitle', { name }),
          children: t('group.removeDetail', { count: allItems([group]).length }),
          confirmLabel: t('order.remove'),
          danger: true,
          onConfirm: remove,
        });
  return (
    <section className={settings.box} aria-label={name} data-depth={path.length} {...dropProps(reordering, place)}>
      <div className={settings.boxHead}>
        <MoveHandle place={place} name={name} />
        <div style={{ flex: '1 1 220px', minWidth: 0 }}>
          <Group gap={6} wrap="nowrap">
            <Title order={3} fz={path.length > 1 ? 'sm' : undefined}>
              {name}
            </Title>
            {set && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-expanded={naming}
                aria-label={t('group.rename', { name })}
                onClick={() => setNaming((now) => !now)}
              >
                <IconPencil size={14} aria-hidden />
              </ActionIcon>
            )}
          </Group>
          <GroupShare share={share * parentShare} description={group.description?.[language]} />
        </div>
        <div style={{ flex: '0 1 340px', minWidth: 240 }}>
          <WeightInput
            label={name}
            value={group.weight}
            share={share}
            onChange={set && ((weight) => set({ weight }))}
          />
        </div>
        {path.length === 1 && <InfoTip about={t('scorecard.weights')}>{t('scorecard.weightsHelp')}</InfoTip>}
        {set && <MoveMenu place={place} name={name} onRemove={askRemove} />}
      </div>
      {naming && set && (
        <div className={settings.boxBody}>
          <NameFields
            name={group.name}
            onName={(next) => set({ name: next })}
            describe="description"
            description={group.description}
            onDescription={(description) => set({ description })}
            autoFocus={isUnnamed}
          />
        </div>
      )}
      <Faults path={pathText(path)} ownOnly />
      {measures.map((item, index) => (
        <ItemRow
          key={item.measure}
          item={item}
          place={{ kind: 'measure', parent: path, index }}
          share={shareOf(item.weight, weights)}
          groupShare={share * parentShare}
        />
      ))}
      {groups.length > 0 && (
        <div className={classes.nested}>
          {groups.map((inner, index) => (
            <GroupBox
              key={inner.key}
              group={inner}
              path={[...path, index]}
              siblingWeights={weights}
              parentShare={share * parentShare}
            />
          ))}
        </div>
      )}
      {weights.length === 0 && (
        <Text fz="sm" c="dimmed" px={16} pt={10}>
          {t('group.empty')}
        </Text>
      )}
      {setGroups && <GroupFoot group={group} path={path} name={name} onAim={() => setNaming(false)} />}
    </section>
  );
}

function GroupShare({ share, description }: { share: number; description?: string }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  return (
    <Text fz="xs" c="dimmed">
      {t('scorecard.ofTotal', { share: format.percent(share, 1) })}
      {description && ` · ${description}`}
    </Text>
  );
}

/** Adds to the group; also where a measure is dropped into a group that has none. */
function GroupFoot({
  group,
  path,
  name,
  onAim,
}: {
  group: ScorecardGroup;
  path: GroupPath;
  name: string;
  onAim: () => void;
}) {
  const { t } = useTranslation('settings');
  const reordering = useReordering();
  const { body, measures } = useEditing();
  const setGroups = useSetGroups();
  const inside = { measures: group.measures ?? [], groups: group.groups ?? [] };
  const taken = new Set(allItems(body.groups).map(({ measure }) => measure));
  const count = inside.measures.length;
  const pick = (key: string) => {
    onAim();
    setGroups?.(
      addItem(body.groups, path, {
        measure: key,
        weight: startingWeight(inside),
        missing: 'ignore',
        curve: startingCurve(measures?.get(key)),
      }),
    );
  };
  const addInner = () => {
    const keys = allGroups(body.groups).map(({ group: { key } }) => key);
    setGroups?.(addGroup(body.groups, path, newGroup(keys, startingWeight(inside))));
  };
  return (
    <div
      className={classes.foot}
      {...(reordering?.dragged?.kind === 'measure' && {
        'data-drop':
          reordering.target?.index === count && pathText(reordering.target.parent) === pathText(path)
            ? 'before'
            : undefined,
        ...takesDrop(reordering),
        onDragOver: (event: DragEvent) => {
          event.preventDefault();
          event.stopPropagation();
          reordering.aim({ kind: 'measure', parent: path, index: count });
        },
      })}
    >
      <MeasurePicker label={t('scorecard.addMeasureTo', { name })} measures={measures} taken={taken} onPick={pick} />
      {path.length < deepestGroup && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFolderPlus size={14} aria-hidden />}
          aria-label={t('group.addInner', { name })}
          onClick={addInner}
        >
          {t('group.add')}
        </Button>
      )}
    </div>
  );
}
