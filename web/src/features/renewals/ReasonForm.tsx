import { Button, Checkbox, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import type { RenewalReason } from '../../api/renewal-reasons';
import { useLanguage } from '../../lib/viewer';
import { bodyOf, keyFor, type ReasonBody, sameName } from './reason-edit';
import { useReasonDeeds } from './use-reason-deeds';

const longestName = 60;
const empty: ReasonBody = { name: { ja: '', en: '' }, description: '', applies_to: ['churn', 'contraction'] };

interface ReasonFormProps {
  /** What is changed; without it a reason is added. */
  reason?: RenewalReason;
  reasons: readonly RenewalReason[];
  onClose: () => void;
}

/** A reason in both languages, and for which outcomes it is offered. */
export function ReasonForm({ reason, reasons, onClose }: ReasonFormProps) {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const { add, change, busy } = useReasonDeeds();
  const needed = (value: string) => (value.trim() === '' ? t('reasons.nameNeeded') : null);
  const form = useForm<ReasonBody>({
    initialValues: reason ? bodyOf(reason) : empty,
    validate: {
      name: { ja: needed, en: needed },
      applies_to: (value) => (value.length === 0 ? t('reasons.appliesNeeded') : null),
    },
  });
  const submit = form.onSubmit((values) => {
    const body = { ...values, name: { ja: values.name.ja.trim(), en: values.name.en.trim() } };
    if (sameName(reasons, body, reason?.key)) {
      form.setFieldError(`name.${language}`, t('reasons.nameTaken'));
      return;
    }
    if (reason) change(reason, body, onClose);
    else add(keyFor(body.name.en, new Set(reasons.map(({ key }) => key))), body, onClose);
  });
  return (
    <Modal
      opened
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      title={reason ? t('reasons.editTitle', { name: reason.name[language] }) : t('reasons.add')}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            required
            label={t('reasons.nameJa')}
            maxLength={longestName}
            {...form.getInputProps('name.ja')}
          />
          <TextInput required label={t('reasons.nameEn')} maxLength={longestName} {...form.getInputProps('name.en')} />
          <Textarea
            label={t('reasons.description')}
            description={t('reasons.descriptionHelp')}
            autosize
            minRows={2}
            maxLength={500}
            {...form.getInputProps('description')}
          />
          <Checkbox.Group label={t('reasons.appliesTo')} {...form.getInputProps('applies_to')}>
            <Group gap="md" mt={6}>
              <Checkbox value="churn" label={t('reasons.churn')} />
              <Checkbox value="contraction" label={t('reasons.contraction')} />
            </Group>
          </Checkbox.Group>
          <Group justify="flex-end" gap="sm" mt={4}>
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={reason !== undefined && !form.isDirty()}>
              {t(reason ? 'common:save' : 'reasons.addDo')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
