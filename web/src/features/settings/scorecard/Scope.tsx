import { MultiSelect, NumberInput, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import settings from '../Settings.module.css';
import { AppliesWhenFields, usePhases } from './AppliesWhenFields';
import { useEditing } from './editing';
import { Faults } from './Faults';
import { NameFields } from './NameFields';
import { RollUp } from './RollUp';

const lastPriority = 1000;

/** What the scorecard is called, and for which accounts it is the one that counts. */
export function Scope() {
  const { t } = useTranslation('settings');
  const { body, change } = useEditing();
  const phases = usePhases();
  const isForSome = body.applies_when !== undefined || (body.phases?.length ?? 0) > 0;
  return (
    <section>
      <Title order={2} mb={8}>
        {t('scope.title')}
      </Title>
      <Stack gap="md" className={`${settings.box} ${settings.boxBody}`}>
        <NameFields
          name={body.name}
          onName={change && ((name) => change({ name }))}
          describe="description"
          description={body.description}
          onDescription={change && ((description) => change({ description }))}
        />
        <Faults path="name" />
        <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
          <AppliesWhenFields
            value={body.applies_when}
            label={t('scope.accounts')}
            isLabelShown
            help={t('scope.accountsHelp')}
            everybody={t('scope.allAccounts')}
            onChange={change && ((applies_when) => change({ applies_when }))}
          />
          <MultiSelect
            size="xs"
            label={t('scope.phases')}
            placeholder={body.phases?.length ? undefined : t('variant.anyPhase')}
            disabled={!change}
            data={phases}
            value={body.phases ?? []}
            onChange={(next) => change?.({ phases: next.length > 0 ? next : undefined })}
          />
          <NumberInput
            size="xs"
            label={t('scope.priority')}
            description={t('scope.priorityHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={0}
            max={lastPriority}
            allowDecimal={false}
            disabled={!change || !isForSome}
            value={body.priority ?? 0}
            onChange={(priority) => typeof priority === 'number' && change?.({ priority })}
          />
        </SimpleGrid>
        <Faults path="applies_when" />
        <RollUp />
        {body.key === 'health' && (
          <Text fz="sm" c="dimmed">
            {t('scope.common')}
          </Text>
        )}
      </Stack>
    </section>
  );
}
