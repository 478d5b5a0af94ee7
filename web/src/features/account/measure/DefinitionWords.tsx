import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import classes from '../Panel.module.css';
import type { MeasureDefinition } from '../health-types';

/** What a measure means: its own description where there is one, and each setting in words. */
export function DefinitionWords({ measure }: { measure: MeasureDefinition }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const description = measure.description?.[language];
  return (
    <>
      {description && <Text mb={8}>{description}</Text>}
      <dl className={classes.definition}>
        {settingsInWords(measure, t).map(([name, words]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** Name and value of every setting that says something. */
export function settingsInWords(measure: MeasureDefinition, t: TFunction<'account'>): [string, string][] {
  const { filter = {}, window_days = 0 } = measure;
  const listed = (words: string[] | undefined) =>
    words && words.length > 0 ? words.join(t('header.comma')) : undefined;
  const settings: [string, string | undefined][] = [
    [
      t('definition.counts'),
      t(`definition.aggregate.${measure.source}.${measure.aggregate}` as never, { defaultValue: measure.aggregate }),
    ],
    [t('definition.attribute'), measure.attribute || undefined],
    [t('definition.of'), listed(measure.of)],
    [t('definition.period'), window_days > 0 ? t('definition.days', { count: window_days }) : undefined],
    [t('definition.features'), listed(filter.features)],
    [t('definition.modules'), listed(filter.modules)],
    [
      t('definition.kinds'),
      listed(filter.kinds?.map((kind) => t(`definition.kind.${kind}` as never, { defaultValue: kind }))),
    ],
    [t('definition.roles'), listed(filter.roles?.map((role) => t(`role.${role}` as never, { defaultValue: role })))],
    [t('definition.products'), listed(filter.products)],
    [
      t('definition.only'),
      filter.urgent_only ? t('definition.urgent') : filter.active_only ? t('definition.active') : undefined,
    ],
    [
      t('definition.divided'),
      measure.divide_by && measure.divide_by !== 'nothing'
        ? t(`definition.divide.${measure.divide_by}` as never)
        : undefined,
    ],
    [
      t('definition.compared'),
      measure.compare && measure.compare !== 'nothing'
        ? t(`definition.compare.${measure.compare}` as never)
        : undefined,
    ],
    [
      t('definition.peers'),
      measure.percentile_among === 'book'
        ? t('definition.peersBook')
        : measure.percentile_among && t('definition.peersOf', { attribute: measure.percentile_among }),
    ],
    [t('definition.better'), measure.better === 'neither' ? undefined : t(`definition.betterIs.${measure.better}`)],
    [
      t('definition.stale'),
      measure.stale_after_days ? t('definition.days', { count: measure.stale_after_days }) : undefined,
    ],
    [
      t('definition.young'),
      measure.minimum_age_days ? t('definition.days', { count: measure.minimum_age_days }) : undefined,
    ],
  ];
  return settings.flatMap(([name, words]): [string, string][] => (words === undefined ? [] : [[name, words]]));
}
