import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { inWords } from './measure/expression';
import type { MeasureBody, MeasureFilter } from './types';
import { isWindowed } from './vocabulary';

export interface MeasureFact {
  term: string;
  text: string;
}

/** A measure's definition in words, part by part. `nameOf` knows other measures and attributes by their keys. */
export function useMeasureWords(nameOf: (key: string) => string = (key) => key) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const language = useLanguage();
  const comma = language === 'ja' ? '、' : ', ';

  const filterText = (filter: MeasureFilter | undefined): string => {
    if (!filter) return '';
    const listed = (label: string, values: string[] | undefined, name: (value: string) => string = (value) => value) =>
      values && values.length > 0 ? [`${label}: ${values.map(name).join(comma)}`] : [];
    return [
      ...(filter.active_only ? [t('filter.activeOnly')] : []),
      ...(filter.urgent_only ? [t('filter.urgentOnly')] : []),
      ...listed(t('filter.features'), filter.features),
      ...listed(t('filter.modules'), filter.modules),
      ...listed(t('filter.kinds'), filter.kinds, (kind) => t(`factKind.${kind}`)),
      ...listed(t('filter.roles'), filter.roles, (role) => t(`contactRole.${role}`)),
      ...listed(t('filter.products'), filter.products),
    ].join(' / ');
  };
  const windowText = (body: MeasureBody): string => {
    if (!isWindowed(body.source, body.aggregate)) return t('measure.present');
    return body.window_days ? t('measure.lastDays', { count: body.window_days }) : t('measure.allTime');
  };
  const whatText = (body: MeasureBody): string => {
    if (body.source === 'attribute') return `${t('aggregate.value')}: ${nameOf(body.attribute ?? '')}`;
    if (body.aggregate === 'expression') return inWords(body.expression ?? '', nameOf);
    if (body.source === 'measures') {
      return `${t(`aggregate.${body.aggregate}`)}: ${(body.of ?? []).map(nameOf).join(comma)}`;
    }
    return t(`aggregate.${body.aggregate}`);
  };
  const facts = (body: MeasureBody): MeasureFact[] => {
    const filter = filterText(body.filter);
    const divided = body.divide_by && body.divide_by !== 'nothing';
    const compared = body.compare && body.compare !== 'nothing';
    return [
      { term: t('measure.source'), text: t(`source.${body.source}`) },
      { term: t('measure.aggregate'), text: whatText(body) },
      ...(filter ? [{ term: t('measure.filter'), text: filter }] : []),
      { term: t('measure.window'), text: windowText(body) },
      ...(divided ? [{ term: t('measure.divideBy'), text: t(`divideBy.${body.divide_by}`) }] : []),
      ...(compared
        ? [
            {
              term: t('measure.compare'),
              text: `${t(`compare.${body.compare}`)} (${t(`change.${body.change ?? 'percent'}`)})`,
            },
          ]
        : []),
      { term: t('measure.unit'), text: t(`unit.${body.unit}`) },
      { term: t('measure.better'), text: t(`better.${body.better}`) },
      { term: t('measure.noFacts'), text: t(`noFacts.${body.no_facts ?? 'missing'}`) },
      {
        term: t('measure.stale'),
        text: body.stale_after_days
          ? t('measure.staleAfter', { count: body.stale_after_days, formatted: format.number(body.stale_after_days) })
          : t('measure.never'),
      },
      ...(body.minimum_age_days
        ? [{ term: t('measure.minimumAge'), text: t('measure.youngerThan', { count: body.minimum_age_days }) }]
        : []),
    ];
  };
  return { facts, windowText };
}
