import { Checkbox, MultiSelect, Select, SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionsQuery } from '../../../api/definitions';
import { featuresQuery } from '../../../api/features';
import { useLanguage } from '../../../lib/viewer';
import { attributesQuery } from '../attributes';
import { productsQuery } from '../../../api/contracts';
import type { MeasureBody, MeasureFilter } from '../types';
import { contactRoles, kindsOf } from '../vocabulary';

interface FieldsProps {
  body: MeasureBody;
  onChange: (change: Partial<MeasureBody>) => void;
}

/** The attribute, or the other measures, that it is made of. */
export function OperandFields({ body, onChange }: FieldsProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const attributes = useQuery({ ...attributesQuery, enabled: body.source === 'attribute' });
  const measures = useQuery({ ...definitionsQuery('measure'), enabled: body.source === 'measures' });
  if (body.source === 'attribute') {
    return (
      <Select
        label={t('measure.attribute')}
        searchable
        data={attributes.data?.map(({ key, name }) => ({ value: key, label: name[language] })) ?? []}
        value={body.attribute ?? null}
        onChange={(attribute) => onChange({ attribute: attribute ?? undefined })}
      />
    );
  }
  if (body.source !== 'measures' || body.aggregate === 'expression') return null;
  return (
    <MultiSelect
      label={t('measure.of')}
      searchable
      data={
        measures.data
          ?.filter(({ key }) => key !== body.key)
          .map(({ key, name }) => ({ value: key, label: name[language] })) ?? []
      }
      value={body.of ?? []}
      onChange={(of) => onChange({ of })}
    />
  );
}

/** Which facts take part; nothing chosen means all. */
export function MeasureFilterFields({ body, onChange }: FieldsProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const isUsage = body.source === 'usage';
  const isSold = body.source === 'subscriptions' || body.divide_by === 'seats';
  const hasRoles = body.source === 'contacts' || body.source === 'interactions';
  const kinds = kindsOf(body.source);
  const features = useQuery({ ...featuresQuery, enabled: isUsage });
  const products = useQuery({ ...productsQuery, enabled: isSold });
  const filter = body.filter ?? {};
  const set = (change: MeasureFilter) => onChange({ filter: { ...filter, ...change } });
  const modules = [...new Set(features.data?.map(({ module }) => module).filter(Boolean))].sort();
  if (!isUsage && !isSold && !hasRoles && kinds.length === 0 && body.source !== 'tickets') return null;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md" mt="md">
      {isUsage && (
        <>
          <MultiSelect
            label={t('filter.features')}
            placeholder={filter.features?.length ? undefined : t('filter.all')}
            searchable
            data={features.data?.map(({ key, name }) => ({ value: key, label: name[language] || key })) ?? []}
            value={filter.features ?? []}
            onChange={(chosen) => set({ features: chosen })}
          />
          <MultiSelect
            label={t('filter.modules')}
            placeholder={filter.modules?.length ? undefined : t('filter.all')}
            data={modules}
            value={filter.modules ?? []}
            onChange={(chosen) => set({ modules: chosen })}
          />
          <Checkbox
            mt={28}
            label={t('filter.activeOnly')}
            checked={filter.active_only ?? false}
            onChange={(event) => set({ active_only: event.currentTarget.checked })}
          />
        </>
      )}
      {kinds.length > 0 && (
        <MultiSelect
          label={t('filter.kinds')}
          placeholder={filter.kinds?.length ? undefined : t('filter.all')}
          data={kinds.map((kind) => ({ value: kind, label: t(`factKind.${kind}`) }))}
          value={filter.kinds ?? []}
          onChange={(chosen) => set({ kinds: chosen })}
        />
      )}
      {hasRoles && (
        <MultiSelect
          label={t('filter.roles')}
          placeholder={filter.roles?.length ? undefined : t('filter.all')}
          data={contactRoles.map((role) => ({ value: role, label: t(`contactRole.${role}`) }))}
          value={filter.roles ?? []}
          onChange={(chosen) => set({ roles: chosen })}
        />
      )}
      {isSold && (
        <MultiSelect
          label={t('filter.products')}
          placeholder={filter.products?.length ? undefined : t('filter.all')}
          data={products.data?.map(({ name }) => name) ?? []}
          value={filter.products ?? []}
          onChange={(chosen) => set({ products: chosen })}
        />
      )}
      {body.source === 'tickets' && (
        <Checkbox
          mt={28}
          label={t('filter.urgentOnly')}
          checked={filter.urgent_only ?? false}
          onChange={(event) => set({ urgent_only: event.currentTarget.checked })}
        />
      )}
    </SimpleGrid>
  );
}
