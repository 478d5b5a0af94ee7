import { Button, Group, NumberInput, Select, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import classes from '../Revenue.module.css';
import { useCostDeeds } from '../statistics/requests';
import type { UnitEconomics } from '../statistics/types';

const prefix = 'attribute:';
const inPercent = (share: number | null) => (share === null ? '' : Math.round(share * 1000) / 10);

/** What lifetime value is computed with. */
export function SettingsForm({ data }: { data: UnitEconomics }) {
  const { t } = useTranslation('economics');
  const language = useLanguage();
  const { setSettings } = useCostDeeds();
  const { settings } = data;
  const [margin, setMargin] = useState<number | string>(inPercent(settings.gross_margin));
  const [discount, setDiscount] = useState<number | string>(inPercent(settings.yearly_discount_rate));
  const [horizon, setHorizon] = useState<number | string>(settings.horizon_months);
  const [channel, setChannel] = useState(settings.channel_attribute);
  const attributes = data.dimensions.flatMap(({ key, name }) =>
    key.startsWith(prefix) ? [{ value: key.slice(prefix.length), label: name[language] }] : [],
  );
  const save = () =>
    carryOut(
      setSettings,
      {
        gross_margin: margin === '' ? null : Number(margin) / 100,
        yearly_discount_rate: Number(discount) / 100,
        horizon_months: Number(horizon) || 60,
        channel_attribute: channel,
      },
      { onSuccess: () => showToast(t('settings.saved')), onError: showProblem },
    );
  return (
    <section className={classes.card} style={{ paddingBlock: 14 }}>
      <Title order={2} mb={8}>
        {t('settings.title')}
      </Title>
      <Group align="flex-end" gap="md">
        <NumberInput
          size="xs"
          w={150}
          label={t('settings.margin')}
          placeholder={t('settings.marginUnknown')}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={1}
          value={margin}
          onChange={setMargin}
        />
        <NumberInput
          size="xs"
          w={170}
          label={t('settings.discount')}
          suffix=" %"
          min={0}
          max={100}
          decimalScale={1}
          value={discount}
          onChange={setDiscount}
        />
        <NumberInput
          size="xs"
          w={170}
          label={t('settings.horizon')}
          min={1}
          max={240}
          allowDecimal={false}
          value={horizon}
          onChange={setHorizon}
        />
        <Select
          size="xs"
          w={230}
          label={t('settings.channel')}
          placeholder={t('settings.channelNone')}
          clearable
          searchable
          data={attributes}
          value={channel}
          onChange={setChannel}
        />
        <Button size="xs" loading={setSettings.isPending} onClick={save}>
          {t('common:save')}
        </Button>
      </Group>
    </section>
  );
}
