import { Autocomplete, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import { useFormat } from '../../lib/viewer';
import { inverseOf, mostAccounts, useCatalogueDeeds, type FeatureChange, type FeatureUsage } from './catalogue';

interface FeatureSettingsProps {
  feature: Feature;
  modules: readonly string[];
  mayChange: boolean;
  /** Undefined while it is being fetched. */
  usage: FeatureUsage | undefined;
}

/** Names, module and whether it counts; each change is kept when the field is left, and can be undone. */
export function FeatureSettings({ feature, modules, mayChange, usage }: FeatureSettingsProps) {
  const { t } = useTranslation('catalogue');
  const { apply } = useCatalogueDeeds();
  const [ja, setJa] = useState(feature.name.ja);
  const [en, setEn] = useState(feature.name.en);
  const [module, setModule] = useState(feature.module);
  const impact = useImpact(usage);
  const keep = (change: FeatureChange) =>
    apply([{ id: feature.id, change }], [inverseOf(feature, { id: feature.id, change })], t('saved'));
  const keepName = (next: Feature['name']) => {
    if (next.ja === '' && next.en === '') {
      setJa(feature.name.ja);
      setEn(feature.name.en);
    } else if (next.ja !== feature.name.ja || next.en !== feature.name.en) keep({ name: next });
  };
  const leaveOnEnter = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
  };
  return (
    <Stack gap="sm">
      <TextInput
        label={t('rename.ja')}
        disabled={!mayChange}
        maxLength={200}
        value={ja}
        onChange={(event) => setJa(event.currentTarget.value)}
        onBlur={() => keepName({ ja: ja.trim(), en: feature.name.en })}
        onKeyDown={leaveOnEnter}
      />
      <TextInput
        label={t('rename.en')}
        disabled={!mayChange}
        maxLength={200}
        value={en}
        onChange={(event) => setEn(event.currentTarget.value)}
        onBlur={() => keepName({ ja: feature.name.ja, en: en.trim() })}
        onKeyDown={leaveOnEnter}
      />
      <Autocomplete
        label={t('column.module')}
        description={t('panel.moduleHelp')}
        disabled={!mayChange}
        data={[...modules]}
        maxLength={200}
        value={module}
        onChange={setModule}
        onBlur={() => module.trim() !== feature.module && keep({ module: module.trim() })}
      />
      <Switch
        label={t('panel.active')}
        description={t('panel.activeHelp')}
        disabled={!mayChange || feature.ignored}
        checked={feature.is_active}
        onChange={(event) => keep({ is_active: event.currentTarget.checked })}
      />
      <Switch
        label={t('panel.ignore')}
        description={
          <>
            {t('panel.ignoreHelp')}
            {!feature.ignored && impact !== null && (
              <>
                <br />
                {impact}
              </>
            )}
          </>
        }
        disabled={!mayChange}
        checked={feature.ignored}
        onChange={(event) => keep({ ignored: event.currentTarget.checked })}
      />
    </Stack>
  );
}

/** Whose figures change when it is left out; null where that is not known. */
function useImpact(usage: FeatureUsage | undefined): string | null {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  if (!usage) return null;
  const count = usage.accounts.length;
  if (count === 0) return t('panel.impactNone');
  const key = count >= mostAccounts;
  return key
    ? t('panel.impactMany', { formatted: format.number(count) })
    : t('panel.impact', { count, formatted: format.number(count) });
}
